"""The gateway over HTTP, with real signatures: what a terminal is told, and in which language."""

import base64
import json
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation

from arasha.actors import WORLD
from arasha.appeals.errors.filing import UnknownDeviceError
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.engines.notes import filing_code, parse_note, verified_signatures
from arasha.engines.sealing import RecipientSet
from arasha.engines.sealing.filing import MOST_BYTES
from arasha.engines.translog import leaf_hash
from arasha.gateway.errors import OutOfOrderError
from arasha.journal import sequencer
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.people.models import Institution
from arasha.places import services as places
from arasha.wire.trust import first, follow
from arasha.worlds.ceremony import Ceremony
from tests.walk import ACK, LONG_AGO, NOW, Terminal, command, posted

ENVELOPES, SETS = "/v1/envelopes", "/v1/sets"
JSON = "application/json"


def post(door: Client, terminal: Terminal, body: bytes, **headers: str):
    signed = terminal.headers("POST", ENVELOPES, body)
    return door.post(ENVELOPES, body, content_type=JSON, headers=signed | headers)


def test_an_unsigned_request_is_refused(door: Client, recipients: RecipientSet) -> None:
    answer = door.post(ENVELOPES, posted(recipients), content_type=JSON)

    assert (answer.status_code, answer.json()["problem"]) == (401, "unknown_device")


@pytest.mark.parametrize("name", ["2f3d8122-eef5-4b10-a71b-848f0f77e394", "not-a-key", ""])
def test_an_unknown_device_is_refused(
    name: str, door: Client, terminal: Terminal, recipients: RecipientSet
) -> None:
    answer = post(door, terminal, posted(recipients), **{"Arasha-Device": name})

    assert (answer.status_code, answer.json()["problem"]) == (401, "unknown_device")


def test_a_revoked_device_is_refused(
    door: Client, terminal: Terminal, recipients: RecipientSet
) -> None:
    places.revoke_device(device=terminal.device, reason_code="stolen", by=WORLD, at=LONG_AGO)

    answer = post(door, terminal, posted(recipients))

    assert (answer.status_code, answer.json()["problem"]) == (401, "unknown_device")


@pytest.mark.parametrize("signature", ["", "!!", base64.b64encode(bytes(64)).decode(), "ключ"])
def test_a_false_signature_is_refused(
    signature: str, door: Client, terminal: Terminal, recipients: RecipientSet
) -> None:
    answer = post(door, terminal, posted(recipients), **{"Arasha-Signature": signature})

    assert (answer.status_code, answer.json()["problem"]) == (401, "bad_signature")
    assert not Appeal.objects.exists()


def test_a_signature_of_other_bytes_is_refused(
    door: Client, terminal: Terminal, recipients: RecipientSet
) -> None:
    elsewhere = terminal.headers("POST", ENVELOPES, posted(recipients))

    answer = door.post(ENVELOPES, posted(recipients), content_type=JSON, headers=elsewhere)

    assert answer.json()["problem"] == "bad_signature"


def test_a_signature_of_another_address_is_refused(door: Client, terminal: Terminal) -> None:
    answer = door.get(SETS, headers=terminal.headers("GET", "/v1/other"))

    assert answer.json()["problem"] == "bad_signature"


def test_a_body_larger_than_any_appeal_is_refused_before_it_is_read(
    door: Client, terminal: Terminal
) -> None:
    answer = post(door, terminal, b"x" * (MOST_BYTES + 1))

    assert (answer.status_code, answer.json()["problem"]) == (413, "too_large")


def test_a_malformed_filing_is_refused_with_what_to_do(door: Client, terminal: Terminal) -> None:
    answer = post(door, terminal, b"{}")

    assert (answer.status_code, answer.json()["problem"]) == (422, "malformed_filing")
    assert set(answer.json()) == {"problem", "happened", "next"}
    assert "Nothing is lost" in answer.json()["next"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_refusal_speaks_the_terminal_s_language(
    language: str, door: Client, terminal: Terminal, recipients: RecipientSet
) -> None:
    answer = post(
        door,
        terminal,
        posted(recipients),
        **{"Arasha-Device": "nobody", "Accept-Language": language},
    )

    with translation.override(language):
        assert answer.json()["happened"] == str(UnknownDeviceError.happened)
    assert answer.headers["Content-Language"] == language


def test_a_commanding_body_is_refused_over_the_wire(
    door: Client, terminal: Terminal, recipients: RecipientSet, ombudsperson: Institution
) -> None:
    command(ombudsperson, terminal.device.place)

    answer = post(door, terminal, posted(recipients))

    assert (answer.status_code, answer.json()["problem"]) == (422, "commanding_body")


def test_the_wrong_method_takes_nothing(door: Client, terminal: Terminal) -> None:
    assert door.get(ENVELOPES, headers=terminal.headers("GET", ENVELOPES)).status_code == 405


def test_a_filing_is_acknowledged_by_leaf_and_day_with_the_gateway_s_key(
    door: Client, terminal: Terminal, recipients: RecipientSet
) -> None:
    body = posted(recipients)

    answer = post(door, terminal, body)

    note = parse_note(answer.json()["ack"].encode())
    hashed = leaf_hash(json.loads(body)["leaf"].encode())
    assert answer.status_code == 202
    assert note.text == (
        f"arasha/ack/v1\n{base64.b64encode(hashed).decode()}\nreceived {local_day(timezone.now()).isoformat()}\n"
    )
    assert len(verified_signatures(note, [ACK.verifier])) == 1


def test_the_same_bytes_get_the_same_acknowledgement(
    door: Client, terminal: Terminal, recipients: RecipientSet
) -> None:
    body = posted(recipients)

    first, again = post(door, terminal, body), post(door, terminal, body)

    assert first.content == again.content
    assert Appeal.objects.count() == 1


def test_a_filing_sets_no_cookie_and_tells_no_cache(
    door: Client, terminal: Terminal, recipients: RecipientSet
) -> None:
    answer = post(door, terminal, posted(recipients))

    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_terminal_gets_its_place_who_commands_it_and_the_names_of_bodies(
    door: Client, terminal: Terminal, recipients: RecipientSet, administration: Institution
) -> None:
    told = door.get(SETS, headers=terminal.headers("GET", SETS)).json()

    assert told["place"]["code"] == "PRISON-1"
    assert told["commanders"] == ["administration"]
    assert told["sets"] == [
        {
            "set": "ombudsperson-1",
            "body": "ombudsperson",
            "kind": "ombudsperson",
            "name": {"en": "ombudsperson"},
        }
    ]


def test_whom_to_believe_follows_from_the_root_that_the_terminal_pins(
    door: Client, recipients: RecipientSet, ceremony: Ceremony
) -> None:
    def fetch(name: str) -> bytes | None:
        answer = door.get(f"/v1/trust/{name}")
        return answer.content if answer.status_code == 200 else None

    followed = follow(first(ceremony.root, demo=False), fetch, demo=False)

    assert followed.refused == ()
    assert [each.recipients for each in followed.held.sets()] == [recipients]


@pytest.mark.parametrize("name", ["9.root.json", "../keys/log", "targets/", "freshness", "%00"])
def test_there_is_no_file_of_trust_under_another_name(
    name: str, door: Client, recipients: RecipientSet
) -> None:
    assert door.get(f"/v1/trust/{name}").status_code == 404


def test_sets_are_not_told_to_strangers(door: Client, recipients: RecipientSet) -> None:
    assert door.get(SETS).status_code == 401


@pytest.mark.parametrize("code", ["1234", "0" * 24, "abc", "488913433946775743349953"])
def test_there_is_no_proof_of_what_is_not_published(code: str, door: Client, db: None) -> None:
    answer = door.get(f"/v1/proofs/{code}")

    assert (answer.status_code, answer.json()["problem"]) == (404, "not_yet")


def test_the_proof_comes_with_the_next_epoch(
    door: Client, terminal: Terminal, recipients: RecipientSet, settings, tmp_path: Path
) -> None:
    body = posted(recipients)
    code = filing_code(leaf_hash(json.loads(body)["leaf"].encode()))
    post(door, terminal, body)
    assert door.get(f"/v1/proofs/{code}").status_code == 404

    folder = LogFolder(settings.ARASHA_LOG_DIR)
    log = Log(folder, LastCheckpoint(tmp_path / "last"), ACK, local_day)
    sequencer.advance(log, at=NOW, padded=False)

    proof = door.get(f"/v1/proofs/{code}")
    assert proof.content.startswith(b"c2sp.org/tlog-proof@v1\n")
    assert proof.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/", "/health"])
def test_the_door_says_that_it_is_ready(path: str, door: Client, db: None) -> None:
    assert door.get(path).content == b"Arasha gateway: ready\n"


def test_an_unknown_address_is_answered_plainly(door: Client, db: None) -> None:
    assert door.get("/v1/appeals").status_code == 404


def test_a_gateway_that_cannot_acknowledge_says_so_in_json_and_takes_the_same_bytes_later(
    door: Client, terminal: Terminal, recipients: RecipientSet, settings
) -> None:
    body, keys = posted(recipients), settings.ARASHA_KEYS_DIR
    door.raise_request_exception = False
    settings.ARASHA_KEYS_DIR = keys / "gone"
    refused = post(door, terminal, body, **{"Accept-Language": "ru"})

    settings.ARASHA_KEYS_DIR = keys
    taken = post(door, terminal, body)

    assert (refused.status_code, refused.json()["problem"]) == (500, "out_of_order")
    assert refused.json().keys() == {"problem", "happened", "next"}
    with translation.override("ru"):
        assert refused.json()["happened"] == str(OutOfOrderError.happened)
    assert (taken.status_code, Appeal.objects.count()) == (202, 1)


def test_an_address_that_is_not_there_is_refused_in_json(door: Client) -> None:
    answer = door.get("/v2/sets")

    assert (answer.status_code, answer.json()["problem"]) == (404, "page_not_found")
