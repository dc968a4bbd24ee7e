"""Keeping a colleague with a conflict of interest from a record, on the desk."""

import uuid

import pytest

from arasha.access.models import Bar
from arasha.access.selectors import may_ask_who
from arasha.cases.models import Allegation, Case
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from tests.access import cast, rows
from tests.desk.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Institution:
    return cast.institution()


@pytest.fixture
def case(office: Institution) -> Case:
    made = rows.case()
    allegation = rows.allegation(made)
    cast.give("case", made.key, office, "assigned")
    cast.give("allegation", allegation.key, office, "assigned")
    return made


@pytest.fixture
def lead(office: Institution) -> User:
    return cast.person("supervisor", office)


@pytest.fixture
def colleague(office: Institution) -> User:
    return cast.person("prosecutor", office)


def page_of(case: Case, kind: str = "case") -> str:
    return f"/access/bars/{kind}/{case.key}/"


def form(person: str, **changes: str) -> dict[str, str]:
    return {"person": person, "reason_code": "relative"} | changes


def sees(user: User, case: Case) -> bool:
    return may_ask_who(viewer=cast.actor(user), kind="case", key=case.key)


def test_only_who_leads_the_holder_keeps_anybody_away(case: Case, colleague: User) -> None:
    above = cast.person("supervisor")
    cast.give("case", case.key, above, "supervises")

    for user in (colleague, above, cast.person("supervisor"), cast.person("administrator")):
        answer = signed_in(user).post(page_of(case), form(colleague.email))
        assert answer.status_code == 404
    assert not Bar.objects.exists()


def test_an_unknown_record_looks_like_a_forbidden_one(case: Case, lead: User) -> None:
    desk = signed_in(lead)

    assert desk.get(f"/access/bars/case/{uuid.uuid4()}/").status_code == 404
    assert desk.get(page_of(case, kind="drawer")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"person": "nobody@arasha.example"}, "Check the spelling"),
        ({"person": "Twin"}, "Write the e-mail address"),
        ({"person": ""}, "This field is required"),
        ({"reason_code": "dislike"}, "Select a valid choice"),
    ],
)
def test_a_refusal_keeps_what_was_typed(
    changes: dict[str, str], said: str, case: Case, lead: User, office: Institution
) -> None:
    twins = [cast.person("prosecutor", office) for _ in range(2)]
    User.objects.filter(pk__in=[twin.pk for twin in twins]).update(full_name="Twin")
    sent = form(twins[0].email) | changes

    answer = signed_in(lead).post(page_of(case), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page.split("error-summary-title", 2)[2].split("</ul>")[0]
    assert not sent["person"] or f'value="{sent["person"]}"' in page
    assert not Bar.objects.exists()


def test_people_of_other_institutions_are_not_found(case: Case, lead: User) -> None:
    stranger = cast.person("prosecutor")

    assert signed_in(lead).post(page_of(case), form(stranger.email)).status_code == 422


def test_a_colleague_is_kept_from_the_case_and_its_allegations(
    case: Case, lead: User, colleague: User
) -> None:
    User.objects.filter(pk=colleague.pk).update(full_name="Әлия Қасым")
    assert sees(colleague, case)

    answer = signed_in(lead).post(page_of(case), form(" әлия ҚАСЫМ "))

    assert answer.headers["Location"] == page_of(case)
    assert not sees(colleague, case)
    assert sees(lead, case)
    barred = {(bar.subject_kind, bar.subject_key) for bar in Bar.objects.all()}
    assert barred == {("case", case.key), ("allegation", Allegation.objects.get().key)}
    assert Entry.objects.filter(act="access.barred", actor_key=str(lead.pk)).count() == 2


def test_a_double_click_puts_up_one_bar(case: Case, lead: User, colleague: User) -> None:
    desk = signed_in(lead)

    for _click in range(2):
        desk.post(page_of(case), form(colleague.email))
    assert Bar.objects.filter(subject_kind="case").count() == 1


def test_a_lifted_bar_lets_back_and_stays_on_the_page(
    case: Case, lead: User, colleague: User
) -> None:
    desk = signed_in(lead)
    desk.post(page_of(case), form(colleague.email))
    path = f"{page_of(case)}lift/{Bar.objects.get(subject_kind='case').key}/"

    assert signed_in(colleague).post(path).status_code == 404
    assert not sees(colleague, case)
    assert [desk.post(path).status_code for _click in range(2)] == [302, 302]

    assert sees(colleague, case)
    assert not Bar.objects.filter(lifted_at__isnull=True).exists()
    assert colleague.full_name in desk.get(page_of(case)).content.decode()


def test_whoever_keeps_themselves_away_is_let_go(case: Case, lead: User) -> None:
    desk = signed_in(lead)

    assert desk.post(page_of(case), form(lead.email)).headers["Location"] == "/"
    assert desk.get(page_of(case)).status_code == 404


def test_the_way_there_is_shown_to_supervisors_alone(
    case: Case, lead: User, colleague: User
) -> None:
    path = f"/access/case/{case.key}/seen/"

    assert page_of(case) in signed_in(lead).get(path).content.decode()
    assert page_of(case) not in signed_in(colleague).get(path).content.decode()
