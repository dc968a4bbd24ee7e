"""How much an officer's reader may leave with one appeal: refused in words, and nothing half kept."""

import pytest

from arasha.appeals.models import AddedHeader, Appeal, Reply, SealedNote
from arasha.appeals.services import correspondence
from arasha.engines.sealing import LONGEST_HEADER_BYTES, RecipientSet
from arasha.worlds.sealing import sealed
from tests.appeals.reader import Reader, add_headers, b64, header_for, note, recipient, reply

MOST = 2


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOST_NOTES", "MOST_LETTERS", "MOST_HEADERS_A_PART"):
        monkeypatch.setattr(correspondence, name, MOST)


@pytest.mark.parametrize("size", [16 * 1024 + 1, 64 * 1024])
def test_a_note_longer_than_the_largest_is_refused_in_words(
    size: int, opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    long = sealed(bytes(size), to=recipients.keys)

    status, told = reader.post(f"appeals/{opened.key}/notes", kind="note", sealed=b64(long))

    assert (status, told["problem"]) == (413, "sealed_too_large")
    assert "at most 16416 are taken" in told["happened"]
    assert "shorter" in told["next"]
    assert not SealedNote.objects.exists()


def test_a_reply_longer_than_its_place_is_refused_in_words(opened: Appeal, reader: Reader) -> None:
    long = sealed(bytes(9 * 1024), to=[recipient()])

    status, told = reader.post(
        f"appeals/{opened.key}/replies", tag="0a" * 16, sealed=b64(long), shown="safe"
    )

    assert (status, told["problem"]) == (413, "sealed_too_large")


def test_a_giant_header_is_refused_in_words(
    opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    giant = header_for(recipients.keys).ljust(LONGEST_HEADER_BYTES + 1, b"\n")

    status, told = add_headers(reader, opened, recipients.set_id, text=giant)

    assert (status, told["problem"]) == (413, "sealed_too_large")
    assert not AddedHeader.objects.exists()


def test_one_note_too_many_is_refused_and_the_last_one_may_be_sent_again(
    opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    path, notes = f"appeals/{opened.key}/notes", [note(recipients.keys) for _ in range(MOST + 1)]
    sent = [reader.post(path, kind="note", sealed=b64(each)) for each in notes]

    assert [status for status, _told in sent] == [201, 201, 409]
    assert sent[-1][1]["problem"] == "too_many_notes"
    assert "2 notes" in sent[-1][1]["happened"]
    assert reader.post(path, kind="note", sealed=b64(notes[1])) == sent[1]
    assert SealedNote.objects.count() == MOST


def test_one_reply_too_many_is_refused(opened: Appeal, reader: Reader) -> None:
    path = f"appeals/{opened.key}/replies"
    sent = [
        reader.post(path, tag=f"{number:032x}", sealed=b64(reply()), shown="safe")
        for number in range(MOST + 1)
    ]

    assert [status for status, _told in sent] == [201, 201, 409]
    assert sent[-1][1]["problem"] == "too_many_replies"
    assert Reply.objects.count() == MOST


def test_letters_leave_room_for_word_of_every_state(opened: Appeal, reader: Reader) -> None:
    for number in range(MOST + 1):
        reader.post(
            f"appeals/{opened.key}/replies", tag=f"{number:032x}", sealed=b64(reply()), shown="safe"
        )

    told = reader.post(
        f"appeals/{opened.key}/told", state=opened.state, tag="ff" * 16, sealed=b64(reply())
    )

    assert told[0] in (200, 201, 204), told
    assert Reply.objects.count() == MOST + 1


def test_readers_are_added_so_often_and_no_oftener_to_one_part(
    opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    again = [
        add_headers(reader, opened, recipients.set_id, text=header_for(recipients.keys))
        for _ in range(MOST + 1)
    ]
    card = add_headers(reader, opened, recipients.set_id, card=header_for(recipients.keys))

    assert [status for status, _told in again] == [201, 201, 409]
    assert again[-1][1]["problem"] == "too_many_headers"
    assert card[0] == 201
    assert AddedHeader.objects.count() == MOST + 1


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_refusal_is_in_the_officer_s_language(
    language: str, opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    in_english = reader.post(f"appeals/{opened.key}/notes", **too_long(recipients))[1]

    reader.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    told = reader.post(f"appeals/{opened.key}/notes", **too_long(recipients))[1]

    assert "16416" in told["happened"]
    assert told["happened"] != in_english["happened"]
    assert told["next"] != in_english["next"]


def too_long(recipients: RecipientSet) -> dict[str, object]:
    return {"kind": "note", "sealed": b64(sealed(bytes(17 * 1024), to=recipients.keys))}
