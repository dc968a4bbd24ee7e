"""What the reader fetches: title cards page by page, one appeal whole, a file as it came."""

import base64
import datetime as dt
from hashlib import sha256

import pyrage
import pytest

from arasha.appeals.models import (
    Appeal,
    DutyCall,
)
from arasha.country import local_day
from arasha.engines import sealing
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.appeals.reader import (
    Reader,
    reader_of,
    recipient,
)
from tests.walk import (
    DAY,
    FILED_AT,
    WORDS,
    Terminal,
    at_most,
    attach,
    file,
    identities,
    institution,
    person,
    posted,
    publish,
    recipient_set,
)

TODAY = local_day(FILED_AT)


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


def test_what_must_be_answered_first_comes_first_and_what_has_no_term_last(
    terminal: Terminal, recipients: RecipientSet, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arasha.appeals.selectors.title_cards.CARDS_A_PAGE", 2)
    monkeypatch.setattr("arasha.appeals.selectors.CARDS_A_PAGE", 2)
    terms = [None, TODAY, TODAY + DAY, None, TODAY, TODAY, None]
    for term in terms:
        filed = file(terminal, posted(recipients))
        Appeal.objects.filter(leaf_hash=filed.leaf_hash).update(answer_by_day=term)

    pages = [reader.get("cards")[1]]
    while after := pages[-1]["next"]:
        pages.append(reader.get("cards", after=after)[1])
    seen = [card["answer_by"] for page in pages for card in page["cards"]]
    assert seen == [*[TODAY.isoformat()] * 3, (TODAY + DAY).isoformat(), None, None, None]
    assert len({card["code"] for page in pages for card in page["cards"]}) == len(terms)


def test_only_what_waits_is_among_the_open_cards(opened: Appeal, reader: Reader) -> None:
    Appeal.objects.update(waits=False, state="answered")

    assert reader.get("cards", state="open")[1]["cards"] == []
    assert len(reader.get("cards", state="all")[1]["cards"]) == 1


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "_2026-02-30_00000000-0000-4000-8000-000000000001",
        "7_2026-02-01_00000000-0000-4000-8000-000000000001",
        "_2026-01-01_7",
    ],
)
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
    attach(appeal, body, terminal)

    told = reader.get(f"appeals/{appeal.key}")[1]
    [kept] = told["attachments"]
    assert kept == {"sha256": sha256(body).hexdigest(), "size": len(body), "headers": []}
    assert reader.fetch(f"attachments/{appeal.key}/{kept['sha256']}") == body
    assert Entry.objects.filter(act="appeal.file_fetched", subject_key=appeal.key).exists()


def test_a_call_for_help_says_since_when_somebody_waits(opened: Appeal, reader: Reader) -> None:
    assert reader.get(f"appeals/{opened.key}")[1]["call"] is None
    came = dt.datetime(2026, 3, 5, 20, 30, tzinfo=dt.UTC)
    DutyCall.objects.create(appeal=opened, received_at=came)

    told = reader.get(f"appeals/{opened.key}")[1]
    assert told["call"] == {"on": "2026-03-06", "at": "01:30"}


def test_an_appeal_is_found_by_the_code_that_another_one_names(
    appeal: Appeal, reader: Reader, prosecution: Institution
) -> None:
    stranger = reader_of(person("officer", prosecution))

    assert reader.get(f"codes/{appeal.code}") == (200, {"appeal": str(appeal.key)})
    assert reader.get("codes/1")[1]["problem"] == "not_found"
    assert stranger.get(f"codes/{appeal.code}")[1]["problem"] == "not_found"


def test_the_reader_learns_whom_to_ask_for_a_name(
    appeal: Appeal, reader: Reader, ombudsperson: Institution, ceremony: Ceremony
) -> None:
    assert reader.get(f"appeals/{appeal.key}")[1]["told"] == []
    institution("ombudsperson-names", "names")

    publish(ceremony, recipient_set("ombudsperson-names"))
    told = reader.get(f"appeals/{appeal.key}")[1]["told"]
    assert told == ["First officer", "Second officer"]
