"""What an officer writes in the reader, and what the desk can check of it: its form."""

import base64
import hashlib

import pyrage
import pytest

from arasha.actors import WORLD
from arasha.appeals import selectors
from arasha.appeals.models import (
    AddedHeader,
    Appeal,
    Reply,
    SealedNote,
)
from arasha.engines import sealing
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.worlds.sealing import sealed
from tests.appeals.reader import (
    Reader,
    add_headers,
    b64,
    fresh,
    header_for,
    note,
    reader_of,
    recipient,
    reply,
)
from tests.walk import (
    Terminal,
    attach,
)


def test_before_reading_nobody_writes(appeal: Appeal, reader: Reader) -> None:
    written = [
        reader.post(
            f"appeals/{appeal.key}/notes", kind="note", sealed=b64(note([recipient()] * 1))
        ),
        reader.post(
            f"appeals/{appeal.key}/replies", tag="00" * 16, sealed=b64(reply()), shown="safe"
        ),
    ]

    assert {told["problem"] for _status, told in written} <= {"not_yet_opened", "malformed_sealed"}
    assert not SealedNote.objects.exists()
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda keys: b"in plain words", id="not sealed"),
        pytest.param(lambda keys: note(keys[:2]), id="to fewer readers"),
        pytest.param(
            lambda keys: sealed(b"x" * 1023, to=keys), id="of a size that tells its length"
        ),
        pytest.param(lambda keys: note(keys) + b"!", id="with something behind it"),
    ],
)
def test_a_note_out_of_form_is_refused(
    made, opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    sent = b64(made(recipients.keys))

    status, told = reader.post(f"appeals/{opened.key}/notes", kind="note", sealed=sent)
    assert (status, told["problem"]) == (422, "malformed_sealed")
    assert not SealedNote.objects.exists()


def test_a_note_of_a_kind_that_nobody_knows_is_refused(
    opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    sent = b64(note(recipients.keys))

    assert reader.post(f"appeals/{opened.key}/notes", kind="rumour", sealed=sent)[0] == 422


@pytest.mark.parametrize("length", [10, 3000, 9000])
def test_a_note_is_kept_for_the_others_once_however_often_it_is_sent(
    length: int, opened: Appeal, recipients: RecipientSet, reader: Reader, second_officer: User
) -> None:
    sent = note(recipients.keys, "x" * length, "risk")

    keys = {
        reader.post(f"appeals/{opened.key}/notes", kind="risk", sealed=b64(sent))[1]["note"]
        for _ in range(2)
    }
    [found] = reader_of(second_officer).get(f"appeals/{opened.key}")[1]["notes"]
    assert keys == {found["key"]}
    assert base64.b64decode(found["sealed"]) == sent
    assert found["by"].startswith("officer of")


@pytest.mark.parametrize(
    ("tag", "made", "shown"),
    [
        pytest.param("00" * 15, reply, "safe", id="a short tag"),
        pytest.param("00" * 17, reply, "safe", id="a long tag"),
        pytest.param("00" * 16, reply, "everybody", id="shown to everybody"),
        pytest.param("00" * 16, lambda: b"plain", "safe", id="not sealed"),
        pytest.param(
            "00" * 16, lambda: note([recipient(0), recipient(1)]), "safe", id="to two people"
        ),
        pytest.param("00" * 16, lambda: note([recipient(0)]), "safe", id="of another size"),
    ],
)
def test_a_reply_out_of_form_is_refused(
    tag: str, made, shown: str, opened: Appeal, reader: Reader
) -> None:
    status, told = reader.post(
        f"appeals/{opened.key}/replies", tag=tag, sealed=b64(made()), shown=shown
    )

    assert (status, told["problem"]) == (422, "malformed_sealed")


def test_a_second_reply_under_a_tag_is_refused_and_the_first_one_stays(
    opened: Appeal, reader: Reader
) -> None:
    first, second = reply(), reply()
    where = f"appeals/{opened.key}/replies"
    reader.post(where, tag="07" * 16, sealed=b64(first), shown="safe")

    status, told = reader.post(where, tag="07" * 16, sealed=b64(second), shown="safe")
    assert (status, told["problem"]) == (409, "tag_taken")
    assert bytes(Reply.objects.get().sealed) == first


def test_a_reply_is_kept_under_its_tag_and_counted(opened: Appeal, reader: Reader) -> None:
    tag, sent = sealing.reply_tag(bytes(32), 0), reply()
    for _ in range(2):
        reader.post(f"appeals/{opened.key}/replies", tag=tag.hex(), sealed=b64(sent), shown="safe")

    told = reader.get(f"appeals/{opened.key}")[1]
    assert (len(told["replies"]), told["next_reply"]) == (1, 1)
    found = selectors.replies_by_prefix(viewer=WORLD, prefix=tag.hex()[:3], most=9)
    assert found == [(tag, sent)]


def test_a_header_for_an_unknown_set_is_refused(opened: Appeal, reader: Reader) -> None:
    told = add_headers(reader, opened, "nobody-1", text=header_for([recipient()]))[1]
    assert told["problem"] == "unknown_set"


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda keys: header_for(keys[:2]), id="fewer stanzas"),
        pytest.param(lambda keys: header_for([*keys, fresh()]), id="one stanza too many"),
        pytest.param(lambda keys: header_for(keys) + b"payload", id="a payload behind it"),
        pytest.param(lambda keys: header_for(keys)[:-5], id="cut off"),
        pytest.param(
            lambda keys: pyrage.encrypt(b"", [pyrage.x25519.Recipient.from_str(k) for k in keys]),
            id="grease",
        ),
    ],
)
def test_a_header_out_of_form_is_refused(
    made, opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    status, told = add_headers(reader, opened, recipients.set_id, text=made(recipients.keys))
    assert (status, told["problem"]) == (422, "malformed_sealed")
    assert not AddedHeader.objects.exists()


def test_an_added_header_lies_beside_the_first_one_which_stays(
    opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    before = reader.get(f"appeals/{opened.key}")[1]["envelope"]
    sent = header_for(recipients.keys)

    for _ in range(2):
        assert add_headers(reader, opened, recipients.set_id, text=sent) == (201, {})
    told = reader.get(f"appeals/{opened.key}")[1]
    assert [base64.b64decode(each) for each in told["headers"]] == [sent]
    assert told["envelope"] == before


def test_a_header_for_no_part_of_the_appeal_is_refused_and_none_is_kept(
    opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    sent = {"text": header_for(recipients.keys), "0" * 64: header_for(recipients.keys)}

    status, told = add_headers(reader, opened, recipients.set_id, **sent)
    assert (status, told["problem"]) == (422, "malformed_sealed")
    assert add_headers(reader, opened, recipients.set_id)[0] == 422
    assert not AddedHeader.objects.exists()


@pytest.mark.parametrize("headers", [None, "x", [1], [{"part": "text"}], [{"header": ""}]])
def test_headers_without_their_parts_are_refused(
    headers: object, opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    asked = reader.post(f"appeals/{opened.key}/headers", set=recipients.set_id, headers=headers)
    assert asked[1]["problem"] == "unreadable_request"


def test_one_act_adds_readers_to_text_card_and_attachment_each_beside_its_own(
    opened: Appeal, recipients: RecipientSet, reader: Reader, terminal: Terminal
) -> None:
    body = sealed(b"paper", to=recipients.keys)
    name = hashlib.sha256(body).hexdigest()
    attach(opened, body, terminal)
    sent = {part: header_for(recipients.keys) for part in ("text", "card", name)}

    assert add_headers(reader, opened, recipients.set_id, **sent) == (201, {})
    told = reader.get(f"appeals/{opened.key}")[1]
    [card] = reader.get("cards")[1]["cards"]
    assert told["headers"] == [b64(sent["text"])]
    assert told["card_headers"] == card["headers"] == [b64(sent["card"])]
    assert told["attachments"][0]["headers"] == [b64(sent[name])]
    assert Entry.objects.filter(act="appeal.readers_added").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"category": "weather"}, {"urgency": "whenever"}, {"place": "NO-1"}, {"accused_body": "x"}],
)
def test_what_the_country_has_no_word_for_is_not_recorded(
    wrong: dict[str, str], opened: Appeal, reader: Reader
) -> None:
    said = {"category": "torture", "urgency": "", "place": "", "accused_body": ""} | wrong

    status, told = reader.post(f"appeals/{opened.key}/recorded", **said)
    assert (status, told["problem"]) == (400, "unreadable_request")
    assert Appeal.objects.get().category == ""


def test_what_an_officer_records_after_reading_stands_with_the_appeal(
    opened: Appeal, terminal: Terminal, administration: Institution, reader: Reader
) -> None:
    said = {
        "category": "torture",
        "urgency": "",
        "place": terminal.device.place.code,
        "accused_body": administration.code,
    }

    assert reader.post(f"appeals/{opened.key}/recorded", **said) == (200, {})
    found = Appeal.objects.get()
    assert found.category == "torture"
    assert (found.place, found.accused_body) == (terminal.device.place, administration)
