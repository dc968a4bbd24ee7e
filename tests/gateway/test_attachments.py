"""Sealed files that follow an appeal: what is refused, and what a terminal may rely on."""

import resource
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pyrage
import pytest
from django.core.files.storage import default_storage
from django.http.request import UnreadablePostError
from django.test import Client, RequestFactory

from arasha.actors import WORLD
from arasha.appeals.errors.filing import WrongHashError
from arasha.appeals.models import Appeal, Attachment
from arasha.appeals.selectors import lost_files
from arasha.appeals.services.attachments import MOST_FILES
from arasha.appeals.uploads import MOST_BYTES, arriving
from arasha.country import local_day
from arasha.engines import sealing
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry
from arasha.people.models import Institution
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.walk import (
    FILED_AT,
    Terminal,
    hash_of_envelope,
    institution,
    publish,
    recipient_set,
)

PHOTO = b"\x89PNG" + b"\x00" * 70_000
AGE = "application/octet-stream"


@pytest.fixture
def file(recipients: RecipientSet) -> bytes:
    return sealed(PHOTO, to=recipients.keys)


def address(appeal: Appeal, file: bytes) -> str:
    return f"/v1/attachments/{appeal.code}/{sha256(file).hexdigest()}"


def post(door: Client, terminal: Terminal, where: str, body: bytes, *, signed: bytes | None = None):
    headers = terminal.headers("POST", where, body if signed is None else signed)
    filed = Appeal.objects.first()
    headers["Arasha-Envelope"] = hash_of_envelope(filed) if filed else ""
    return door.post(where, body, content_type=AGE, headers=headers)


def told(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["problem"]


def test_an_unsigned_file_is_refused(door: Client, appeal: Appeal, file: bytes) -> None:
    assert told(door.post(address(appeal, file), file, content_type=AGE))[1] == "unknown_device"


def test_a_signature_for_another_file_is_refused(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    answer = post(door, terminal, address(appeal, file), file, signed=b"another")

    assert told(answer) == (401, "bad_signature")


def test_a_file_for_no_appeal_is_refused(
    door: Client, terminal: Terminal, recipients: RecipientSet, file: bytes
) -> None:
    where = f"/v1/attachments/{'1' * 24}/{sha256(file).hexdigest()}"

    assert told(post(door, terminal, where, file)) == (404, "unknown_code")


@pytest.mark.parametrize("named", ["", "0" * 64, "\xe4"])
def test_who_does_not_know_the_envelope_is_told_the_same_as_of_a_code_that_is_no_appeal(
    named: str, door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    where = address(appeal, file)
    headers = terminal.headers("POST", where, file) | {"Arasha-Envelope": named}

    answer = door.post(where, file, content_type=AGE, headers=headers)

    assert told(answer) == (404, "unknown_code")
    assert not Attachment.objects.exists()


def test_a_file_for_an_erased_appeal_is_refused(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    Appeal.objects.update(erased_day=local_day(FILED_AT))

    assert told(post(door, terminal, address(appeal, file), file)) == (404, "unknown_code")


@pytest.mark.parametrize("length", [0, 1, 40_000])
def test_a_file_that_broke_off_is_refused_and_leaves_nothing(
    length: int, door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    answer = post(door, terminal, address(appeal, file), file[:length], signed=file)

    assert told(answer) == (422, "wrong_hash")
    assert "Send the same file again" in answer.json()["next"]
    assert not Attachment.objects.exists()


def test_a_line_that_is_cut_half_way_is_the_same_refusal() -> None:
    class Cut(BytesIO):
        def read(self, _most: int | None = -1, /) -> bytes:
            raise UnreadablePostError("the line is cut")

    request = RequestFactory().post("/", b"x" * 10, content_type=AGE)
    request._stream = Cut()

    with pytest.raises(WrongHashError), arriving(request, sha256="0" * 64):
        pass


def test_a_giant_file_is_refused_before_it_is_read(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    where = address(appeal, file)
    headers = terminal.headers("POST", where, file) | {"Content-Length": str(MOST_BYTES + 1)}

    answer = door.post(where, file, content_type=AGE, headers=headers)
    assert told(answer) == (413, "too_large")


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda keys: PHOTO, id="in plain"),
        pytest.param(lambda keys: sealed(PHOTO, to=keys[:2]), id="to fewer people"),
        pytest.param(lambda keys: b"age-encryption.org/v1\n" + b"-" * 200_000, id="no header"),
    ],
)
def test_what_is_not_sealed_to_the_readers_of_the_appeal_is_refused(
    made, door: Client, terminal: Terminal, recipients: RecipientSet, appeal: Appeal
) -> None:
    body = made(recipients.keys)

    answer = post(door, terminal, address(appeal, body), body)
    assert told(answer) == (422, "malformed_attachment")
    assert not Attachment.objects.exists()


def test_a_name_is_taken_that_is_sealed_to_those_who_are_told_names(
    door: Client, terminal: Terminal, ombudsperson: Institution, ceremony: Ceremony, appeal: Appeal
) -> None:
    fewest = list_for_names(ombudsperson)
    name = sealed(b'{"name":"Serik"}', to=fewest.keys)
    before = told(post(door, terminal, address(appeal, name), name))

    publish(ceremony, fewest)

    assert before == (422, "malformed_attachment")
    assert post(door, terminal, address(appeal, name), name).status_code == 202


def list_for_names(body: Institution) -> RecipientSet:
    """Three officers and an office key: not as many as may read the appeal."""
    code = sealing.names_code(body.code)
    institution(code, "names")
    keys = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(4)]
    own = [sealing.Member(sealing.Role.OFFICER, key, "Told", code) for key in keys[:3]]
    office = sealing.Member(sealing.Role.OFFICE, keys[3], "Office key")
    return replace(recipient_set(code), members=(*own, office))


def test_more_files_than_an_appeal_may_have_are_refused(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    Attachment.objects.bulk_create(
        Attachment(appeal=appeal, sha256=secrets.token_hex(32), size=1, file="x")
        for _ in range(MOST_FILES)
    )

    answer = post(door, terminal, address(appeal, file), file)
    assert told(answer) == (422, "too_many_attachments")


def test_a_file_is_kept_byte_for_byte_and_the_same_again_is_the_same_answer(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    answers = [post(door, terminal, address(appeal, file), file) for _ in range(2)]

    assert [(each.status_code, each.json()) for each in answers] == [
        (202, {"kept": sha256(file).hexdigest()})
    ] * 2
    kept = Attachment.objects.get()
    assert (kept.size, Path(kept.file.path).read_bytes()) == (len(file), file)


def test_a_file_that_was_kept_before_the_power_failed_is_taken_again(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    post(door, terminal, address(appeal, file), file)
    name = Attachment.objects.get().file.name
    Attachment.objects.all().delete()

    assert post(door, terminal, address(appeal, file), file).status_code == 202
    assert Attachment.objects.get().file.name == name
    assert default_storage.exists(str(name))


def test_neither_the_folder_nor_the_journal_knows_the_minute(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    entries = Entry.objects.count()

    post(door, terminal, address(appeal, file), file)

    kept = Path(Attachment.objects.get().file.path)
    assert (kept.stat().st_mtime, kept.stat().st_mode & 0o777) == (0, 0o600)
    assert Entry.objects.count() == entries


def test_a_file_that_is_no_more_in_its_folder_is_missed(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    post(door, terminal, address(appeal, file), file)
    assert lost_files(viewer=WORLD) == 0

    Path(Attachment.objects.get().file.path).unlink()
    assert lost_files(viewer=WORLD) == 1


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    told_so = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, told_so)


def test_a_full_disk_keeps_nothing_says_so_and_takes_the_same_bytes_later(
    door: Client, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    where = address(appeal, file)
    with files_of_at_most(4096):
        refused = post(door, terminal, where, file)

    assert told(refused) == (507, "storage_full")
    assert not Attachment.objects.exists()
    assert post(door, terminal, where, file).status_code == 202


def test_the_largest_file_of_the_most_people_is_not_too_large() -> None:
    header = 22 + 64 * 1557 + 48

    assert header + sealing.age.sealed_payload_bytes(10 * 1024 * 1024) <= MOST_BYTES
