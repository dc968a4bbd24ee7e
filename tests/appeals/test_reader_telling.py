"""Word of the five states for the writer's mailbox: what is due, told once, and by when there is more."""

import datetime as dt
import uuid

import pytest

from arasha.appeals import selectors, services
from arasha.appeals.errors.work import NoReplyYetError
from arasha.appeals.models import Appeal, Reply, State
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.appeals.day import classified, closed
from tests.appeals.reader import Reader, b64, reader_of, reply
from tests.walk import NOW, OPENED_AT, actor, person

TAG = "07" * 16


def due(reader: Reader) -> list[tuple[str, str]]:
    status, told = reader.get("untold")
    assert status == 200
    return [(each["appeal"], each["state"]) for each in told["untold"]]


def tell(reader: Reader, appeal: Appeal, state: str, **changes: str) -> tuple[int, str]:
    sent = {"state": state, "tag": TAG, "sealed": b64(reply()), **changes}
    status, told = reader.post(f"appeals/{appeal.key}/told", **sent)
    return status, told.get("problem", "")


def test_who_may_not_write_to_the_appeal_tells_nothing(opened: Appeal, prosecution, reader) -> None:
    stranger = reader_of(person("officer", prosecution))

    assert due(stranger) == []
    assert tell(stranger, opened, "opened") == (404, "not_found")


def test_a_page_behind_no_appeal_is_refused(reader: Reader) -> None:
    assert reader.get("untold", after="x")[1]["problem"] == "unreadable_request"


def test_a_state_that_has_passed_is_refused(opened: Appeal, officer: User, reader: Reader) -> None:
    services.move(appeal=opened, state=State.CHECKED, by=actor(officer), at=NOW)

    assert tell(reader, opened, "opened") == (409, "state_moved")
    assert not Reply.objects.exists()


def test_before_somebody_has_read_there_is_nobody_to_tell(appeal: Appeal, reader: Reader) -> None:
    assert due(reader) == []
    assert tell(reader, appeal, "received")[1] == "not_yet_opened"


def test_each_state_is_due_once_and_the_next_one_again(
    opened: Appeal, officer: User, reader: Reader
) -> None:
    before = due(reader)
    told = [tell(reader, opened, "opened") for _ in range(2)]
    after = due(reader)
    services.move(appeal=opened, state=State.PASSED_ON, by=actor(officer), at=NOW)

    assert (before, told, after) == ([(str(opened.key), "opened")], [(201, "")] * 2, [])
    assert due(reader) == [(str(opened.key), "passed_on")]
    assert [each.state for each in Reply.objects.all()] == ["opened"]


def test_without_a_mailbox_nothing_is_kept_and_nobody_looks_again(
    opened: Appeal, reader: Reader
) -> None:
    assert tell(reader, opened, "opened", tag="", sealed="") == (201, "")

    assert due(reader) == []
    assert not Reply.objects.exists()


def test_a_reply_of_a_state_that_is_out_of_form_is_refused_and_stays_due(
    opened: Appeal, reader: Reader
) -> None:
    assert tell(reader, opened, "opened", sealed=b64(b"plain")) == (422, "malformed_sealed")

    assert due(reader) == [(str(opened.key), "opened")]


def test_being_told_a_state_is_no_answer(opened: Appeal, officer: User, reader: Reader) -> None:
    tell(reader, opened, "opened")
    classified(opened, officer)

    with pytest.raises(NoReplyYetError):
        closed(opened, officer, answered="mailbox")
    assert reader.get(f"appeals/{opened.key}")[1]["next_reply"] == 1


def test_whose_envelope_was_fetched_for_it_stands_in_the_journal(
    opened: Appeal, reader: Reader
) -> None:
    due(reader)
    tell(reader, opened, "opened")

    acts = Entry.objects.filter(subject_key=opened.key).order_by("at", "act")
    found = [each.act for each in acts if each.act.startswith(("appeal.mailbox", "appeal.state"))]
    assert sorted(found) == ["appeal.mailbox_looked", "appeal.state_told"]


def test_the_next_day_is_a_day_of_the_rules_or_none(opened: Appeal, officer: User) -> None:
    today = local_day(OPENED_AT)
    later = today + dt.timedelta(days=999)

    found = next_day(opened, officer, today)
    assert found == opened.answer_by_day is not None
    assert next_day(opened, officer, later) is None
    assert next_day(closed(classified(opened, officer), officer).appeal, officer, today) is None


def next_day(appeal: Appeal, officer: User, day: dt.date) -> dt.date | None:
    return selectors.next_day(viewer=actor(officer), appeal=appeal, day=day)


def test_pages_follow_one_another(opened: Appeal, officer: User) -> None:
    behind = uuid.UUID(int=opened.key.int - 1)

    first = selectors.untold(viewer=actor(officer), after=behind, at=NOW)
    assert first == [opened]
    assert selectors.untold(viewer=actor(officer), after=opened.key, at=NOW) == []
