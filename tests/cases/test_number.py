"""Numbers that a court or a register gives later, as they are entered on the desk."""

import pytest

from arasha.cases import services
from arasha.cases.models import Case, Number
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, REGISTERED_AT, actor, person

WRITTEN = "№ 3520-26-00-1а/17"
COURT = "Court of Samal district"


def page_of(case: Case) -> str:
    return f"/cases/{case.key}/number/"


def form(**changes: str) -> dict[str, str]:
    day = local_day(NOW).isoformat()
    said = {"register": "court", "number": WRITTEN, "given_day": day, "base_version": "1"}
    return said | {"issuer": COURT} | changes


def test_who_may_not_change_the_case_enters_no_number(
    case: Case, officer: User, other_prosecutor: User, prosecution: Institution
) -> None:
    for user in (officer, other_prosecutor, person("supervisor", prosecution)):
        desk = signed_in(user)
        assert desk.get(page_of(case)).status_code == 404
        assert desk.post(page_of(case), form()).status_code == 404
    assert "/number/" not in signed_in(officer).get(f"/cases/{case.key}/").content.decode()
    assert Number.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"register": "erdr", "number": "26 0131"}, "is already entered"),
        ({"number": "—"}, "has no letter and no digit"),
        ({"number": ""}, "This field is required"),
        ({"issuer": ""}, "Body that gave the number"),
        ({"given_day": (local_day(NOW) + 2 * DAY).isoformat()}, "The day is in the future"),
        ({"register": "diary"}, "Register"),
    ],
)
def test_a_refused_number_is_given_back_with_what_was_typed(
    changes: dict[str, str], said: str, case: Case, prosecutor: User
) -> None:
    sent = form(given_day=local_day(REGISTERED_AT - DAY).isoformat()) | changes

    answer = signed_in(prosecutor).post(page_of(case), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page.split("error-summary-title", 2)[2].split("</ul>")[0]
    assert f'value="{sent["given_day"]}"' in page
    assert not sent["number"] or f'value="{sent["number"]}"' in page
    assert Number.objects.count() == 1


def test_a_number_is_entered_on_its_page_and_journalled(case: Case, prosecutor: User) -> None:
    desk = signed_in(prosecutor)
    before = Entry.objects.filter(act="case.number_added").count()

    answer = desk.post(page_of(case), form())

    assert answer.headers["Location"] == f"/cases/{case.key}/"
    page = desk.get(f"/cases/{case.key}/").content.decode()
    assert WRITTEN in page
    assert COURT in page
    assert Number.objects.get(register="court").issuer == COURT
    assert Entry.objects.filter(act="case.number_added").count() == before + 1


def test_a_number_sent_twice_is_entered_once(case: Case, prosecutor: User) -> None:
    desk = signed_in(prosecutor)

    for _click in range(2):
        assert desk.post(page_of(case), form()).headers["Location"] == f"/cases/{case.key}/"
    assert Number.objects.filter(register="court").count() == 1
    assert Entry.objects.filter(act="case.number_added").count() == 2  # with the register's own


@pytest.mark.parametrize(
    "typed", ["3520-26-00-1а/17", "3520-26-00-1a/17", "3520 26 00 1А 17", "№3520–26–00–1a⁄17"]
)
def test_the_search_box_finds_a_court_s_number_in_any_spacing_and_alphabet(
    typed: str, case: Case, prosecutor: User
) -> None:
    services.add_number(
        case=case,
        register="court",
        number=WRITTEN,
        given_day=local_day(NOW),
        by=actor(prosecutor),
        at=NOW,
    )

    found = signed_in(prosecutor).get("/search/", {"text": typed}).content.decode()

    assert f"/cases/{case.key}/" in found
