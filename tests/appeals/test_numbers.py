import pytest

from arasha.appeals import selectors, services
from arasha.appeals.errors.work import NoNumberError, NumberKnownError
from arasha.appeals.models import Appeal, ExternalNumber
from arasha.country import local_day
from arasha.people.models import User
from tests.appeals.day import READ_AT
from tests.walk import actor


def number(appeal: Appeal, officer: User, text: str, *, issuer: str = "Прокуратура") -> None:
    services.add_number(
        appeal=appeal,
        issuer=issuer,
        number=text,
        on_day=local_day(READ_AT),
        by=actor(officer),
        at=READ_AT,
    )


def test_a_number_without_letter_or_digit_is_none(appeal: Appeal, officer: User) -> None:
    with pytest.raises(NoNumberError):
        number(appeal, officer, "— / —")


def test_a_number_of_a_body_is_entered_once_in_whatever_spacing(
    appeal: Appeal, officer: User
) -> None:
    number(appeal, officer, "КУИ-2026/17")

    with pytest.raises(NumberKnownError):
        number(appeal, officer, "куи 2026 17")
    number(appeal, officer, "КУИ-2026/17", issuer="Полиция")


@pytest.mark.parametrize("typed", ["КУИ 2026-17", "куи202617", "КУИ № 2026/17".replace("№", "")])
def test_an_appeal_is_found_by_the_number_that_another_body_gave(
    typed: str, appeal: Appeal, officer: User
) -> None:
    number(appeal, officer, "КУИ-2026/17")

    assert list(selectors.appeals(viewer=actor(officer), text=typed)) == [appeal]


def test_nobody_finds_by_number_what_is_not_theirs(
    appeal: Appeal, officer: User, prosecutor: User
) -> None:
    number(appeal, officer, "КУИ-2026/17")

    assert not selectors.appeals(viewer=actor(prosecutor), text="КУИ-2026/17").exists()
    assert ExternalNumber.objects.count() == 1
