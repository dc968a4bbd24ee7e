"""The demo world, in the first country and in one that does not exist."""

import datetime as dt
import json
import stat
from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from arasha.access.rls import as_jobs
from arasha.access.viewing import viewing
from arasha.actors import TICK, WORLD
from arasha.appeals.models import Appeal, Ciphertext, DutyCall
from arasha.appeals.selectors import offices
from arasha.cases import selectors
from arasha.cases.models import (
    AllegationOutcome,
    Case,
    Classification,
    LawChange,
    LegalHold,
    RetentionList,
    Ruling,
    SameEvent,
)
from arasha.channel.models import Canary, Incident
from arasha.commands.references import dangling_references
from arasha.country import country, local_day
from arasha.engines import sealing
from arasha.engines.notes import NOTE, SignerKey
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.appeals_to_support.models import SupportReferral
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.handoffs.crossings import Answer
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.errors import OnlyInDemoError
from arasha.people.models import Institution, User
from arasha.places.models import Device
from arasha.publications.models import Release
from arasha.trust.models import RecipientSet
from arasha.wire import keyfile
from arasha.wire.trust import TrustRefusedError, first
from arasha.worlds import signing_in
from arasha.worlds.cast import COMMANDED, SEATS
from arasha.worlds.demo import build
from arasha.worlds.letters import LETTERS
from arasha.worlds.sealing import sealed
from arasha.worlds.stage import Demo
from tests.access.locking import lock
from tests.walk import NOW

PACKS = {"kz": "kz", "qamar": str(Path(__file__).parents[1] / "packs" / "qamar")}


@pytest.fixture
def demo_machine(settings, tmp_path: Path) -> Path:
    """A machine with ARASHA_DEMO=True and the keys that `arasha secrets` makes."""
    settings.ARASHA_DEMO = settings.ARASHA_DEMO_SIGN_IN = True
    settings.ARASHA_VAR = tmp_path
    settings.ARASHA_KEYS_DIR = tmp_path / "keys"
    settings.ARASHA_KEYS_DIR.mkdir()
    for number, name in enumerate(("ack", "log")):
        key = SignerKey(f"arasha.example/{name}", NOTE, bytes([number + 1] * 32))
        (settings.ARASHA_KEYS_DIR / name).write_text(key.reveal())
    return tmp_path


@pytest.fixture(params=PACKS)
def demo(request: pytest.FixtureRequest, db: None, settings, demo_machine: Path) -> Demo:
    settings.ARASHA_PACK = PACKS[request.param]
    return build(folder=demo_machine / "demo", at=NOW)


def test_a_real_build_builds_no_world(settings, db: None) -> None:
    settings.ARASHA_DEMO = False

    with pytest.raises(CommandError, match="ARASHA_DEMO=True"):
        call_command("world", "demo")
    assert not Institution.objects.exists()


@pytest.mark.postgres
def test_a_world_is_built_in_tables_that_are_locked_already(demo_machine: Path, db: None) -> None:
    """As `./run` does it: by their owner, who sees nothing of it afterwards."""
    lock()

    call_command("world", "demo")

    with viewing(WORLD):
        assert not Case.objects.exists()
        with as_jobs(connection):
            assert Case.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, pg_has_role(current_user, 'arasha_jobs', 'MEMBER')")
        assert cursor.fetchone() == ("arasha_owner", False)


def test_a_real_build_makes_no_sign_in_links(demo: Demo, settings) -> None:
    settings.ARASHA_DEMO_SIGN_IN = False

    with pytest.raises(OnlyInDemoError):
        signing_in.links(at=NOW)


def test_a_world_is_not_built_over_records(demo: Demo) -> None:
    with pytest.raises(CommandError, match="empty database"):
        call_command("world", "demo")


def test_every_letter_got_as_far_as_its_story(demo: Demo) -> None:
    letters = Appeal.objects.filter(recipient_set="ombudsperson-1")
    assert letters.count() == len(LETTERS)
    of_appeals = Case.objects.filter(allegations__source_kind="appeal")
    assert sorted(of_appeals.values_list("stage", flat=True)) == ["court", "decided"]
    assert Release.objects.get().as_of_day == local_day(NOW)


def test_every_reference_of_the_demo_resolves(demo: Demo) -> None:
    assert list(dangling_references()) == []


def test_the_register_of_the_demo_has_something_on_every_page_of_a_case(demo: Demo) -> None:
    if country().code != "kz":  # the stories are written for its rules
        return
    today = {case.pk for case in Case.objects.filter(extensions__granted=None, holds=None)}
    full = Case.objects.get(pk__in=today, extensions__isnull=False, view_codes__isnull=False)

    assert full.persons.exists() and full.acts.exists() and full.involvements.exists()
    assert full.classifications.exists() and full.tellings.exists()
    assert full.documents.count() == 2 and full.medical_documents.exists() and full.notes.exists()
    assert full.term_requests.get().answered_day is None
    assert full.next_due_at is not None and local_day(full.next_due_at) == local_day(NOW)


def test_what_prosecutors_may_not_overlook_is_in_the_demo_s_register(demo: Demo) -> None:
    if country().code != "kz":  # the stories are written for its rules
        return
    again = Classification.objects.get(number=2)

    assert again.case.classifications.get(number=1).conduct == "torture"
    assert (again.conduct, again.case.stage) == ("ill_treatment", "investigation")
    assert Ruling.objects.filter(was_barred=True).exclude(in_spite="").exists()
    assert Entry.objects.filter(act="case.conflict_warned").exists()
    assert {each.kind for each in AllegationOutcome.objects.all()} == {
        "registered",
        "passed_on",
        "joined",
    }
    assert SameEvent.objects.filter(state="suggested").count() == 2  # one, seen from both cases
    assert LegalHold.objects.get().lifted_at is None
    assert RetentionList.objects.get().agreed_at is None
    assert LawChange.objects.get().settled_at is None


def test_few_matters_wait_for_the_prosecutor_of_the_demo(demo: Demo) -> None:
    if country().code != "kz":  # the stories are written for its rules
        return
    prosecutor = demo.actor("prosecutor", "prosecutor-samal")

    with viewing(prosecutor):
        waiting = selectors.untold(viewer=prosecutor)
        assert {each.kind for each in waiting} == {"registered", "termination_reversed"}
        assert selectors.unclassified(viewer=prosecutor).count() == 1


def test_everybody_of_the_cast_has_an_account_and_a_language_of_the_country(demo: Demo) -> None:
    codes = {language.code for language in country().languages}

    assert {user.email for user in User.objects.all()} == {seat.email for seat in SEATS}
    assert {user.language for user in User.objects.all()} <= codes


def test_names_are_there_in_every_language_of_the_country(demo: Demo) -> None:
    codes = {language.code for language in country().languages}

    names = [made.name for made in demo.institutions.values()]
    names += [made.name for made in demo.places.values()]
    assert all(set(name) >= codes for name in names)


def test_an_officer_of_the_demo_can_open_every_letter(demo: Demo) -> None:
    content = json.loads((demo.folder / "identities.json").read_text())
    identity = pyrage.x25519.Identity.from_str(content["identities"][0]["identity"])

    texts = {
        sealing.unpack_payload(pyrage.decrypt(bytes(each.envelope), [identity])).text
        for each in Ciphertext.objects.filter(appeal__recipient_set="ombudsperson-1")
    }
    assert content["demo"] is True
    assert texts == {letter.text for letter in LETTERS}


def test_a_name_can_be_opened_by_fewer_people_than_the_appeal(demo: Demo) -> None:
    whole = RecipientSet.objects.get(code="ombudsperson-1")
    told = RecipientSet.objects.filter(code="ombudsperson-names-1").first()

    if country().code != "kz":
        assert told is None
        return
    readers, names = (
        {each["recipient"] for each in found.officers} for found in (whole, told) if found
    )
    assert len(readers & names) == 1
    assert {each.recipient for each in demo.identities} >= readers | names


def test_the_demo_s_keys_are_readable_by_their_owner_only(demo: Demo) -> None:
    secret = ("identities.json", "trust-keys/*/*", "terminal/device.json")
    files = [path for pattern in secret for path in demo.folder.glob(pattern)]

    # Identities, the terminal, and three keys of the keepers and of each body.
    # Three of the root, three of the images, three of each body.
    assert len(files) == 2 + 3 * (2 + RecipientSet.objects.count())
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_the_terminal_of_the_demo_is_enrolled_and_pinned(demo: Demo) -> None:
    told = keyfile.read_device(demo.folder / "terminal" / "device.json")

    enrolled = Device.objects.get(pk=demo.terminal.key)
    assert (told.key, told.is_enrolled) == (str(enrolled.key), True)
    with pytest.raises(TrustRefusedError, match="demo"):
        first(told.root, demo=False)


def test_a_link_signs_in_once(demo: Demo) -> None:
    first = signing_in.links(at=dt.datetime.now(dt.UTC))[0]
    path = "/" + first.url.split("/", 3)[3]

    browser, late_comer = Client(), Client()
    assert browser.get(path).status_code == 302
    assert "_auth_user_id" in browser.session
    assert late_comer.get(path).status_code == 410
    assert "_auth_user_id" not in late_comer.session


def test_the_links_name_everybody_who_holds_a_post(demo: Demo, capsys) -> None:
    call_command("world", "links")

    printed = capsys.readouterr().out
    assert all(seat.person in printed for seat in SEATS)


def test_what_an_appeal_set_in_motion_waits_for_its_answers(demo: Demo) -> None:
    proposal, referral, hold = (
        model.objects.get() for model in (VisitProposal, SupportReferral, FootageHold)
    )

    assert {proposal.answer, referral.answer, hold.answer} == {Answer.WAITING}
    assert hold.receiver is None


def test_a_call_of_the_demo_s_duty_line_rings_whoever_is_on_duty(demo: Demo) -> None:
    if "duty_line" not in country().institution_kinds:
        assert not DutyCall.objects.exists()
        return
    call = DutyCall.objects.get()

    assert (call.level, call.read_at) == (1, None)
    assert Notice.objects.get(kind="duty.called").user.email == "akhmetova@demo.invalid"


def test_every_officer_of_the_cast_has_a_key_that_opens_what_their_body_gets(demo: Demo) -> None:
    for each in RecipientSet.objects.all():
        named = {one["recipient"] for one in each.officers if one["recipient"] in _secrets(demo)}
        sealed_text = sealed(b"read", to=sorted(named))

        keys = [pyrage.x25519.Identity.from_str(_secrets(demo)[one]) for one in sorted(named)]
        assert keys
        assert all(pyrage.decrypt(sealed_text, [key]) == b"read" for key in keys)


def test_no_body_of_the_demo_begins_with_an_alarm_over_its_keys(demo: Demo) -> None:
    live = {each.institution.code: each.live for each in offices.offices(viewer=TICK, at=NOW)}

    assert "ombudsperson" in live
    assert not any(count < offices.FEWEST_LIVE for count in live.values())


def test_the_head_of_the_demo_s_institution_has_an_incident_to_mend(demo: Demo) -> None:
    rung = Notice.objects.filter(kind="incident.opened", user__email="toktarov@demo.invalid")

    incident = Incident.objects.get(pk=rung.get().subject_key)
    assert (incident.place.code, incident.closed_day) == (COMMANDED, None)


def test_a_test_appeal_of_the_demo_is_not_opened_before_it_is_in_the_log(demo: Demo) -> None:
    canary = Canary.objects.get()

    assert canary.logged_day is None  # not before the sequencer has run, which is today
    assert canary.begun_day < local_day(NOW)
    assert (canary.promised_day, canary.arrived_day) == (local_day(NOW), local_day(NOW))


def _secrets(demo: Demo) -> dict[str, str]:
    return {each.recipient: each.secret for each in demo.identities}
