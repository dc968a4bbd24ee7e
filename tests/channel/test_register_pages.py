"""The desk's pages of terminals: refusals first, then what each reader finds there."""

import pytest
from django.test import Client

from arasha.actors import Actor
from arasha.channel.models import Alarm, Canary, ChainOffer, Check, Incident, Works
from arasha.channel.upkeep import tick
from arasha.channel.upkeep.services.canaries import begin_canary
from arasha.channel.upkeep.services.keeping import keep_health
from arasha.country import country
from arasha.engines.notes import filing_code
from arasha.people.models import User
from arasha.places.models import Device
from tests.channel.upkeep import NOW, TODAY, hear, somebody, terminal
from tests.desk.signing_in import signed_in

pytestmark = pytest.mark.django_db
LINES = country().vocabularies["terminal_checks"].terms
ALL_WELL = {f"check_{code}": "yes" for code in LINES} | {"day": TODAY.isoformat()}
CODE = filing_code(b"a" * 32)


def browser(actor: Actor, language: str = "en") -> Client:
    return signed_in(User.objects.get(pk=actor.key), language=language)


def at(device: Device, more: str = "") -> str:
    return f"/terminals/{device.pk}/{more}"


@pytest.mark.parametrize("role", ["officer", "prosecutor", "analyst", "support_worker"])
def test_the_register_is_not_there_for_whom_it_is_no_work(role: str) -> None:
    device = terminal()

    for address in ("/terminals/", at(device)):
        assert browser(somebody(role)).get(address).status_code == 404


def test_a_head_finds_the_own_terminal_and_no_other() -> None:
    mine, other = terminal(), terminal()
    head = browser(somebody("head", leads=mine.place))

    assert str(mine.pk) in head.get("/terminals/").content.decode()
    assert str(other.pk) not in head.get("/terminals/").content.decode()
    assert head.get(at(mine)).status_code == 200
    assert head.get(at(other)).status_code == 404


@pytest.mark.parametrize("more", ["check/", "test/", "works/", "image/", "image/confirm/"])
def test_a_head_does_no_work_of_others(more: str) -> None:
    device = terminal()
    head = browser(somebody("head", leads=device.place))

    assert head.post(at(device, more), ALL_WELL).status_code in (403, 404, 422)
    assert not (Check.objects.exists() or Canary.objects.exists() or Works.objects.exists())
    assert not ChainOffer.objects.exists()


@pytest.mark.parametrize("role", ["head", "officer", "administrator"])
def test_a_token_of_a_stick_is_for_monitors_and_registrars(role: str) -> None:
    device = terminal()

    assert browser(somebody(role, leads=device.place)).post("/terminals/stick/").status_code == 403


def test_a_token_is_shown_once_and_kept_in_no_cache() -> None:
    monitor = browser(somebody("monitor"))

    shown = monitor.post("/terminals/stick/")

    assert shown.headers["Cache-Control"] == "no-store"
    assert 'class="a-qr"' in shown.content.decode()
    assert 'class="a-qr"' not in monitor.get("/terminals/stick/").content.decode()


def test_two_registrars_open_the_chain_of_a_new_image_and_one_cannot() -> None:
    device, first, second = terminal(), somebody("registrar"), somebody("registrar")
    browser(first).post(at(device, "image/"))

    assert browser(first).post(at(device, "image/confirm/")).status_code == 403
    assert browser(second).post(at(device, "image/confirm/")).status_code == 302

    assert ChainOffer.objects.get().opened_at is not None


def test_an_alarm_is_settled_with_what_was_found() -> None:
    device = terminal()
    hear(device)
    alarm = Alarm.objects.create(device=device, chain=1, kind="two_devices", seq=7, on_day=TODAY)
    tick.tick(at=NOW)
    registrar = browser(somebody("registrar"))
    address = at(device, f"alarms/{alarm.pk}/settle/")

    assert registrar.post(address, {"finding": "nonsense"}).status_code == 422
    assert registrar.post(address, {"finding": "restored"}).status_code == 302

    assert Incident.objects.get().closed_how == "settled"


def test_what_a_terminal_says_of_itself_is_shown_as_its_own_word() -> None:
    device, said = terminal(), {"build": "7", "root": 2, "stamp": 41, "disk": "low", "x": "<b>"}
    keep_health(device=device, said=said, by=Actor.device(device.pk), at=NOW)

    page = browser(somebody("administrator")).get(at(device)).content.decode()

    assert "2, mark of freshness 41" in page
    assert "little room is left" in page
    assert "it could say anything" in page
    assert "<b>" not in page


def test_a_check_that_is_refused_keeps_what_was_answered() -> None:
    device, monitor = terminal(), browser(somebody("monitor"))

    refused = monitor.post(at(device, "check/"), ALL_WELL | {"camera_x_m": "4"})

    assert refused.status_code == 422
    assert refused.content.decode().count("checked") == len(LINES)
    assert monitor.post(at(device, "check/"), ALL_WELL).status_code == 302


def test_a_slip_with_a_wrong_digit_is_told_at_once() -> None:
    actor = somebody("monitor")
    canary = begin_canary(device=terminal(), by=actor, at=NOW)
    wrong = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    said = {"code": wrong, "promised_day": TODAY.isoformat()}

    page = browser(actor).post(f"/terminals/tests/{canary.pk}/", said)

    assert page.status_code == 422
    assert "one of the 24 digits is wrong" in page.content.decode()


def test_the_text_to_write_stands_there_in_every_language_with_its_number() -> None:
    actor = somebody("monitor")
    canary = begin_canary(device=terminal(), by=actor, at=NOW)

    page = browser(actor).get(f"/terminals/tests/{canary.pk}/").content.decode()

    number = f"T {canary.number[:4]} {canary.number[4:8]} {canary.number[8:]}"
    assert page.count(number) == len(country().languages)


def test_an_officer_enters_an_arrival_and_a_monitor_reads_the_whole_chain() -> None:
    actor, officer = somebody("monitor"), browser(somebody("officer"))
    canary = begin_canary(device=terminal(), by=actor, at=NOW)
    monitor = browser(actor)
    monitor.post(
        f"/terminals/tests/{canary.pk}/", {"code": CODE, "promised_day": TODAY.isoformat()}
    )

    assert (
        officer.post(f"/terminals/tests/arrived/{canary.number}/", {"code": CODE}).status_code
        == 200
    )

    canary.refresh_from_db()
    assert canary.arrived_code == canary.code == CODE
    assert monitor.get("/terminals/tests/").status_code == 200


def test_a_number_with_a_typing_mistake_leads_nowhere() -> None:
    assert (
        browser(somebody("officer")).get("/terminals/tests/arrived/1234567890/").status_code == 404
    )


def test_an_incident_says_what_to_do_and_that_its_term_is_our_own() -> None:
    device = terminal()
    tick.tick(at=NOW)

    page = browser(somebody("head", leads=device.place)).get(
        f"/terminals/incidents/{Incident.objects.get().pk}/"
    )

    assert "carry a stick out" in page.content.decode()
    assert "own and not verified" in page.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("role", ["registrar", "administrator", "monitor"])
def test_the_pages_open_in_every_language(role: str, language: str) -> None:
    device = terminal()
    hear(device)
    client = browser(somebody(role), language)

    for address in ("/terminals/", "/terminals/?state=incident&text=name", at(device)):
        assert client.get(address).status_code == 200
