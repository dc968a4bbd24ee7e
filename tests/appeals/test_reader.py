"""The reader at the desk: first who is refused and why, then what an officer may rely on."""

import base64
import uuid
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from arasha.access import services as access
from arasha.actors import WORLD
from arasha.appeals import selectors, services
from arasha.appeals.models import (
    AddedHeader,
    Appeal,
    Attachment,
    Coverage,
    ErrandKind,
    Liveness,
    Reply,
    SealedNote,
)
from arasha.country import local_day
from arasha.engines import sealing
from arasha.engines.notes import parse_note, verified_signatures
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry, Leaf
from arasha.people.models import Institution, User
from arasha.trust.models import RecipientSet as PublishedSet
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.appeals.reader import Reader, b64, reader_of
from tests.desk.signing_in import signed_in
from tests.walk import (
    ACK,
    DAY,
    FILED_AT,
    NOW,
    WORDS,
    Terminal,
    actor,
    at_most,
    file,
    identities,
    institution,
    keep_keys,
    person,
    posted,
    publish,
    recipient_set,
)

CALLS = [
    ("get", "cards"),
    ("get", "appeals/{key}"),
    ("get", "attachments/{key}/" + "0" * 64),
    ("put", "attachments/{key}/" + "0" * 64),
    ("post", "appeals/{key}/notes"),
    ("post", "appeals/{key}/replies"),
    ("post", "appeals/{key}/headers"),
    ("post", "appeals/{key}/recorded"),
    ("get", "entry"),
    ("post", "entered"),
    ("get", "headers"),
    ("post", "coverage"),
    ("get", "liveness"),
    ("post", "liveness"),
    ("post", "end"),
]
ABOUT_ONE = [call for call in CALLS if "{key}" in call[1]]
every_call = pytest.mark.parametrize(("method", "path"), CALLS)
every_call_about_one = pytest.mark.parametrize(("method", "path"), ABOUT_ONE)
FITTING: dict[str, object] = {
    "sealed": "",
    "kind": "note",
    "tag": "",
    "shown": "safe",
    "header": "",
    "set": "ombudsperson-1",
    "category": "",
    "urgency": "",
    "place": "",
    "accused_body": "",
}


@pytest.fixture
def reader(officer: User) -> Reader:
    return reader_of(officer)


def ask(reader: Reader, method: str, path: str):
    if method == "put":
        return reader.put(path, b"")
    return reader.get(path) if method == "get" else reader.post(path, **FITTING)


def note(to: Sequence[str], text: str = "Ask the doctor.", kind: str = "note") -> bytes:
    on = local_day(NOW)
    return sealed(sealing.pack_note(sealing.Note(kind, text, "A. Officer", on)), to=to)


def reply() -> bytes:
    plaintext = sealing.pack_reply(sealing.Reply("Somebody comes.", "safe", "en"))
    return sealed(plaintext, to=[str(pyrage.x25519.Identity.generate().to_public())])


def header_for(keys: Sequence[str]) -> bytes:
    return sealing.split(sealed(b"x", to=keys))[0]


def recipient(which: int = 0) -> str:
    return str(identities()[which].to_public())


# Who is refused.


@every_call
def test_without_a_session_nothing_is_answered(method: str, path: str, appeal: Appeal) -> None:
    for token in ("", "somebody-s-guess"):
        status, told = ask(Reader(token), method, path.format(key=appeal.key))
        assert (status, told["problem"]) == (401, "session_over")
        assert told.keys() == {"problem", "happened", "next"}


@every_call
def test_a_session_that_was_ended_answers_nothing(
    method: str, path: str, appeal: Appeal, officer: User
) -> None:
    reader = reader_of(officer)
    assert reader.post("end") == (200, {})

    status, told = ask(reader, method, path.format(key=appeal.key))
    assert (status, told["problem"]) == (401, "session_over")


def test_the_cookie_of_a_signed_in_officer_is_no_session(appeal: Appeal, officer: User) -> None:
    answer = signed_in(officer).get(f"/reader/v1/appeals/{appeal.key}")

    assert (answer.status_code, answer.json()["problem"]) == (401, "session_over")


def test_signing_out_of_the_desk_ends_the_reader(officer: User) -> None:
    reader = reader_of(officer)

    signed_in(officer).post("/account/logout/")

    assert reader.get("cards")[0] == 401


@every_call_about_one
def test_an_officer_of_another_body_is_told_that_there_is_no_such_appeal(
    method: str, path: str, appeal: Appeal
) -> None:
    stranger = reader_of(person("officer", institution("npm", "npm")))

    forbidden = ask(stranger, method, path.format(key=appeal.key))
    unknown = ask(stranger, method, path.format(key=uuid.uuid4()))
    assert forbidden == unknown
    assert (forbidden[0], forbidden[1]["problem"]) == (404, "not_found")


@every_call_about_one
def test_a_bar_counts_in_a_session_that_runs(
    method: str, path: str, appeal: Appeal, officer: User, reader: Reader
) -> None:
    access.bar(
        subject_kind="appeal",
        subject_key=appeal.key,
        user_key=officer.pk,
        reason_code="relative",
        by=WORLD,
        at=FILED_AT,
    )

    status, told = ask(reader, method, path.format(key=appeal.key))
    assert (status, told["problem"]) == (404, "not_found")
    assert reader.get("cards")[1]["cards"] == []


@pytest.mark.parametrize("body", ["", "[]", "not JSON", "[" * 50_000, '{"sealed": 5}'])
def test_a_request_that_is_not_understood_is_refused(
    body: str, opened: Appeal, reader: Reader
) -> None:
    answer = reader.client.post(
        f"/reader/v1/appeals/{opened.key}/notes",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {reader.token}"},
    )

    assert (answer.status_code, answer.json()["problem"]) == (400, "unreadable_request")


def test_a_giant_request_is_refused_before_it_is_read(opened: Appeal, reader: Reader) -> None:
    status, told = reader.post(f"appeals/{opened.key}/notes", kind="note", sealed="A" * 1_100_000)

    assert (status, told["problem"]) == (413, "too_large")


def test_a_refusal_speaks_the_language_of_the_reader(reader: Reader) -> None:
    answer = Client(headers={"accept-language": "ru"}).get("/reader/v1/cards")

    assert answer.json()["happened"] != Reader("").get("cards")[1]["happened"]


# From the desk.


def test_an_errand_begins_a_session_once_and_says_what_it_is_for(
    appeal: Appeal, officer: User, settings
) -> None:
    token = services.begin_errand(
        kind=ErrandKind.OPEN, appeal=appeal, by=actor(officer), at=timezone.now()
    )

    first, second = (Client().post(f"/handover/{token}/") for _ in range(2))

    told = first.json()
    assert told["errand"] == {"kind": "open", "appeal": str(appeal.key)}
    assert told["officer"]["name"] == officer.full_name
    assert told["back"] == f"{settings.ARASHA_DESK_URL}/appeals/{appeal.key}/"
    assert Reader(told["session"]).get("cards")[0] == 200
    assert (second.status_code, second.json()["problem"]) == (410, "errand_spent")


def test_a_link_that_is_merely_visited_begins_nothing(officer: User) -> None:
    token = services.begin_errand(kind=ErrandKind.KEYS, by=actor(officer), at=timezone.now())

    assert Client().get(f"/handover/{token}/").status_code == 405


# Title cards.


def test_a_card_comes_with_what_is_needed_to_check_that_it_belongs_to_its_envelope(
    appeal: Appeal, reader: Reader
) -> None:
    _status, page = reader.get("cards")

    [card] = page["cards"]
    opened = sealing.unpack_card(pyrage.decrypt(base64.b64decode(card["card"]), [identities()[0]]))
    hashes = [bytes.fromhex(card[name]) for name in ("header_hash", "payload_hash")]
    assert opened.digest == sealing.digest_of_hashes(*hashes)
    assert opened.title == WORDS
    assert (card["appeal"], card["code"], card["state"]) == (
        str(appeal.key),
        appeal.code,
        "received",
    )
    assert (card["received_on"], card["late"]) == (appeal.received_day.isoformat(), False)


def test_cards_come_page_by_page_each_once(
    terminal: Terminal, recipients: RecipientSet, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arasha.appeals.selectors.title_cards.CARDS_A_PAGE", 3)
    monkeypatch.setattr("arasha.appeals.selectors.CARDS_A_PAGE", 3)
    for days in (0, 0, 1, 1, 2, 2, 2):
        file(terminal, posted(recipients), at=FILED_AT + days * DAY)

    for state, order in (("open", 1), ("all", -1)):
        pages = [reader.get("cards", state=state)[1]]
        while after := pages[-1]["next"]:
            pages.append(reader.get("cards", state=state, after=after)[1])
        seen = [card["received_on"] for page in pages for card in page["cards"]]
        assert len(seen) == 7
        assert seen == sorted(seen)[::order]


def test_only_what_waits_is_among_the_open_cards(opened: Appeal, reader: Reader) -> None:
    Appeal.objects.update(waits=False, state="answered")

    assert reader.get("cards", state="open")[1]["cards"] == []
    assert len(reader.get("cards", state="all")[1]["cards"]) == 1


@pytest.mark.parametrize("after", ["x", "2026-02-30_" + str(uuid.uuid4()), "2026-01-01_7"])
def test_a_page_behind_nothing_is_refused(after: str, reader: Reader) -> None:
    assert reader.get("cards", after=after)[1]["problem"] == "unreadable_request"


def test_a_hundred_cards_cost_as_few_queries_as_ten(
    terminal: Terminal, recipients: RecipientSet, reader: Reader
) -> None:
    for _ in range(100):
        file(terminal, posted(recipients))

    with at_most(queries=16):
        page = reader.get("cards")[1]
    assert len(page["cards"]) == 100


# One appeal.


def test_fetching_an_appeal_opens_it_and_is_in_the_journal_each_time(
    appeal: Appeal, reader: Reader, officer: User, settings
) -> None:
    _status, told = reader.get(f"appeals/{appeal.key}")
    reader.get(f"appeals/{appeal.key}")

    envelope = base64.b64decode(told["envelope"])
    assert WORDS in sealing.unpack_payload(pyrage.decrypt(envelope, [identities()[1]])).text
    assert (told["set"], told["code"], told["state"]) == ("ombudsperson-1", appeal.code, "opened")
    assert told["leaf"].startswith("arasha/v1\nevent\n")
    assert told["recipients"] == [recipient(n) for n in range(3)]
    assert (told["headers"], told["attachments"], told["notes"]) == ([], [], [])
    assert (told["replies"], told["next_reply"]) == ([], 0)
    assert told["back"] == f"{settings.ARASHA_DESK_URL}/appeals/{appeal.key}/"
    entries = Entry.objects.filter(act="appeal.opened", actor_key=str(officer.pk))
    assert entries.count() == 2


def test_a_file_is_handed_over_as_it_came_and_that_is_in_the_journal(
    terminal: Terminal, recipients: RecipientSet, appeal: Appeal, reader: Reader
) -> None:
    body = sealed(b"\x89PNG" * 40_000, to=recipients.keys)
    keep(appeal, body, terminal)

    told = reader.get(f"appeals/{appeal.key}")[1]
    [kept] = told["attachments"]
    assert kept == {"sha256": sha256(body).hexdigest(), "size": len(body)}
    assert reader.fetch(f"attachments/{appeal.key}/{kept['sha256']}") == body
    assert Entry.objects.filter(act="appeal.file_fetched", subject_key=appeal.key).exists()


def keep(appeal: Appeal, body: bytes, terminal: Terminal) -> None:
    services.keep_attachment(
        code=appeal.code,
        sha256=sha256(body).hexdigest(),
        file=ContentFile(body),
        by=terminal.actor,
    )


# What an officer writes.


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
        pytest.param(lambda keys: sealed(b"x" * 65536, to=keys), id="as large as an appeal"),
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
    sent = b64(header_for([recipient()]))

    told = reader.post(f"appeals/{opened.key}/headers", header=sent, set="nobody-1")[1]
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
    sent = b64(made(recipients.keys))

    status, told = reader.post(f"appeals/{opened.key}/headers", header=sent, set=recipients.set_id)
    assert (status, told["problem"]) == (422, "malformed_sealed")
    assert not AddedHeader.objects.exists()


def fresh() -> str:
    return str(pyrage.x25519.Identity.generate().to_public())


def test_an_added_header_lies_beside_the_first_one_which_stays(
    opened: Appeal, recipients: RecipientSet, reader: Reader
) -> None:
    before = reader.get(f"appeals/{opened.key}")[1]["envelope"]
    sent = header_for(recipients.keys)

    for _ in range(2):
        asked = reader.post(
            f"appeals/{opened.key}/headers", header=b64(sent), set=recipients.set_id
        )
        assert asked == (201, {})
    told = reader.get(f"appeals/{opened.key}")[1]
    assert [base64.b64decode(each) for each in told["headers"]] == [sent]
    assert told["envelope"] == before


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


# Appeals from paper and speech.


@pytest.fixture
def acknowledging(settings, tmp_path) -> None:
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")


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


# Keys.


def test_a_key_of_no_set_of_the_officer_gets_no_header_and_no_number(
    appeal: Appeal, reader: Reader
) -> None:
    stranger = fresh()

    assert reader.get("headers", recipient=stranger)[1]["headers"] == []
    assert reader.get("liveness", recipient=stranger)[0] == 404
    said = {"recipient": stranger, "opened": [str(appeal.key)], "failed": []}
    assert reader.post("coverage", **said)[0] == 404


def test_each_header_is_tried_once_and_a_failure_is_an_alarm(
    terminal: Terminal, recipients: RecipientSet, reader: Reader, officer: User
) -> None:
    for _ in range(3):
        file(terminal, posted(recipients))
    tried = reader.get("headers", recipient=recipient())[1]["headers"]

    good, bad = [each["appeal"] for each in tried[:2]], [tried[2]["appeal"]]
    reader.post("coverage", recipient=recipient(), opened=good, failed=bad)

    assert reader.get("headers", recipient=recipient())[1]["headers"] == []
    assert len(reader.get("headers", recipient=recipient(1))[1]["headers"]) == 3
    [alarm] = selectors.unopenable(viewer=actor(officer))
    assert str(alarm.appeal_id) == bad[0]


def test_a_header_that_opens_the_second_time_is_no_alarm_any_more(
    appeal: Appeal, reader: Reader, officer: User
) -> None:
    key = [str(appeal.key)]
    reader.post("coverage", recipient=recipient(), opened=[], failed=key)
    reader.post("coverage", recipient=recipient(), opened=key, failed=[])

    assert Coverage.objects.count() == 1
    assert not selectors.unopenable(viewer=actor(officer)).exists()


def test_the_header_is_the_one_that_was_filed(appeal: Appeal, reader: Reader) -> None:
    [told] = reader.get("headers", recipient=recipient())[1]["headers"]

    envelope = bytes(appeal.ciphertext.envelope)
    assert base64.b64decode(told["header"]) == sealing.split(envelope)[0]


def test_a_reader_who_was_added_later_gets_the_added_header(
    opened: Appeal, ceremony: Ceremony, recipients: RecipientSet, reader: Reader
) -> None:
    newcomer, office = fresh(), recipients.members[2]
    later = sealing.RecipientSet(
        **{name: getattr(recipients, name) for name in ("body", "valid_from", "valid_until")},
        set_id="ombudsperson-2",
        version=2,
        members=(
            sealing.Member(sealing.Role.OFFICER, newcomer, "New officer", "ombudsperson"),
            sealing.Member(sealing.Role.OFFICER, fresh(), "Newer officer", "ombudsperson"),
            office,
        ),
    )
    publish(ceremony, later)
    assert reader.get("headers", recipient=newcomer)[1]["headers"] == []

    added = header_for(list(later.keys))
    reader.post(f"appeals/{opened.key}/headers", header=b64(added), set="ombudsperson-2")
    [told] = reader.get("headers", recipient=newcomer)[1]["headers"]
    assert base64.b64decode(told["header"]) == added


def test_an_office_without_keys_gets_all_headers_and_adds_to_what_nobody_opened(
    appeal: Appeal, ceremony: Ceremony, recipients: RecipientSet, reader: Reader
) -> None:
    newcomer = fresh()
    [told] = reader.get("headers", recipient=newcomer, closed="1")[1]["headers"]
    assert base64.b64decode(told["header"]) == sealing.split(bytes(appeal.ciphertext.envelope))[0]
    assert reader.get("headers", recipient=recipient(), closed="1")[1]["headers"] == []

    sent = b64(header_for(recipients.keys))
    status, _ = reader.post(f"appeals/{appeal.key}/headers", header=sent, set=recipients.set_id)
    appeal.refresh_from_db()
    assert (status, appeal.opened_day) == (201, None)


def test_five_hundred_headers_cost_as_few_queries_as_five(
    terminal: Terminal, recipients: RecipientSet, reader: Reader
) -> None:
    for _ in range(25):
        file(terminal, posted(recipients))

    with at_most(queries=16):
        page = reader.get("headers", recipient=recipient())[1]
    assert len(page["headers"]) == 25


def test_another_number_is_no_sign_of_life(recipients: RecipientSet, reader: Reader) -> None:
    reader.get("liveness", recipient=recipient())

    for nonce in ("", "00" * 32):
        told = reader.post("liveness", recipient=recipient(), nonce=nonce)[1]
        assert told["problem"] == "wrong_nonce"
    assert Liveness.objects.get().live_day is None


def test_a_key_that_opens_its_number_is_live_for_thirty_days_and_the_number_counts_once(
    recipients: RecipientSet, reader: Reader
) -> None:
    asked = reader.get("liveness", recipient=recipient())[1]
    nonce = pyrage.decrypt(base64.b64decode(asked["sealed"]), [identities()[0]]).decode()

    today = local_day(timezone.now())
    assert asked["due_on"] == today.isoformat()
    said = {"recipient": recipient(), "nonce": nonce}
    until = (today + timedelta(days=30)).isoformat()
    assert reader.post("liveness", **said) == (200, {"live_until": until})
    assert reader.post("liveness", **said)[1]["problem"] == "wrong_nonce"
    assert nonce not in str(Liveness.objects.values_list().get())


def test_a_set_knows_how_many_of_its_officers_are_live(
    recipients: RecipientSet, officer: User
) -> None:
    published, today = PublishedSet.objects.get(), local_day(NOW)
    for which, days in ((0, 0), (1, 30), (2, 0)):  # one lately, one too long ago, the office's key
        Liveness.objects.create(recipient=recipient(which), live_day=today - days * DAY)

    found = selectors.live_officers(viewer=actor(officer), recipient_set=published, day=today)
    assert found == 1


def test_no_answer_of_the_reader_may_be_kept_by_a_cache_or_framed(reader: Reader) -> None:
    answer = reader.client.get(
        "/reader/v1/cards", headers={"Authorization": f"Bearer {reader.token}"}
    )

    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in answer.headers
