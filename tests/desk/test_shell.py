"""What surrounds every page: navigation, languages, search, refusals that lose nothing."""

import datetime as dt
import re

import pytest
from django.forms import BaseForm
from django.test import Client, RequestFactory

from arasha.desk import agenda
from arasha.desk.views import server_error
from arasha.people import services
from arasha.people.models import Institution, User
from arasha.rows import AgendaItem
from tests.desk.signing_in import signed_in
from tests.people.cast import NAME, NOW, actor, manager, person, post, registrar
from tests.places.cast import correct, place

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}


def test_health_asks_the_database_and_nobody() -> None:
    answer = Client().get("/health")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_everybody_sees_only_the_entries_of_their_posts(office: Institution) -> None:
    officer = signed_in(person(post(office, "officer"))).get("/").content.decode()
    keeper = signed_in(manager(office)).get("/").content.decode()

    assert 'href="/appeals/"' in officer
    assert 'href="/people/"' not in officer
    assert 'href="/people/"' in keeper


def test_the_administrator_finds_the_failed_tasks(office: Institution) -> None:
    administrator = signed_in(person(post(office, "administrator"))).get("/").content.decode()
    officer = signed_in(person(post(office, "officer"))).get("/").content.decode()

    assert 'href="/notices/failed/"' in administrator
    assert 'href="/notices/failed/"' not in officer


@pytest.mark.parametrize(
    ("page", "heading"), [("posts/open", "Open a post"), ("commands/give", "Enter a command")]
)
def test_a_form_says_what_it_does_and_where(office: Institution, page: str, heading: str) -> None:
    shown = signed_in(registrar()).get(f"/institutions/{office.pk}/{page}/").content.decode()

    assert heading in shown.split("<h1")[1].split("</h1>")[0]
    assert f"<title>{heading}" in shown


def test_who_holds_no_post_is_told_what_to_do() -> None:
    answer = signed_in(person()).get("/")

    assert b"You hold no post at present" in answer.content


def test_home_shows_what_waits_for_the_second_hand(office: Institution, aigerim: User) -> None:
    services.invite(
        email="new@arasha.example",
        full_name="Dana Sadyk",
        post=post(office),
        by=actor(manager(office)),
        at=NOW,
    )

    assert b"Confirm that Dana Sadyk may have an account" in signed_in(aigerim).get("/").content


def test_the_latest_matter_comes_first(aigerim: User, monkeypatch: pytest.MonkeyPatch) -> None:
    hours = {"later": 5, "late": -5, "now": 0}
    rows = [AgendaItem(t, "/", NOW + dt.timedelta(hours=h), "Kind") for t, h in hours.items()]
    rows.append(AgendaItem("some day", "/", None, "Kind"))
    monkeypatch.setattr(agenda, "AGENDAS", (lambda *, viewer, at: rows,))

    found = agenda.today(viewer=actor(aigerim), at=NOW)

    assert [row.title for row in found.rows] == ["late", "now", "later", "some day"]


def test_one_box_finds_a_number_in_any_alphabet(aigerim: User) -> None:
    place("KZ-AKM-007")
    browser = signed_in(aigerim)

    assert b"Colony No. 7" in browser.get("/search/", {"text": "кz акм 007"}).content
    assert b"Nothing that is open to you" in browser.get("/search/", {"text": "999"}).content


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_language_is_switched_by_one_button_and_stays(aigerim: User, language: str) -> None:
    browser = signed_in(aigerim)
    browser.post("/language/setlang/", {"language": language, "next": "/"})

    assert f'<html lang="{language}"' in browser.get("/").content.decode()


def test_a_form_that_comes_after_the_session_ended_is_given_back(office: Institution) -> None:
    typed = {"full_name": "Dana Sadyk", "password": "secret"}

    answer = Client().post("/people/invite/", typed, headers=HERE)

    assert answer.status_code == 403
    assert b"Dana Sadyk" in answer.content
    assert b"secret" not in answer.content


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "Бірінші күн"), ("ru", "Первый день"), ("en", "First day")]
)
def test_what_is_given_back_is_called_as_the_form_called_it(
    language: str, said: str, office: Institution
) -> None:
    typed = {"from_day": "25.11.2026", "nobody_knows": "value"}
    browser = Client(headers={"accept-language": language} | HERE)

    shown = browser.post("/offices/absence/", typed).content.decode()

    assert f'__key">{said}</dt>' in shown
    assert '__key">–</dt>' in shown
    assert '__key">from_day' not in shown


def test_what_was_typed_for_an_address_that_nobody_has_is_given_back_too(
    office: Institution,
) -> None:
    answer = Client(headers=HERE).post("/nowhere/", {"words": "Dana Sadyk"})

    assert answer.status_code == 403
    assert b"Dana Sadyk" in answer.content


def test_a_form_with_an_old_token_comes_back_ready_to_be_sent_again(aigerim: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in(aigerim).cookies

    answer = browser.post("/people/invite/", {"full_name": "Dana Sadyk"}, headers=HERE)

    assert answer.status_code == 403
    assert b'name="full_name" value="Dana Sadyk"' in answer.content
    assert b"Send again" in answer.content


def test_a_form_of_another_site_is_not_offered_for_sending_again(aigerim: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in(aigerim).cookies

    answer = browser.post(
        "/people/invite/", {"full_name": "Dana"}, headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert b"Send again" not in answer.content


@pytest.mark.parametrize("address", ["/offices/absence/", "/appeals/reader/", "/handover/x/"])
@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "түйме басылғанда"), ("ru", "нажимают кнопку"), ("en", "when a button is pressed")],
)
def test_the_address_of_a_button_says_what_to_do(
    address: str, language: str, said: str, aigerim: User
) -> None:
    desk = signed_in(aigerim)
    desk.post("/language/setlang/", {"language": language, "next": "/"})

    answer = desk.get(address)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert said in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_a_button_s_address_is_nothing_for_a_page_that_is_read(aigerim: User) -> None:
    answer = signed_in(aigerim).post("/search/", {"text": "1"})

    assert (answer.status_code, answer.content) == (405, b"")


def test_a_refusal_says_what_happened_and_what_to_do(aigerim: User) -> None:
    answer = signed_in(aigerim).get("/institutions/register/")

    assert answer.status_code == 403
    assert b"Only a registrar" in answer.content
    assert b"Ask the registrar" in answer.content


def test_unknown_and_forbidden_people_look_the_same(aigerim: User) -> None:
    browser, stranger = signed_in(aigerim), person()
    forbidden = browser.get(f"/people/{stranger.pk}/")
    unknown = browser.get("/people/00000000-0000-4000-8000-000000000000/")

    assert forbidden.status_code == unknown.status_code == 404
    assert forbidden.content.split(b"<main")[1] == unknown.content.split(b"<main")[1]


def test_an_invalid_form_is_422_with_the_errors_first_and_keeps_what_was_typed() -> None:
    answer = signed_in(registrar()).post("/institutions/register/", {"code": "PROS-77"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "<title>Error:" in page
    assert page.index("govuk-error-summary") < page.index("<h1")
    assert 'value="PROS-77"' in page


def test_a_registrar_registers_a_place_and_finds_it() -> None:
    browser = signed_in(registrar())
    region = place("KZ-AKM-001").region
    typed = {f"name_{code}": name for code, name in NAME.items()} | {
        "code": "KZ-AKM-002",
        "region": region.pk,
        "kind": "correctional-institution",
        "official": "on",
    }

    first = browser.post("/places/register/", typed, follow=True)
    again = browser.post("/places/register/", typed)

    assert b"KZ-AKM-002" in first.content
    assert again.status_code == 422
    assert b"Another place has the code KZ-AKM-002" in again.content


def test_who_corrects_a_place_second_reads_what_changed_and_loses_nothing_typed() -> None:
    browser, one = signed_in(registrar()), place("KZ-AKM-001")
    address = f"/places/{one.pk}/correct/"
    sent = sent_back(browser.get(address).context["form"]) | {"name_en": "What I typed"}
    correct(one, closed_date=dt.date(2026, 3, 1))

    refused = browser.post(address, sent)
    page = " ".join(refused.content.decode().split())
    kept = browser.post(address, sent | {"base_version": refused.context["place"].version})

    assert refused.status_code == 422
    assert "Somebody else changed this record while you were writing" in page
    assert "<li>Closed on: 1 March 2026</li></ul>" in page
    assert 'value="What I typed"' in page
    assert 'name="base_version" value="2"' in page
    assert kept.status_code == 302


def sent_back(form: BaseForm) -> dict[str, object]:
    """What a browser sends of a form that nobody touched."""
    seen = {one.html_initial_name: one.as_hidden(only_initial=True) for one in form}
    read = {name: re.search('value="([^"]*)"', str(tag)) for name, tag in seen.items()}
    values = {name: found[1] if found else "" for name, found in read.items()}
    return values | {name.removeprefix("initial-"): value for name, value in values.items()}


def test_the_page_of_a_place_says_who_was_in_charge_on_a_day(aigerim: User) -> None:
    page = signed_in(aigerim).get(f"/places/{place().pk}/", {"day": "2026-01-31"})

    assert b"31 January 2026" in page.content
    assert b"Nobody is entered for this day" in page.content
    assert b"Penal Enforcement Code, article 40" in page.content


def test_long_lists_are_paged(aigerim: User) -> None:
    for number in range(26):
        place(f"KZ-AKM-{number:03}")
    browser = signed_in(aigerim)

    assert b"KZ-AKM-025" not in browser.get("/places/").content
    assert b"KZ-AKM-025" in browser.get("/places/", {"page": 2}).content


def test_staff_pages_are_kept_by_no_cache(aigerim: User) -> None:
    assert signed_in(aigerim).get("/")["Cache-Control"] == "no-store"


def test_an_unknown_page_says_what_to_do(aigerim: User) -> None:
    answer = signed_in(aigerim).get("/nowhere/")

    assert answer.status_code == 404
    assert b"Check the address" in answer.content


@pytest.mark.parametrize("demo", [True, False])
def test_the_demo_says_that_it_is_one(settings, demo: bool) -> None:
    settings.ARASHA_DEMO = demo

    assert (b"is invented" in Client().get("/account/login/").content) is demo


def test_the_page_of_our_own_mistakes_needs_neither_database_nor_session() -> None:
    answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert b"it is our mistake" in answer.content
