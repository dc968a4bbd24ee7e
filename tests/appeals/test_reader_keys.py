"""Whether officers' keys open what was sealed to them, and whether they still live."""

import base64
import hashlib
from datetime import timedelta

import pyrage
import pytest
from django.utils import timezone

from arasha.appeals import selectors
from arasha.appeals.models import (
    Appeal,
    Coverage,
    Liveness,
)
from arasha.country import local_day
from arasha.engines import sealing
from arasha.engines.sealing import RecipientSet
from arasha.people.models import User
from arasha.trust.models import RecipientSet as PublishedSet
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.appeals.reader import (
    Reader,
    add_headers,
    fresh,
    header_for,
    reader_of,
    recipient,
)
from tests.walk import (
    DAY,
    NOW,
    Terminal,
    actor,
    at_most,
    attach,
    file,
    identities,
    posted,
    publish,
)


def test_a_key_of_no_set_of_the_officer_gets_no_header_and_no_number(
    appeal: Appeal, reader: Reader
) -> None:
    stranger = fresh()

    assert reader.get("headers", recipient=stranger)[1]["headers"] == []
    assert reader.get("liveness", recipient=stranger)[0] == 404
    said = {"recipient": stranger, "opened": [str(appeal.key)], "failed": []}
    assert reader.post("coverage", **said)[0] == 404


def test_each_header_is_tried_once_and_a_failure_is_an_alarm(
    terminal: Terminal, recipients: RecipientSet, reader: Reader, officer: User
) -> None:
    for _ in range(3):
        file(terminal, posted(recipients))
    tried = reader.get("headers", recipient=recipient())[1]["headers"]

    good, bad = [each["appeal"] for each in tried[:2]], [tried[2]["appeal"]]
    reader.post("coverage", recipient=recipient(), opened=good, failed=bad)

    assert reader.get("headers", recipient=recipient())[1]["headers"] == []
    assert len(reader.get("headers", recipient=recipient(1))[1]["headers"]) == 3
    [alarm] = selectors.unopenable(viewer=actor(officer))
    assert str(alarm.appeal_id) == bad[0]


def test_a_header_that_opens_the_second_time_is_no_alarm_any_more(
    appeal: Appeal, reader: Reader, officer: User
) -> None:
    key = [str(appeal.key)]
    reader.post("coverage", recipient=recipient(), opened=[], failed=key)
    reader.post("coverage", recipient=recipient(), opened=key, failed=[])

    assert Coverage.objects.count() == 1
    assert not selectors.unopenable(viewer=actor(officer)).exists()


def test_nobody_speaks_for_the_key_that_a_colleague_has_shown_to_be_theirs(
    appeal: Appeal, reader: Reader, second_officer: User
) -> None:
    asked = reader.get("liveness", recipient=recipient())[1]
    nonce = pyrage.decrypt(base64.b64decode(asked["sealed"]), [identities()[0]]).decode()
    said = {"recipient": recipient(), "opened": [str(appeal.key)], "failed": []}
    assert reader.post("liveness", recipient=recipient(), nonce=nonce)[0] == 200

    colleague = reader_of(second_officer)
    assert colleague.post("coverage", **said)[0] == 404
    assert colleague.get("liveness", recipient=recipient())[0] == 404
    assert reader.post("coverage", **said)[0] == 200


def test_a_key_whose_officer_left_can_become_somebody_else_s(
    appeal: Appeal, reader: Reader, officer: User, second_officer: User
) -> None:
    Liveness.objects.create(recipient=recipient(), user_key=officer.pk)
    User.objects.filter(pk=officer.pk).update(left_at=NOW)

    assert reader_of(second_officer).get("liveness", recipient=recipient())[0] == 200


def test_the_header_is_the_one_that_was_filed(appeal: Appeal, reader: Reader) -> None:
    [told] = reader.get("headers", recipient=recipient())[1]["headers"]

    envelope = bytes(appeal.ciphertext.envelope)
    assert base64.b64decode(told["header"]) == sealing.split(envelope)[0]


def test_a_reader_who_was_added_later_gets_the_added_header(
    opened: Appeal, ceremony: Ceremony, recipients: RecipientSet, reader: Reader
) -> None:
    newcomer, office = fresh(), recipients.members[2]
    later = sealing.RecipientSet(
        **{name: getattr(recipients, name) for name in ("body", "valid_from", "valid_until")},
        set_id="ombudsperson-2",
        version=2,
        members=(
            sealing.Member(sealing.Role.OFFICER, newcomer, "New officer", "ombudsperson"),
            sealing.Member(sealing.Role.OFFICER, fresh(), "Newer officer", "ombudsperson"),
            office,
        ),
    )
    publish(ceremony, later)
    assert reader.get("headers", recipient=newcomer)[1]["headers"] == []

    added = header_for(list(later.keys))
    add_headers(reader, opened, "ombudsperson-2", text=added)
    [told] = reader.get("headers", recipient=newcomer)[1]["headers"]
    assert base64.b64decode(told["header"]) == added


def test_an_office_without_keys_gets_all_headers_and_adds_to_what_nobody_opened(
    appeal: Appeal, recipients: RecipientSet, reader: Reader, terminal: Terminal
) -> None:
    newcomer = fresh()
    body = sealed(b"paper", to=recipients.keys)
    attach(appeal, body, terminal)

    told = reader.get("headers", recipient=newcomer, closed="1")[1]["headers"]
    kept = appeal.ciphertext
    filed = (bytes(kept.envelope), bytes(kept.card or b""), body)
    assert [base64.b64decode(each["header"]) for each in told] == [
        sealing.split(each)[0] for each in filed
    ]
    assert [each["part"] for each in told] == ["text", "card", hashlib.sha256(body).hexdigest()]
    assert reader.get("headers", recipient=recipient(), closed="1")[1]["headers"] == []

    sent = header_for(recipients.keys)
    status, _ = add_headers(reader, appeal, recipients.set_id, text=sent)
    appeal.refresh_from_db()
    assert (status, appeal.opened_day) == (201, None)


def test_what_was_tried_is_walked_past_step_by_step_and_nothing_is_left_out(
    terminal: Terminal, recipients: RecipientSet, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arasha.appeals.selectors.coverage.LOOKED_AT_A_PAGE", 3)
    for _ in range(7):
        file(terminal, posted(recipients))
    tried = Appeal.objects.order_by("pk").values_list("pk", flat=True)[:4]
    said = [str(each) for each in tried]
    reader.post("coverage", recipient=recipient(), opened=said, failed=[])

    pages = [reader.get("headers", recipient=recipient())[1]]
    while after := pages[-1]["next"]:
        pages.append(reader.get("headers", recipient=recipient(), after=after)[1])
    assert [len(page["headers"]) for page in pages] == [0, 2, 1]
    left = {each["appeal"] for page in pages for each in page["headers"]}
    assert left.isdisjoint(said)


def test_five_hundred_headers_cost_as_few_queries_as_five(
    terminal: Terminal, recipients: RecipientSet, reader: Reader
) -> None:
    for _ in range(25):
        file(terminal, posted(recipients))

    with at_most(queries=16):
        page = reader.get("headers", recipient=recipient())[1]
    assert len(page["headers"]) == 25


def test_another_number_is_no_sign_of_life(recipients: RecipientSet, reader: Reader) -> None:
    reader.get("liveness", recipient=recipient())

    for nonce in ("", "00" * 32):
        told = reader.post("liveness", recipient=recipient(), nonce=nonce)[1]
        assert told["problem"] == "wrong_nonce"
    assert Liveness.objects.get().live_day is None


def test_a_key_that_opens_its_number_is_live_for_thirty_days_and_the_number_counts_once(
    recipients: RecipientSet, reader: Reader
) -> None:
    asked = reader.get("liveness", recipient=recipient())[1]
    nonce = pyrage.decrypt(base64.b64decode(asked["sealed"]), [identities()[0]]).decode()

    today = local_day(timezone.now())
    assert asked["due_on"] == today.isoformat()
    said = {"recipient": recipient(), "nonce": nonce}
    until = (today + timedelta(days=30)).isoformat()
    assert reader.post("liveness", **said) == (200, {"live_until": until})
    assert reader.post("liveness", **said)[1]["problem"] == "wrong_nonce"
    assert nonce not in str(Liveness.objects.values_list().get())


def test_a_set_knows_how_many_of_its_officers_are_live(
    recipients: RecipientSet, officer: User
) -> None:
    published, today = PublishedSet.objects.get(), local_day(NOW)
    for which, days in ((0, 0), (1, 30), (2, 0)):  # one lately, one too long ago, the office's key
        Liveness.objects.create(recipient=recipient(which), live_day=today - days * DAY)

    found = selectors.live_officers(viewer=actor(officer), recipient_set=published, day=today)
    assert found == 1
