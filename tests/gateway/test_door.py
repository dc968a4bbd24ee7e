"""The gateway over HTTP: what a terminal is told, in which language, and what an answer carries with it."""

import base64
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation

from arasha.actors import WORLD
from arasha.appeals.models import Appeal
from arasha.channel.errors.arriving import UnknownTerminalError
from arasha.channel.models import DeliveryDay
from arasha.country import local_day
from arasha.engines.channel.bundle import BUNDLE_BYTES
from arasha.engines.channel.down import ANSWER_BYTES, Became, State, parse_answer
from arasha.engines.notes import filing_code, parse_note, verified_signatures
from arasha.engines.sealing import RecipientSet
from arasha.gateway.errors import OutOfOrderError
from arasha.journal import sequencer
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.places import services as places
from arasha.wire.ingest import IngestKey
from tests.line import Line, Thing, filing
from tests.walk import ACK, LONG_AGO, NOW, Terminal, posted

BUNDLES = "/v1/bundles"
BINARY = "application/octet-stream"


@pytest.fixture
def line(terminal: Terminal, ingest_key: IngestKey) -> Line:
    return Line(terminal, ingest_key)


def send(door: Client, bundle: bytes, **headers: str):
    return door.post(BUNDLES, bundle, content_type=BINARY, headers=headers)


def said(answer, line: Line) -> list[State]:
    return line.read(parse_answer(answer.content[:ANSWER_BYTES]))


def with_appeal(line: Line, recipients: RecipientSet) -> tuple[bytes, Thing]:
    """A bundle that brings an appeal and asks what became of it."""
    letter = filing(posted(recipients), line.key)
    return line.bundle(pieces=letter.pieces(), looks=[letter.look]), letter


def test_a_revoked_device_is_refused(door: Client, line: Line) -> None:
    places.revoke_device(device=line.terminal.device, reason_code="stolen", by=WORLD, at=LONG_AGO)

    answer = send(door, line.bundle())

    assert (answer.status_code, answer.json()["problem"]) == (403, "unknown_device")


def test_a_signature_of_other_bytes_is_refused(
    door: Client, line: Line, recipients: RecipientSet
) -> None:
    bundle, other = with_appeal(line, recipients)[0], line.bundle()

    answer = send(door, bundle[:-64] + other[-64:])

    assert (answer.status_code, answer.json()["problem"]) == (403, "bad_signature")
    assert not Appeal.objects.exists()
    assert not DeliveryDay.objects.exists()


def test_a_body_larger_than_any_bundle_is_refused_before_it_is_read(door: Client, db: None) -> None:
    answer = door.post(BUNDLES, b"x", content_type=BINARY, headers={"Content-Length": "65537"})

    assert BUNDLE_BYTES == 65_536
    assert (answer.status_code, answer.json()["problem"]) == (413, "too_large")


def test_a_refusal_says_what_to_do(door: Client, db: None) -> None:
    answer = send(door, b"{}")

    assert (answer.status_code, answer.json()["problem"]) == (400, "malformed_bundle")
    assert set(answer.json()) == {"problem", "happened", "next"}
    assert "stays at the terminal" in answer.json()["next"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_refusal_speaks_the_terminal_s_language(language: str, door: Client, line: Line) -> None:
    places.revoke_device(device=line.terminal.device, reason_code="stolen", by=WORLD, at=LONG_AGO)

    answer = send(door, line.bundle(), **{"Accept-Language": language})

    with translation.override(language):
        assert answer.json()["happened"] == str(UnknownTerminalError.happened)
    assert answer.headers["Content-Language"] == language


def test_the_wrong_method_takes_nothing(door: Client, db: None) -> None:
    assert door.get(BUNDLES).status_code == 405


def test_a_filing_is_acknowledged_by_leaf_and_day_with_the_gateway_s_key(
    door: Client, line: Line, recipients: RecipientSet
) -> None:
    bundle, letter = with_appeal(line, recipients)

    (state,) = said(send(door, bundle), line)

    note = parse_note(state.content)
    assert state.became is Became.KEPT
    assert note.text == (
        f"arasha/ack/v1\n{base64.b64encode(letter.leaf).decode()}\n"
        f"received {local_day(timezone.now()).isoformat()}\n"
    )
    assert len(verified_signatures(note, [ACK.verifier])) == 1


def test_the_same_bytes_get_the_same_acknowledgement(
    door: Client, line: Line, recipients: RecipientSet
) -> None:
    bundle, letter = with_appeal(line, recipients)
    once_more = line.bundle(pieces=letter.pieces(), looks=[letter.look])

    first, again, anew = [said(send(door, each), line) for each in (bundle, bundle, once_more)]

    assert first == again == anew
    assert Appeal.objects.count() == 1


def test_a_filing_sets_no_cookie_and_tells_no_cache(
    door: Client, line: Line, recipients: RecipientSet
) -> None:
    answer = send(door, with_appeal(line, recipients)[0])

    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_proof_comes_with_the_next_epoch(
    door: Client, line: Line, recipients: RecipientSet, settings, tmp_path: Path
) -> None:
    bundle, letter = with_appeal(line, recipients)
    assert said(send(door, bundle), line)[0].became is Became.KEPT

    folder = LogFolder(settings.ARASHA_LOG_DIR)
    log = Log(folder, LastCheckpoint(tmp_path / "last"), ACK, local_day)
    sequencer.advance(log, at=NOW, padded=False)

    (state,) = said(send(door, line.bundle(looks=[letter.look])), line)
    assert state.became is Became.PROVED
    assert state.content.startswith(b"c2sp.org/tlog-proof@v1\n")


@pytest.mark.parametrize("path", ["/", "/health"])
def test_the_door_says_that_it_is_ready(path: str, door: Client, db: None) -> None:
    assert door.get(path).content == b"Arasha gateway: ready\n"


@pytest.mark.parametrize("path", ["/v1/appeals", "/v2/bundles", "/v1/broadcast/first"])
def test_an_address_that_is_not_there_is_refused_in_json(path: str, door: Client) -> None:
    answer = door.get(path)

    assert (answer.status_code, answer.json()["problem"]) == (404, "page_not_found")


@pytest.mark.parametrize("path", ["envelopes", "sets", "trust/timestamp.json", "proofs/{code}"])
def test_there_is_no_second_way_in_beside_the_bundles(
    path: str, door: Client, line: Line, recipients: RecipientSet
) -> None:
    bundle, letter = with_appeal(line, recipients)
    send(door, bundle)
    address = "/v1/" + path.format(code=filing_code(letter.leaf))

    assert {door.get(address).status_code, door.post(address).status_code} == {404}


def test_a_gateway_that_cannot_acknowledge_says_so_in_json_and_takes_the_same_bytes_later(
    door: Client, line: Line, recipients: RecipientSet, settings
) -> None:
    keys, bundle = settings.ARASHA_KEYS_DIR, with_appeal(line, recipients)[0]
    door.raise_request_exception = False
    ack = keys / "ack"
    ack.rename(keys / "gone")
    refused = send(door, bundle, **{"Accept-Language": "ru"})

    (keys / "gone").rename(ack)
    taken = send(door, bundle)

    assert (refused.status_code, refused.json()["problem"]) == (500, "out_of_order")
    assert refused.json().keys() == {"problem", "happened", "next"}
    with translation.override("ru"):
        assert refused.json()["happened"] == str(OutOfOrderError.happened)
    assert (taken.status_code, Appeal.objects.count()) == (200, 1)
