"""The reader, the gateway's files and the mailbox, each under its door's own database role."""

from hashlib import sha256

import pyrage
import pytest
from django.db import DatabaseError, connection, transaction

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS
from arasha.appeals import selectors, services
from arasha.appeals.models import Appeal, Attachment, Coverage, Reply, SealedNote
from arasha.country import local_day
from arasha.engines import sealing
from arasha.engines.sealing import RecipientSet
from arasha.people.models import User
from arasha.worlds.sealing import sealed
from tests.access.conftest import become as become  # a fixture of another folder
from tests.access.locking import Become
from tests.appeals.reader import b64, reader_of
from tests.walk import (
    NOW,
    Terminal,
    actor,
    attach,
    identities,
    institution,
    keep_keys,
    person,
    posted,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _signing(settings, tmp_path) -> None:
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")


def test_an_officer_s_whole_work_passes_the_second_lock(
    appeal: Appeal, recipients: RecipientSet, officer: User, become: Become
) -> None:
    become("arasha_desk")
    reader, where = reader_of(officer), f"appeals/{appeal.key}"
    recipient = str(identities()[0].to_public())
    note = sealing.pack_note(sealing.Note("note", "Ask.", "A.", local_day(NOW)))
    reply = sealing.pack_reply(sealing.Reply("Soon.", "safe", "en"))

    assert len(reader.get("cards")[1]["cards"]) == 1
    assert reader.get(where)[1]["state"] == "opened"
    sent = b64(sealed(note, to=recipients.keys))
    assert reader.post(f"{where}/notes", kind="note", sealed=sent)[0] == 201
    sent = b64(sealed(reply, to=[recipient]))
    assert reader.post(f"{where}/replies", tag="00" * 16, sealed=sent, shown="safe")[0] == 201
    sent = b64(sealing.split(sealed(b"x", to=recipients.keys))[0])
    headers = [{"part": "text", "header": sent}]
    assert reader.post(f"{where}/headers", headers=headers, set=recipients.set_id)[0] == 201
    said = {"recipient": recipient, "opened": [], "failed": [str(appeal.key)]}
    assert reader.post("coverage", **said)[0] == 200
    assert reader.post("coverage", **said)[0] == 200
    assert reader.get("liveness", recipient=recipient)[0] == 200
    assert len(reader.get(where)[1]["notes"]) == 1


def test_a_letter_and_its_scan_pass_the_second_lock(
    recipients: RecipientSet, officer: User, become: Become
) -> None:
    become("arasha_desk")
    reader = reader_of(officer)
    scan = sealed(b"%PDF-1.7", to=recipients.keys)

    asked = {"filing": b64(posted(recipients)), "channel": "paper"}
    status, told = reader.post("entered", **asked, received_on=local_day(NOW).isoformat())
    assert status == 201
    kept = reader.put(f"attachments/{told['appeal']}/{sha256(scan).hexdigest()}", scan)
    assert kept == (200, {"kept": sha256(scan).hexdigest()})


def test_notes_replies_and_trials_are_hidden_from_other_bodies(
    opened: Appeal, recipients: RecipientSet, officer: User, become: Become
) -> None:
    stranger = person("officer", institution("npm", "npm"))
    services.cover(
        recipient=str(identities()[0].to_public()),
        opened=[],
        failed=[opened.key],
        by=actor(officer),
        at=NOW,
    )
    become("arasha_desk")

    with viewing(actor(officer)):
        assert Coverage.objects.count() == 1
    with viewing(actor(stranger)):
        tables = (Coverage, SealedNote, Reply, Attachment)
        assert [table.objects.count() for table in tables] == [0, 0, 0, 0]


def test_a_device_adds_a_file_to_an_appeal_and_changes_none(
    appeal: Appeal, terminal: Terminal, recipients: RecipientSet, become: Become
) -> None:
    body = sealed(b"\x89PNG", to=recipients.keys)
    become("arasha_gateway")

    with viewing(terminal.actor):
        attach(appeal, body, terminal)
        assert Attachment.objects.count() == 1
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Attachment.objects.update(size=1)


def test_the_public_door_reads_sealed_replies_and_nothing_about_them(
    appeal: Appeal, officer: User, become: Become
) -> None:
    sent = sealed(b"x" * 8192, to=[str(pyrage.x25519.Identity.generate().to_public())])
    services.open_appeal(appeal=appeal, by=actor(officer), at=NOW)
    Reply.objects.create(
        appeal=appeal, tag=bytes(16), sealed=sent, shown="safe", on_day=local_day(NOW),
        by_key=officer.pk,
    )  # fmt: skip
    become("arasha_public")

    with viewing(ANONYMOUS), connection.cursor() as cursor:
        found = selectors.replies_by_prefix(viewer=ANONYMOUS, prefix="000", most=5)
        assert found == [(bytes(16), sent)]
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("SELECT appeal_id FROM appeals_reply")
