import datetime as dt

import pytest

from arasha.actors import WORLD
from arasha.cases import selectors, services
from arasha.cases.errors import AlreadyRegisteredError, NoNumberError, NumberTakenError
from arasha.cases.models import Allegation, Case, Number
from arasha.cases.services.registering import _next_number
from arasha.country import country, local_day
from arasha.engines.law import add_months
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.references import fold_number
from tests.cases.reports import RECEIVED_AT, take
from tests.walk import DAY, REGISTERED_AT, accept, actor


@pytest.mark.parametrize("number", ["26-0131", "26 0131", " 26–0131 ", "２６０１３１"])
def test_a_number_is_given_once_in_any_spacing_and_any_digits(
    number: str, case: Case, prosecutor: User
) -> None:
    with pytest.raises(NumberTakenError, match="Check the number"):
        services.add_number(
            case=case,
            register="erdr",
            number=number,
            given_day=local_day(REGISTERED_AT) - DAY,
            by=actor(prosecutor),
            at=REGISTERED_AT,
        )
    assert Number.objects.count() == 1


def test_the_same_number_of_another_register_is_another_number(
    case: Case, prosecutor: User
) -> None:
    services.add_number(
        case=case,
        register="court",
        number="26-0131",
        given_day=local_day(REGISTERED_AT),
        by=actor(prosecutor),
        at=REGISTERED_AT,
    )

    assert Number.objects.count() == 2


@pytest.mark.parametrize("number", ["—", "  ", "/-/"])
def test_dashes_are_no_number(number: str, referral: Referral, prosecutor: User) -> None:
    with pytest.raises(NoNumberError, match="as it stands in the register"):
        accept(referral, prosecutor, number=number)
    assert not Case.objects.exists()


def test_an_allegation_is_registered_once(case: Case, prosecutor: User) -> None:
    with pytest.raises(AlreadyRegisteredError, match="Open the case"):
        services.register(
            allegation=Allegation.objects.get(),
            holder=case.holder,
            number_register="erdr",
            number="another",
            number_day=local_day(REGISTERED_AT),
            by=actor(prosecutor),
            at=REGISTERED_AT,
        )


def test_a_refused_number_leaves_no_gap_in_our_own(
    case: Case, referral: Referral, prosecutor: User
) -> None:
    again = Allegation.objects.get()
    Allegation.objects.filter(pk=again.pk).update(case=None, outcome=None)
    again.outcomes.all().delete()

    with pytest.raises(NumberTakenError):
        services.register(
            allegation=again,
            holder=case.holder,
            number_register="erdr",
            number="26-0131",
            number_day=local_day(REGISTERED_AT),
            by=actor(prosecutor),
            at=REGISTERED_AT,
        )

    assert _next_number(at=REGISTERED_AT).endswith("-0002")


def test_a_registered_case_has_its_number_its_place_and_its_first_stage(case: Case) -> None:
    assert case.number == f"KZ-{local_day(REGISTERED_AT).year}-0001"
    assert (case.stage, case.place.code if case.place else None) == ("registered", "PRISON-1")
    assert (
        Entry.objects.filter(act="case.decided", reason_code__startswith="registered ").count() == 1
    )


def test_registration_starts_the_clock_of_the_investigation(case: Case) -> None:
    """Two months, to the last second of the last day, by the country's clock."""
    clock = case.deadlines.get()

    local = clock.due_at.astimezone(country().timezone)
    started = REGISTERED_AT.astimezone(country().timezone)
    assert clock.rule == "investigation"
    assert (local.month - started.month) % 12 == 2
    assert local.time().replace(microsecond=0) == dt.time(23, 59, 59)
    assert Case.objects.get().next_due_at == clock.due_at


def test_a_registration_that_is_entered_late_counts_from_its_own_day(
    prosecution: Institution, prosecutor: User
) -> None:
    """As the national register has it: nobody gains days by entering it later."""
    allegation = take(prosecution, prosecutor)
    day = local_day(RECEIVED_AT)

    case = services.register(
        allegation=allegation,
        holder=prosecution,
        number_register="erdr",
        number="26-0700",
        number_day=day,
        by=actor(prosecutor),
        at=RECEIVED_AT + 3 * DAY,
    )

    clock = case.deadlines.get()
    assert local_day(case.registered_at) == local_day(clock.started_at) == day
    assert local_day(clock.due_at) == add_months(day, 2)
    assert case.decisions.get().day == day


def test_a_clock_keeps_what_the_law_said_when_it_started(case: Case) -> None:
    answer = case.deadlines.get().law_answer

    assert answer["pack_hash"] == country().hash
    assert answer["answers"][0]["steps"][0]["article"] == "CPC 192"


@pytest.mark.parametrize(
    "typed", ["26-0131", "260131", "26 0131", "kz{year}0001", "KZ-{year}-0001", "кz {year} 0001"]
)
def test_a_case_is_found_by_each_of_its_numbers(typed: str, case: Case, prosecutor: User) -> None:
    text = typed.format(year=local_day(REGISTERED_AT).year)

    assert list(selectors.cases(viewer=actor(prosecutor), text=text)) == [case]


@pytest.mark.parametrize("typed", ["0131", "26-0132", "KZ"])
def test_a_part_of_a_number_finds_nothing(typed: str, case: Case, prosecutor: User) -> None:
    assert not selectors.cases(viewer=actor(prosecutor), text=typed).exists()


def test_nobody_finds_the_case_of_another_office_by_its_number(
    case: Case, other_prosecutor: User
) -> None:
    assert not selectors.cases(viewer=actor(other_prosecutor), text="26-0131").exists()


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("кz–2026 ⁄ 0131", "KZ20260131"),
        ("КУИ № 5/26", "KYИ526"),
        ("٢٦-٠١٣١", "260131"),
        ("—", ""),
    ],
)
def test_a_number_is_compared_without_spacing_alphabet_and_script(
    written: str, folded: str
) -> None:
    assert fold_number(written) == folded


def test_cases_without_a_clock_come_last(case: Case, prosecutor: User) -> None:
    idle = Case.objects.create(
        number="KZ-1999-0001", holder=case.holder, registered_at=REGISTERED_AT
    )

    every = Case.objects.order_by("number")
    assert set(every) == {idle, case}
    assert list(selectors.cases(viewer=WORLD, stage=selectors.OPEN)) == [case, idle]
