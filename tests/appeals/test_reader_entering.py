"""Appeals from paper and speech: who may enter them, and what the person gets."""

from hashlib import sha256

import pytest
from django.utils import timezone

from arasha.appeals.models import (
    Appeal,
    Attachment,
)
from arasha.country import local_day
from arasha.engines.notes import parse_note, verified_signatures
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry, Leaf
from arasha.people.models import User
from arasha.trust.models import RecipientSet as PublishedSet
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.appeals.reader import (
    Reader,
    b64,
    reader_of,
)
from tests.walk import (
    ACK,
    DAY,
    NOW,
    Terminal,
    institution,
    posted,
    publish,
    recipient_set,
)


def entered(body: bytes, **changes: object) -> dict[str, object]:
    said: dict[str, object] = {
        "filing": b64(body),
        "channel": "paper",
        "received_on": local_day(NOW).isoformat(),
        "attachments": [],
    }
    return said | changes


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"channel": "terminal"}, "unknown_channel"),
        ({"channel": "pigeon"}, "unknown_channel"),
        ({"received_on": local_day(NOW + 2 * DAY).isoformat()}, "future_day"),
        ({"received_on": "0001-01-01"}, "long_ago_day"),
        ({"received_on": local_day(NOW - 3655 * DAY).isoformat()}, "long_ago_day"),
        ({"received_on": "yesterday"}, "unreadable_request"),
        ({"filing": b64(b"{}")}, "malformed_filing"),
        ({"filing": "not base64"}, "unreadable_request"),
    ],
)
def test_a_letter_out_of_form_is_not_entered(
    changes: dict[str, object], problem: str, recipients: RecipientSet, reader: Reader
) -> None:
    told = reader.post("entered", **entered(posted(recipients), **changes))[1]

    assert told["problem"] == problem
    assert not Appeal.objects.exists()


def test_a_letter_to_another_body_is_not_entered(
    recipients: RecipientSet, ceremony: Ceremony, reader: Reader
) -> None:
    other = institution("npm", "npm")
    publish(ceremony, recipient_set(other.code))

    told = reader.post("entered", **entered(posted(recipient_set(other.code))))[1]
    assert told["problem"] == "not_your_set"


def test_a_letter_to_a_dissolved_body_is_not_entered(
    recipients: RecipientSet, reader: Reader
) -> None:
    PublishedSet.objects.update(withdrawn_at=NOW)

    told = reader.post("entered", **entered(posted(recipients)))[1]
    assert told["problem"] == "not_your_set"


def test_a_letter_is_entered_once_with_a_code_and_a_signed_acknowledgement(
    recipients: RecipientSet, reader: Reader, officer: User, acknowledging: None
) -> None:
    day = local_day(NOW) - 5 * DAY
    said = entered(posted(recipients), received_on=day.isoformat())

    (status, told), again = reader.post("entered", **said), reader.post("entered", **said)

    found = Appeal.objects.get()
    assert (status, told) == again
    assert (told["code"], told["appeal"]) == (found.code, str(found.key))
    assert verified_signatures(parse_note(told["ack"].encode()), [ACK.verifier])
    assert (found.channel, found.received_day) == ("paper", day)
    assert Leaf.objects.filter(hash=bytes(found.leaf_hash)).exists()
    assert Entry.objects.filter(act="appeal.entered", actor_key=str(officer.pk)).count() == 1
    assert reader.get(f"appeals/{found.key}")[1]["code"] == found.code


def test_what_the_entering_page_needs_is_told(
    recipients: RecipientSet, terminal: Terminal, reader: Reader
) -> None:
    told = reader.get("entry")[1]

    [found] = told["sets"]
    assert (found["id"], found["body"]) == (recipients.set_id, "ombudsperson")
    assert found["recipients"] == list(recipients.keys)
    assert told["channels"] == ["paper", "phone", "email", "in_person"]
    assert {"code": "PRISON-1", "name": "Prison No. 1"} in told["places"]
    assert told["today"] == local_day(timezone.now()).isoformat()


def test_only_who_entered_a_letter_adds_its_scan(
    recipients: RecipientSet, reader: Reader, second_officer: User, acknowledging: None
) -> None:
    key = reader.post("entered", **entered(posted(recipients)))[1]["appeal"]
    scan = sealed(b"%PDF-1.7", to=recipients.keys)
    where = f"attachments/{key}/{sha256(scan).hexdigest()}"

    assert reader_of(second_officer).put(where, scan)[0] == 404
    assert reader.put(where, scan) == (200, {"kept": sha256(scan).hexdigest()})
    assert reader.put(where, scan[:-1])[1]["problem"] == "wrong_hash"
    assert Attachment.objects.count() == 1


def test_nobody_adds_a_scan_to_what_a_terminal_sent(
    recipients: RecipientSet, opened: Appeal, reader: Reader
) -> None:
    scan = sealed(b"%PDF-1.7", to=recipients.keys)

    status, _told = reader.put(f"attachments/{opened.key}/{sha256(scan).hexdigest()}", scan)
    assert status == 404
