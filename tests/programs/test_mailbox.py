"""Words for a mailbox: what a list must be, and what the words become."""

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from arasha.appeals.services import correspondence
from arasha.engines.sealing import MOST_REPLIES, STATES
from arasha.engines.sealing.age import randomness_bytes, seal
from arasha.engines.sealing.correspondence import Reply, pack_reply
from arasha.programs.terminal.kiosk import TAGS
from arasha.programs.terminal.knowledge import REPLY_BYTES
from arasha.programs.words import LISTS, word_lists
from tests.programs.mailboxes import VECTORS, mailbox_of

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "kk": "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэюя",
}
PLAIN = str.maketrans("әғқңөұүһі", "агкноуухи")
by_list = pytest.mark.parametrize("language", word_lists(also_drafts=True))


def words_of(language: str) -> list[str]:
    return (LISTS / f"{language}.txt").read_text(encoding="utf-8").split("\n")[:-1]


def folded(word: str) -> str:
    """As the page compares what was typed: without accents, and with Russian letters only."""
    bare = unicodedata.normalize("NFKD", word)
    return "".join(each for each in bare if not unicodedata.combining(each)).translate(PLAIN)


def one_slip_from(word: str) -> Iterator[str]:
    """Patterns that two words share exactly when one letter more, less or other parts them."""
    for place in range(len(word) + 1):
        yield f"{word[:place]}*{word[place:]}"
        yield f"{word[:place]}*{word[place + 1 :]}"


def test_every_list_says_whether_it_was_read_and_a_draft_is_for_demos_only() -> None:
    about = tomllib.loads((LISTS / "words.toml").read_text(encoding="utf-8"))

    assert set(about) == {path.stem for path in LISTS.glob("*.txt")} == set(LETTERS)
    drafts = {code for code, each in about.items() if each["checked"] == "unverified"}
    assert set(word_lists(also_drafts=False)) == set(about) - drafts


@by_list
def test_a_list_has_2048_sorted_words_of_its_alphabet(language: str) -> None:
    words = words_of(language)

    assert len(set(words)) == len(words) == 2048
    assert words == sorted(words)
    assert {word for word in words if not 3 <= len(word) <= 8} == set()
    assert set("".join(words)) <= set(LETTERS[language])
    assert words == [unicodedata.normalize("NFC", word) for word in words]


@by_list
def test_four_letters_name_a_word_also_without_the_letters_a_keyboard_lacks(language: str) -> None:
    beginnings = [folded(word)[:4] for word in words_of(language)]

    assert len(set(beginnings)) == len(beginnings)


@by_list
def test_one_slip_never_makes_another_word_of_the_list(language: str) -> None:
    patterns = [
        (pattern, word) for word in words_of(language) for pattern in {*one_slip_from(folded(word))}
    ]

    grouped = itertools.groupby(sorted(patterns), key=lambda pair: pair[0])
    shared = [[word for _, word in group] for _, group in grouped]
    assert [words for words in shared if len(words) > 1] == []


@by_list
def test_no_word_begins_as_one_that_hurts(language: str) -> None:
    hurtful = tomllib.loads((HERE / "words_that_hurt.toml").read_text(encoding="utf-8"))[language]

    # A beginning that ends with a space is a whole word.
    assert [word for word in words_of(language) if f"{word} ".startswith(tuple(hurtful))] == []


def test_a_look_asks_for_as_many_replies_as_a_mailbox_may_have() -> None:
    page = (LISTS.parent / "mailbox.js").read_text(encoding="utf-8")

    assert re.findall(r"^const TAGS = (\d+);", page, flags=re.MULTILINE) == [str(MOST_REPLIES)]
    assert TAGS == MOST_REPLIES == correspondence.MOST_LETTERS + len(STATES)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["words"].split()[0])
def test_eight_words_become_the_mailbox_of_the_vectors(vector: dict[str, str]) -> None:
    made = mailbox_of(vector["words"])

    assert (made.identity, made.recipient) == (vector["identity"], vector["recipient"])
    assert made.tags == vector["tags"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["words"].split()[0])
def test_the_words_of_a_vector_are_of_one_list(vector: dict[str, str]) -> None:
    words = set(vector["words"].split())

    assert [words <= {*words_of(code)} for code in LETTERS].count(True) == 1


def test_the_mailbox_of_the_reference_is_what_its_words_make() -> None:
    page = (CHECKOUT / "docs" / "reference" / "mailbox.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```mailbox\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    shown = {name.strip(): said for name, said in (line.split("= ") for line in block.splitlines())}

    made = mailbox_of(shown["words"])
    assert (made.identity, made.recipient) == (shown["identity"], shown["recipient"])
    assert made.tags == shown["tags"]


def test_a_sealed_reply_is_as_long_as_the_terminal_takes_replies_to_be() -> None:
    reply = Reply("Тыңдаймыз.", "safe", "kk")
    drawn = bytes(range(1, 1 + randomness_bytes(1)))
    sealed = seal(pack_reply(reply), recipients=[VECTORS[0]["recipient"]], randomness=drawn)

    assert len(sealed) == REPLY_BYTES


def test_capitals_make_no_difference_and_another_order_does() -> None:
    first, *others = VECTORS[0]["words"].split()

    assert mailbox_of(VECTORS[0]["words"].upper()).tags == VECTORS[0]["tags"]
    assert mailbox_of(" ".join([*others, first])).tags != VECTORS[0]["tags"]
