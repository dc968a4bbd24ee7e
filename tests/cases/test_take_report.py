import datetime as dt
import uuid
from typing import Any

import pytest

from arasha.access.models import Grant
from arasha.cases import selectors, services
from arasha.cases.errors.allegations import (
    AnonymousOpensNothingError,
    EntryTakenError,
    NoComplainantError,
    NothingToWarnError,
    NotWarnedError,
    ReceivedInFutureError,
    WarnedDayError,
)
from arasha.cases.errors.register import NoNumberError
from arasha.cases.models import Allegation, AllegationNumber, Case, Complainant
from arasha.cases.receiving import ANONYMOUS, AT_THE_DOOR, BODY, CITIZEN, OWN
from arasha.commands.references import dangling_references
from arasha.country import country, local_day
from arasha.engines.dates import read
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.cases.reports import RECEIVED_AT, TELLER, register, take
from tests.walk import DAY, actor, institution, person

HOUR = dt.timedelta(hours=1)


def test_a_report_of_tomorrow_is_not_taken_in(prosecution: Institution, prosecutor: User) -> None:
    with pytest.raises(ReceivedInFutureError, match="Correct the day or the hour"):
        take(prosecution, prosecutor, received_at=RECEIVED_AT + HOUR)
    assert not Allegation.objects.exists()


def test_a_complaint_without_a_name_is_entered_as_what_it_is(
    prosecution: Institution, prosecutor: User
) -> None:
    with pytest.raises(NoComplainantError, match="as a message without a name"):
        take(prosecution, prosecutor, teller=None)


@pytest.mark.parametrize("source", AT_THE_DOOR)
def test_whatever_it_was_drawn_from_is_found_when_the_log_is_verified(
    source: str, prosecution: Institution, prosecutor: User
) -> None:
    teller = TELLER if source == CITIZEN else None
    before = take(prosecution, prosecutor, source=ANONYMOUS, teller=None, warned_day=None)
    warned = local_day(RECEIVED_AT) if teller else None
    said: dict[str, Any] = {"source": source, "teller": teller, "warned_day": warned}
    take(prosecution, prosecutor, **said)
    take(prosecution, prosecutor, source_key=before.key, **said)

    assert list(dangling_references()) == []


@pytest.mark.parametrize("days", [-1, 1])
def test_nobody_is_warned_before_the_report_or_tomorrow(
    days: int, prosecution: Institution, prosecutor: User
) -> None:
    with pytest.raises(WarnedDayError, match="the sheet that was signed"):
        take(prosecution, prosecutor, warned_day=local_day(RECEIVED_AT) + days * DAY)


def test_a_complaint_is_not_registered_before_the_complainant_was_warned(
    prosecution: Institution, prosecutor: User
) -> None:
    taken = take(prosecution, prosecutor, warned_day=None)

    with pytest.raises(NotWarnedError, match=r"CPC 181\(4\)-\(6\)"):
        register(taken, prosecutor)
    assert not Case.objects.exists()

    services.note_warning(
        allegation=taken, day=local_day(RECEIVED_AT), by=actor(prosecutor), at=RECEIVED_AT
    )
    assert register(taken, prosecutor).stage == "registered"
    assert Entry.objects.filter(act="allegation.warned").count() == 1


def test_the_first_day_of_a_warning_stays(prosecution: Institution, prosecutor: User) -> None:
    taken = take(prosecution, prosecutor)

    again = services.note_warning(
        allegation=taken,
        day=local_day(RECEIVED_AT + DAY),
        by=actor(prosecutor),
        at=RECEIVED_AT + DAY,
    )

    assert again.warned_day == local_day(RECEIVED_AT)


@pytest.mark.parametrize("source", [ANONYMOUS, BODY, OWN])
def test_nobody_but_a_complainant_is_warned_and_their_report_waits_for_no_warning(
    source: str, prosecution: Institution, prosecutor: User
) -> None:
    taken = take(prosecution, prosecutor, source=source, teller=None, warned_day=None)

    with pytest.raises(NothingToWarnError):
        services.note_warning(
            allegation=taken, day=local_day(RECEIVED_AT), by=actor(prosecutor), at=RECEIVED_AT
        )
    if source != ANONYMOUS:
        assert register(taken, prosecutor).stage == "registered"


def test_a_message_without_a_name_opens_no_case_and_the_refusal_names_the_article(
    prosecution: Institution, prosecutor: User
) -> None:
    taken = take(prosecution, prosecutor, source=ANONYMOUS, teller=None, warned_day=None)

    with pytest.raises(AnonymousOpensNothingError, match=r"CPC 181\(6\).*a report of your own"):
        register(taken, prosecutor)
    assert taken.is_anonymous
    assert not Case.objects.exists()


def test_a_double_click_takes_a_report_in_once(prosecution: Institution, prosecutor: User) -> None:
    key = uuid.uuid4()

    assert take(prosecution, prosecutor, key=key) == take(prosecution, prosecutor, key=key)
    assert Allegation.objects.count() == Complainant.objects.count() == 1
    assert Entry.objects.filter(act="allegation.received").count() == 1


def test_both_clocks_run_from_the_minute_of_receipt_and_keep_what_the_law_said(
    prosecution: Institution, prosecutor: User
) -> None:
    taken = take(prosecution, prosecutor, at=RECEIVED_AT + 5 * HOUR)

    assert taken.register_by_at == RECEIVED_AT + 24 * HOUR
    assert taken.pass_on_by_at is not None
    assert local_day(taken.pass_on_by_at) == local_day(RECEIVED_AT) + 3 * DAY
    answers = dict(zip(range(5), taken.law_answer["answers"], strict=True))
    assert [each["steps"][0]["article"] for each in answers.values()][1:3] == [
        "CPC 181(5)",
        "CPC 181(6)",
    ]
    assert taken.law_answer["pack_hash"] == country().hash


def test_the_office_has_it_in_hand_and_the_superior_one_looks_on(
    prosecution: Institution, prosecutor: User, other_prosecutor: User
) -> None:
    prosecution.parent = institution("general-prosecution", "prosecutor")
    prosecution.save(update_fields=["parent"])
    leader = person("supervisor", prosecution.parent)

    taken = take(prosecution, prosecutor)

    assert set(Grant.objects.filter(subject_key=taken.key).values_list("basis", flat=True)) == {
        "assigned",
        "supervises",
    }
    assert list(selectors.allegations_in_hand(viewer=actor(prosecutor))) == [taken]
    assert list(selectors.allegations_waiting(viewer=actor(leader))) == [taken]
    assert not selectors.allegations_in_hand(viewer=actor(leader)).exists()
    assert not selectors.allegations_received(viewer=actor(other_prosecutor)).exists()


def test_the_name_of_a_complainant_stands_apart_and_opens_with_the_names_of_the_case(
    prosecution: Institution, prosecutor: User
) -> None:
    taken = take(prosecution, prosecutor)
    stands = selectors.complainant_of(viewer=actor(prosecutor), allegation=taken)

    case = register(taken, prosecutor)

    assert stands is not None
    assert stands.name == TELLER.name
    assert TELLER.name not in str(Allegation.objects.values())
    assert Complainant.objects.get().case == case


def test_what_is_unknown_is_taken_in_as_it_was_told(
    prosecution: Institution, prosecutor: User, place: Place
) -> None:
    march = read("March 2021")
    taken = take(prosecution, prosecutor, happened=march, happened_words="March 2021", place=place)
    nothing = take(prosecution, prosecutor)

    assert (taken.happened_from, taken.happened_to) == (march.first, march.last)
    assert (nothing.happened_from, nothing.place) == (None, None)
    assert register(nothing, prosecutor).decisions.get().law_answer["answers"][0]["depends"]


def test_the_number_of_the_book_is_given_once_in_an_office(
    prosecution: Institution,
    prosecutor: User,
    other_prosecution: Institution,
    other_prosecutor: User,
) -> None:
    taken, second = take(prosecution, prosecutor), take(prosecution, prosecutor)
    elsewhere = take(other_prosecution, other_prosecutor)

    def enter(allegation: Allegation, by: User, number: str = "КУИ 5/26") -> AllegationNumber:
        return services.enter_in_book(
            allegation=allegation,
            register="kui",
            number=number,
            given_day=local_day(RECEIVED_AT),
            by=actor(by),
            at=RECEIVED_AT,
        )

    assert enter(taken, prosecutor) == enter(taken, prosecutor)
    with pytest.raises(EntryTakenError, match="against the book"):
        enter(second, prosecutor, "куи № 526")
    with pytest.raises(NoNumberError):
        enter(second, prosecutor, "—")
    enter(elsewhere, other_prosecutor)
    found = selectors.allegations_received(viewer=actor(prosecutor), text="куи 5 26")
    assert list(found) == [taken]
    assert AllegationNumber.objects.count() == 2


def test_overdue_is_what_waits_beyond_one_of_its_clocks(
    prosecution: Institution, prosecutor: User
) -> None:
    late, settled = take(prosecution, prosecutor), take(prosecution, prosecutor)
    register(settled, prosecutor)

    viewer = actor(prosecutor)
    assert not selectors.overdue_allegations(viewer=viewer, at=RECEIVED_AT + 23 * HOUR).exists()
    assert list(selectors.overdue_allegations(viewer=viewer, at=RECEIVED_AT + 25 * HOUR)) == [late]
