"""Letters from the public door: refusals first, each with a sentence; no address is counted or kept."""

import base64
import datetime as dt
import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from altcha import v1 as altcha
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from arasha.access.viewing import viewing
from arasha.actors import LETTERS, TICK
from arasha.appeals import services
from arasha.appeals.errors.letters import PuzzleSpentError
from arasha.appeals.models import Appeal, Channel, Ciphertext, SpentPuzzle
from arasha.appeals.selectors.writing import writing
from arasha.appeals.services import letters
from arasha.cases.models import Case
from arasha.country import local_day
from arasha.engines.notes import filing_code
from arasha.engines.sealing import RecipientSet
from arasha.engines.translog import leaf_hash
from arasha.journal.models import Leaf
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.worlds.sealing import sealed
from tests.access.conftest import become as become
from tests.access.locking import Become
from tests.together import at_once
from tests.walk import NOW, Terminal, file, posted

ADDRESS = "203.0.113.77"
LETTER = "/v1/letters"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "HARDEST", 50)


def solved(at: dt.datetime = NOW) -> str:
    """A new puzzle of the gateway's and its solution, as a header carries it."""
    made: dict[str, Any] = services.new_puzzle(at=at)
    puzzle = altcha.Challenge(
        made["algorithm"], made["challenge"], made["maxNumber"], made["salt"], made["signature"]
    )
    found = altcha.solve_challenge(puzzle)
    assert found is not None
    given = {
        "algorithm": puzzle.algorithm,
        "challenge": puzzle.challenge,
        "number": found.number,
        "salt": puzzle.salt,
        "signature": puzzle.signature,
    }
    return base64.b64encode(json.dumps(given).encode()).decode()


def send(door: Client, body: bytes, solution: str) -> tuple[int, dict[str, str]]:
    answer = door.post(
        LETTER,
        body,
        content_type="application/octet-stream",
        headers={"Arasha-Puzzle": solution},
        REMOTE_ADDR=ADDRESS,
    )
    return answer.status_code, answer.json()


def changed(solution: str, **fields: object) -> str:
    content = json.loads(base64.b64decode(solution)) | fields
    return base64.b64encode(json.dumps(content).encode()).decode()


SPOILT: dict[str, Callable[[str], str]] = {
    "none": lambda _whole: "",
    "no base64": lambda _whole: "§",
    "no JSON": lambda _whole: base64.b64encode(b"solved").decode(),
    "a number alone": lambda _whole: base64.b64encode(b"7").decode(),
    "another number": lambda whole: changed(whole, number=-1),
    "a number in words": lambda whole: changed(whole, number="7"),
    "a salt without an end": lambda whole: changed(whole, salt="ab"),
    "a salt of half a character": lambda whole: changed(whole, salt="\ud800"),
    "another algorithm": lambda whole: changed(whole, algorithm="SHA-1"),
    "an algorithm that is none": lambda whole: changed(whole, algorithm="none"),
    "a foreign signature": lambda whole: changed(whole, signature="0" * 64),
    "signs from elsewhere": lambda whole: changed(whole, signature="ы" * 64),
    "too old": lambda _whole: solved(NOW - 2 * letters.LASTS),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_without_work_nothing_is_kept_and_a_sentence_says_what_to_do(
    spoil: Callable[[str], str], door: Client, recipients: RecipientSet
) -> None:
    status, said = send(door, posted(recipients), spoil(solved()))

    assert (status, said["problem"]) == (403, "puzzle_unsolved")
    assert "Send again" in said["next"]
    assert not Appeal.objects.exists()
    assert not SpentPuzzle.objects.exists()


def test_one_work_carries_one_letter(door: Client, recipients: RecipientSet) -> None:
    work = solved()
    send(door, posted(recipients), work)

    status, said = send(door, posted(recipients), work)

    assert (status, said["problem"]) == (409, "puzzle_spent")
    assert "Send again" in said["next"]
    assert Appeal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_letters_at_once_with_one_work_are_one_letter(
    recipients: RecipientSet, tmp_path: Path
) -> None:
    work, bodies = solved(), [posted(recipients), posted(recipients)]

    def act(body: bytes) -> str:
        try:
            services.file_letter(posted=body, solution=work, by=LETTERS, at=NOW)
        except PuzzleSpentError:
            return "spent"
        return "kept"

    assert sorted(at_once(tmp_path, *[partial(act, each) for each in bodies])) == ["kept", "spent"]


@pytest.mark.django_db(transaction=True)
def test_a_letter_sent_four_times_at_once_gets_the_same_answer_each_time(
    recipients: RecipientSet, tmp_path: Path
) -> None:
    work, body = solved(), posted(recipients)

    def act() -> bytes:
        return services.file_letter(posted=body, solution=work, by=LETTERS, at=NOW).leaf_hash

    assert len({*at_once(tmp_path, act, act, act, act)}) == 1


REFUSED = {
    "rubbish": (lambda _body: b"appeal", 422, "malformed_filing"),
    "a set of yesterday's": (
        lambda body: body.replace(b"ombudsperson-1", b"ombudsperson-7"),
        422,
        "unknown_set",
    ),
    "larger than any letter": (lambda _body: b"x" * (2 * 1024 * 1024 + 1), 413, "too_large"),
}


@pytest.mark.parametrize(("spoil", "status", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_kept_is_refused_in_words_and_costs_no_work(
    spoil: Callable[[bytes], bytes],
    status: int,
    problem: str,
    door: Client,
    recipients: RecipientSet,
) -> None:
    found, said = send(door, spoil(posted(recipients)), solved())

    assert (found, said["problem"]) == (status, problem)
    assert said["happened"]
    assert said["next"]
    assert not SpentPuzzle.objects.exists()


def test_a_refusal_does_not_tell_which_public_leaf_is_an_appeal(
    door: Client, recipients: RecipientSet, terminal: Terminal
) -> None:
    first = posted(recipients)
    file(terminal, first)
    leaf = json.loads(first)["leaf"].encode()
    other = json.loads(posted(recipients))["leaf"].encode()
    unknown = posted(recipients)
    mine = json.loads(unknown)["leaf"].encode()

    asked = [unknown.replace(mine, each) for each in (leaf, other)]

    assert [send(door, each, "")[1]["problem"] for each in asked] == ["puzzle_unsolved"] * 2


def test_a_letter_is_filed_with_the_day_and_without_a_place(
    door: Client, recipients: RecipientSet, place: Place
) -> None:
    body = posted(recipients)

    status, said = send(door, body, solved())

    leaf = leaf_hash(json.loads(body)["leaf"].encode())
    appeal = Appeal.objects.get(leaf_hash=leaf)
    assert status == 202
    assert base64.b64encode(leaf).decode() in said["ack"]
    assert (appeal.channel, appeal.place) == (Channel.WEB, None)
    assert appeal.received_day == local_day(timezone.now())


def test_the_same_bytes_again_give_the_same_answer_and_need_no_work(
    door: Client, recipients: RecipientSet
) -> None:
    body = posted(recipients)

    first, again = send(door, body, solved()), send(door, body, "")

    assert first == again
    assert Leaf.objects.filter(hash=leaf_hash(json.loads(body)["leaf"].encode())).count() == 1


def test_a_hundred_letters_from_one_address_are_all_taken(
    door: Client, recipients: RecipientSet
) -> None:
    body = [posted(recipients, text=f"letter {number}") for number in range(100)]

    assert {send(door, each, solved())[0] for each in body} == {202}
    assert Appeal.objects.count() == 100


def test_a_file_follows_its_letter_and_nobody_elses(door: Client, recipients: RecipientSet) -> None:
    body, photo = posted(recipients), sealed(b"photo", to=recipients.keys)
    send(door, body, solved())
    code = filing_code(leaf_hash(json.loads(body)["leaf"].encode()))
    where = f"{LETTER}/{code}/{sha256(photo).hexdigest()}"
    envelope = sha256(base64.b64decode(json.loads(body)["envelope"])).hexdigest()

    def attach(named: str, data: bytes = photo) -> tuple[int, dict[str, str]]:
        answer = door.post(
            where, data, content_type="application/octet-stream", headers={"Arasha-Envelope": named}
        )
        return answer.status_code, answer.json()

    assert attach("0" * 64)[1]["problem"] == "unknown_code"
    assert attach(envelope, photo[:-1])[1]["problem"] == "wrong_hash"
    assert attach(envelope) == attach(envelope) == (202, {"kept": sha256(photo).hexdigest()})


def test_the_minute_and_the_address_stand_in_no_table(
    door: Client, recipients: RecipientSet, officer
) -> None:
    send(door, posted(recipients), solved())

    minute = f"{timezone.now():%H:%M}"
    with connection.cursor() as cursor:
        for table in (
            "appeals_appeal",
            "appeals_spentpuzzle",
            "appeals_ciphertext",
            "journal_entry",
        ):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows = str(cursor.fetchall())
            assert ADDRESS not in rows
            assert minute not in rows


def test_only_the_public_doors_page_may_read_the_answers(door: Client, settings) -> None:
    settings.ARASHA_PUBLIC_URL = "https://arasha.example"

    first = door.options(LETTER, headers={"origin": "https://arasha.example"})
    refused = door.post(LETTER, b"appeal", content_type="application/octet-stream")
    device = door.get("/v1/bundles")

    allowed = "Access-Control-Allow-Origin"
    assert first.headers[allowed] == refused.headers[allowed] == "https://arasha.example"
    assert "Arasha-Puzzle" in first.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in first.headers
    assert allowed not in device.headers


def test_the_facts_are_the_same_for_everybody_and_name_official_places_only(
    door: Client, recipients: RecipientSet, administration: Institution, place: Place
) -> None:
    answer = door.get(f"{LETTER}/facts").json()

    (body,) = answer["bodies"]
    assert body["set"] == recipients.set_id
    assert body["recipients"] == list(recipients.keys)
    assert answer["places"] == [
        {
            "code": place.code,
            "name": place.name,
            "region": place.region.name,
            "authority": place.authority,
            "commanders": [administration.code],
        }
    ]


def test_spent_work_is_forgotten_once_it_is_too_old_to_be_used(recipients: RecipientSet) -> None:
    services.file_letter(posted=posted(recipients), solution=solved(), by=LETTERS, at=NOW)

    services.forget_spent_puzzles(by=TICK, at=NOW)
    assert SpentPuzzle.objects.count() == 1

    services.forget_spent_puzzles(by=TICK, at=NOW + dt.timedelta(days=2))
    assert not SpentPuzzle.objects.exists()


@pytest.mark.postgres
def test_the_gateways_role_takes_letters_and_nothing_more(
    recipients: RecipientSet, become: Become, settings, tmp_path: Path
) -> None:
    work = solved()
    become("arasha_gateway")

    with viewing(LETTERS):
        services.file_letter(posted=posted(recipients), solution=work, by=LETTERS, at=NOW)
        assert writing(viewer=LETTERS, day=local_day(NOW), at=NOW)["bodies"]
        assert Ciphertext.objects.count() == 1
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Case.objects.count()
