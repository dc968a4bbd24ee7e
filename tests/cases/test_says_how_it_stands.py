"""What a list and a case's page say where nothing runs, and what a case is in law: words, never "None"."""

import datetime as dt
import re
from html import unescape

import pytest
from django.utils.formats import date_format

from arasha.actors import WORLD
from arasha.cases import panels, selectors
from arasha.cases.models import Case, Deadline
from arasha.country import local_day
from arasha.people.models import User
from tests.access.cast import give
from tests.cases.test_classify import sign
from tests.cases.test_terms import REGISTERED_DAY, clock, resume, suspend
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, actor, at_most, decide

__all__ = ["clock"]

LANGUAGES = ("kk", "ru", "en")
STANDS = {"kk": "бастап тоқтап тұр", "ru": "Стоит с", "en": "Stands since"}
UNCLASSIFIED = {
    "kk": "Әлі сараланбаған",
    "ru": "Ещё не квалифицировано",
    "en": "Not classified yet",
}
TORTURE = {"kk": "Азаптау · ҚК 146.2", "ru": "Пытка · УК 146.2", "en": "Torture · CC 146.2"}


def words(user: User, address: str, language: str = "en") -> str:
    """The text of a page's main part, without its markup."""
    page = signed_in(user, language=language).get(address).content.decode()
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main[0])))


def pages(case: Case) -> tuple[str, str]:
    return "/cases/?stage=", f"/cases/{case.key}/"


def day_of(days: int) -> str:
    return date_format(REGISTERED_DAY + days * DAY, "DATE_FORMAT")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_whose_term_stands_says_so_and_since_when(
    language: str, clock: Deadline, prosecutor: User
) -> None:
    suspend(clock, prosecutor, days=2)

    for address in pages(clock.case):
        said = words(prosecutor, address, language)
        assert STANDS[language] in said
        assert str(REGISTERED_DAY.year) in said
        assert "None" not in said


def test_the_day_and_the_term_that_stands_are_named(clock: Deadline, prosecutor: User) -> None:
    suspend(clock, prosecutor, days=2)

    for address in pages(clock.case):
        assert f"Stands since {day_of(2)}: nothing is due Investigation" in words(
            prosecutor, address
        )


def test_where_no_term_runs_or_stands_it_says_that(case: Case, prosecutor: User) -> None:
    decide(case, "terminated", prosecutor)

    for address in pages(case):
        said = words(prosecutor, address)
        assert "No term runs" in said
        assert "None" not in said


def test_a_term_that_goes_on_is_said_by_its_end(clock: Deadline, prosecutor: User) -> None:
    suspend(clock, prosecutor, days=2)
    resume(clock, prosecutor, days=4)

    case = Case.objects.get()
    assert selectors.standing_of(viewer=actor(prosecutor), cases=[case]) == {}
    assert "Stands since" not in words(prosecutor, "/cases/?stage=")


def test_whoever_may_not_see_a_case_learns_of_no_term_that_stands(
    clock: Deadline, prosecutor: User, other_prosecutor: User
) -> None:
    suspend(clock, prosecutor, days=2)

    case = Case.objects.get()
    assert selectors.standing_of(viewer=actor(other_prosecutor), cases=[case]) == {}


def test_a_term_that_stands_is_never_late_on_the_timeline(
    clock: Deadline, prosecutor: User
) -> None:
    suspend(clock, prosecutor, days=2)
    much_later = NOW + dt.timedelta(days=999)

    shown = panels.timeline(
        viewer=actor(prosecutor), case=Case.objects.get(), at=much_later, language="en"
    )

    [standing] = [each for each in shown if each.title == "Investigation"]
    assert (standing.state, standing.day) == ("running", REGISTERED_DAY + 2 * DAY)
    assert standing.note == f"stands since {day_of(2)}: nothing is due"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_that_nobody_classified_says_so(language: str, case: Case, prosecutor: User) -> None:
    for address in pages(case):
        assert UNCLASSIFIED[language] in words(prosecutor, address, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_classified_case_says_what_it_is_in_law(
    language: str, case: Case, prosecutor: User
) -> None:
    sign(case, prosecutor)

    for address in pages(case):
        said = words(prosecutor, address, language)
        assert TORTURE[language] in said
        assert UNCLASSIFIED[language] not in said


def test_a_conduct_without_a_provision_is_said_as_far_as_it_is_known(
    case: Case, prosecutor: User
) -> None:
    Case.objects.filter(pk=case.pk).update(conduct="torture", provision="")

    for address in pages(case):
        assert "Torture: the provision is not determined" in words(prosecutor, address)


def test_the_list_asks_once_for_all_that_stand(clock: Deadline, prosecutor: User) -> None:
    suspend(clock, prosecutor, days=2)
    for number in range(2, 27):
        made = Case.objects.create(
            number=f"KZ-2020-{number:04}", holder=clock.case.holder, registered_at=NOW
        )
        give("case", made.key, clock.case.holder, "assigned", by=WORLD)
    desk = signed_in(prosecutor)
    desk.get("/cases/")

    with at_most(queries=13):
        desk.get("/cases/")


def test_a_request_is_told_without_a_stop_after_a_stop(case: Case, prosecutor: User) -> None:
    """Russian writes a year as "2026 г.": a sentence around a day must not add a second stop."""
    case.term_requests.create(
        asked_day=local_day(NOW), asked_until_day=local_day(NOW), made_by_key=prosecutor.pk
    )

    assert ".." not in words(prosecutor, f"/cases/{case.key}/terms/", "ru")
