"""Each act on an appeal as a small page: who sees it, what it keeps, where it leads."""

import uuid

import pytest
from django.utils import timezone

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import WORLD
from arasha.appeals import agenda, services
from arasha.appeals.models import Appeal, BodyRequest, CheckBack, Closing, Term
from arasha.appeals.views.desk.acts import ACTS
from arasha.country import local_day
from arasha.engines.sealing import RecipientSet
from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.rows import AgendaItem
from tests.appeals.day import READ_AT, classified, closed
from tests.appeals.reader import reply
from tests.desk.signing_in import signed_in
from tests.walk import DAY, LONG_AGO, NOW, OPENED_AT, actor

TODAY = local_day(NOW).isoformat()
TOMORROW = local_day(NOW + DAY).isoformat()


def page_of(appeal: Appeal, act: str = "") -> str:
    return f"/appeals/{appeal.key}/{act}"


def kinds_for(user: User) -> list[str]:
    rows = agenda.agenda(viewer=actor(user), at=NOW)
    return [row.kind for row in rows if isinstance(row, AgendaItem)]


def read(user: User, address: str, language: str = "en") -> str:
    answer = signed_in(user, language=language).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", [name for name, act in ACTS.items() if not act.row])
def test_a_stranger_gets_no_page_of_any_act(name: str, opened: Appeal, prosecutor: User) -> None:
    assert signed_in(prosecutor).get(page_of(opened, f"{name}/")).status_code == 404


@pytest.mark.parametrize(
    ("act", "option"),
    [
        ("classify/", '<option value="PRISON-1" selected>Prison No. 1</option>'),
        ("classify/", '<option value="prison-service" selected>prison-service</option>'),
        ("ask-body/", '<option value="prison-service" selected>prison-service</option>'),
    ],
)
def test_places_and_bodies_are_chosen_by_name_and_what_is_known_is_chosen_already(
    act: str, option: str, opened: Appeal, accused: Institution, place: Place, officer: User
) -> None:
    opened.place, opened.accused_body = place, accused
    opened.save(update_fields=["place", "accused_body"])

    assert option in read(officer, page_of(opened, act))


def test_a_body_that_is_not_registered_is_given_back(opened: Appeal, officer: User) -> None:
    typed = {"category": "health", "accused_body": "nobody-1", "place": "NOWHERE"}

    answer = signed_in(officer).post(page_of(opened, "classify/"), typed)

    assert answer.status_code == 422
    assert "No such institution is registered" in answer.content.decode()
    assert "No such place is registered" in answer.content.decode()


@pytest.mark.parametrize("name", ["take", "close", "watch", "erase"])
def test_a_supervisor_reads_an_appeal_and_does_nothing_with_it(
    name: str, opened: Appeal, supervisor: User, ombudsperson: Institution
) -> None:
    desk = signed_in(supervisor)

    assert desk.get(page_of(opened)).status_code == 200
    assert desk.post(page_of(opened, f"{name}/")).status_code == 404
    assert "What you can do" not in desk.get(page_of(opened)).content.decode()


@pytest.mark.parametrize("name", [name for name, act in ACTS.items() if not act.row])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_each_act_has_a_page_in_three_languages(
    name: str, language: str, opened: Appeal, officer: User
) -> None:
    page = read(officer, page_of(opened, f"{name}/"), language)

    assert "<h1" in page
    assert "csrfmiddlewaretoken" in page


def test_an_unknown_act_and_an_unknown_row_are_no_pages(opened: Appeal, officer: User) -> None:
    desk = signed_in(officer)

    assert desk.get(page_of(opened, "burn/")).status_code == 404
    assert desk.get(page_of(opened, f"suspend/{uuid.uuid4()}/")).status_code == 404
    assert desk.get(page_of(opened, "suspend/")).status_code == 404


def test_a_refusal_keeps_what_was_typed_and_says_why(
    opened: Appeal, officer: User, administration: Institution
) -> None:
    classified(opened, officer, "torture")
    typed = {"outcome": "withdrawn", "outcome_day": TODAY, "answered": "in_person"}

    answer = signed_in(officer).post(page_of(opened, "close/"), typed)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A withdrawal does not end an appeal about torture" in page
    assert f'value="{TODAY}"' in page
    assert not Closing.objects.exists()


def test_a_day_in_the_future_is_given_back(opened: Appeal, officer: User) -> None:
    classified(opened, officer)
    typed = {"outcome": "restored", "outcome_day": TOMORROW, "answered": "letter"}

    answer = signed_in(officer).post(page_of(opened, "close/"), typed)

    assert answer.status_code == 422
    assert "The day is in the future" in answer.content.decode()


def test_an_officer_walks_an_appeal_from_reading_to_its_end(
    opened: Appeal, officer: User, administration: Institution
) -> None:
    desk = signed_in(officer)
    steps = {
        "take/": {},
        "classify/": {"category": "health", "urgency": "soon", "accused_body": "administration"},
        "ask-body/": {
            "institution": "administration",
            "asks_for": "medical_record",
            "number": "7/12",
            "due_day": TOMORROW,
        },
        "watch/": {},
        "number/": {"issuer": "Court", "number": "3-77", "on_day": TODAY},
        "close/": {"outcome": "restored", "outcome_day": TODAY, "answered": "in_person"},
    }
    for address, typed in steps.items():
        assert desk.post(page_of(opened, address), typed).status_code == 302

    page = desk.get(page_of(opened)).content.decode()
    assert "Rights restored" in page
    assert "Medical records" in page
    assert "Court: 3-77" in page
    assert "Your appeal has been answered." in page


def test_rows_have_acts_of_their_own(
    opened: Appeal, officer: User, administration: Institution
) -> None:
    desk = signed_in(officer)
    services.open_watch(appeal=opened, by=actor(officer), at=READ_AT)
    services.ask_body(
        appeal=opened,
        institution=administration,
        asks_for="footage",
        number="",
        due_day=local_day(READ_AT),
        by=actor(officer),
        at=READ_AT,
    )
    request, first = BodyRequest.objects.get(), CheckBack.objects.earliest("due_day")
    term = Term.objects.get()

    posted = [
        (f"body-answer/{request.key}/", {"answer": "refused", "answered_day": TODAY}),
        (f"check-back/{first.key}/", {"found": "worse"}),
        (f"suspend/{term.key}/", {"reason_code": "expert"}),
        (f"resume/{term.key}/", {}),
    ]
    assert [desk.post(page_of(opened, act), typed).status_code for act, typed in posted] == [
        302
    ] * 4
    page = desk.get(page_of(opened)).content.decode()
    assert "It was refused" in page
    assert "An intermediate visit is proposed." in page


def test_what_is_kept_for_the_person_stands_on_the_page(appeal: Appeal, officer: User) -> None:
    page = read(officer, page_of(appeal))

    assert "Your appeal has arrived. Nobody has opened it yet." in page


def test_a_term_that_nobody_checked_says_so(appeal: Appeal, officer: User) -> None:
    assert "a lawyer must confirm it" in read(officer, page_of(appeal))


def test_a_withdrawal_of_a_torture_appeal_is_shown_with_the_reason_why_it_goes_on(
    opened: Appeal, officer: User
) -> None:
    classified(opened, officer, "torture")
    services.ask_withdrawal(appeal=opened, by=actor(officer), at=READ_AT)

    page = read(officer, page_of(opened))

    assert "asked to withdraw it" in page
    assert "who was hurt is often made to withdraw" in page


def test_what_is_due_today_waits_on_the_agenda(
    opened: Appeal, officer: User, second_officer: User, administration: Institution
) -> None:
    services.open_watch(appeal=opened, by=actor(officer), at=LONG_AGO)
    services.ask_body(
        appeal=opened,
        institution=administration,
        asks_for="footage",
        number="",
        due_day=local_day(READ_AT),
        by=actor(officer),
        at=READ_AT,
    )

    kinds = kinds_for(officer)

    assert kinds.count("Remind the body") == 1
    assert kinds.count("Ask whether the person is safe") == 3


def test_the_list_of_what_is_destroyed_asks_the_second_officer_only(
    opened: Appeal, officer: User, second_officer: User
) -> None:
    classified(opened, officer)
    closed(opened, officer)
    erasure = services.ask_erasure(
        appeal=opened, reason_code="court", by=actor(officer), at=READ_AT + 2 * DAY
    )
    agree = page_of(opened, f"agree/{erasure.key}/")

    assert agree not in read(officer, "/appeals/erasing/")
    assert agree in read(second_officer, "/appeals/erasing/")
    assert "name no time for which an appeal is kept" in read(officer, "/appeals/erasing/")
    assert kinds_for(second_officer) == ["Agree to destroy it, or keep it"]
    assert signed_in(officer).post(agree).status_code == 409
    assert signed_in(second_officer).post(agree).status_code == 302


def test_another_body_that_was_let_in_sees_only_what_its_right_opens(
    opened: Appeal, prosecution: Institution, prosecutor: User
) -> None:
    access.grant(
        subject_kind="appeal",
        subject_key=opened.key,
        holder_kind=INSTITUTION,
        holder_key=prosecution.key,
        basis="court",
        by=WORLD,
        at=LONG_AGO,
    )

    assert signed_in(prosecutor).get(page_of(opened)).status_code == 404


def test_the_day_of_the_outcome_is_that_of_the_last_reply(
    opened: Appeal, recipients: RecipientSet, officer: User
) -> None:
    replied = OPENED_AT + DAY
    services.add_reply(
        appeal=opened, tag=bytes(16), sealed=reply(), shown="safe", by=actor(officer), at=replied
    )

    page = read(officer, page_of(opened, "close/"))
    assert f'value="{local_day(replied).isoformat()}"' in page
    assert "The day of the last reply stands here" in page


def test_without_a_reply_the_day_of_the_outcome_is_today(opened: Appeal, officer: User) -> None:
    today = local_day(timezone.now()).isoformat()

    assert f'value="{today}"' in read(officer, page_of(opened, "close/"))
