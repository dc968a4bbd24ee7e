"""Whatever the program answers, the page has a calm sentence for it, in every language of every pack."""

import re
from pathlib import Path

import pytest

import arasha
from arasha.packs import load

PACKAGE = Path(arasha.__file__).parent
QAMAR = Path(__file__).parents[1] / "packs" / "qamar"
ANSWERING = [
    *(PACKAGE / "programs" / "terminal").glob("*.py"),
    PACKAGE / "wire" / "serving.py",
    *(PACKAGE / "wire" / "loopback").glob("*.py"),
]
PAGES = [
    *(PACKAGE / "programs" / "terminal" / "static").glob("*.js"),
    *(PACKAGE / "programs" / "static").glob("*.js"),
]
# Only a page that is not ours, or is broken, is told these; the sentence for everything else serves.
NOT_FOR_PEOPLE = {
    "not_json",
    "length_required",
    "cut_off",
    "bad_request",
    "wrong_host",
    "wrong_origin",
    "wrong_token",
}
# That something could not be sealed is all that a person can be told of these.
OF_SEALING = {"attachment", "envelope", "payload", "recipients", "reply"}
REFUSAL = re.compile(r'Refusal\([^"]*"([a-z_]+)"')
WAITING = re.compile(r"(?:line_is\(|_problems?\[[^]]*\] = |_line_problem or \()([A-Z_]+)")
SEALING = re.compile(r'SealingError\("([a-z-]+)"|code: "([a-z-]+)"|Refused\("([a-z_]+)"\)')
CONSTANTS = re.compile(r'^([A-Z_]+(?:, [A-Z_]+)*) = ("[a-z_]+"(?:, "[a-z_]+")*)', re.MULTILINE)
MICROPHONE = re.compile(r'\w+Error: "([a-z-]+)"')


def answered() -> set[str]:
    """The codes that the program's own answers and states carry, read from its source."""
    sources = [path.read_text() for path in ANSWERING]
    refusals = {code for source in sources for code in REFUSAL.findall(source)}
    return refusals | {value for source in sources for value in named_problems(source)}


def named_problems(source: str) -> set[str]:
    """What stands behind the names of problems, such as DEVICE_UNKNOWN."""
    names = set(WAITING.findall(source))
    values: dict[str, str] = {}
    for left, right in CONSTANTS.findall(source):
        values |= dict(zip(left.split(", "), re.findall(r"\w+", right), strict=True))
    return {values[name] for name in names & values.keys()}


def thrown() -> set[str]:
    sources = [path.read_text() for path in PAGES]
    found = [each for source in sources for groups in SEALING.findall(source) for each in groups]
    found += [each for source in sources for each in MICROPHONE.findall(source)]
    return {each for each in found if each}


def test_the_walk_finds_what_is_there() -> None:
    assert answered() >= NOT_FOR_PEOPLE | {"no_room", "too_many", "refused", "device_unknown"}
    assert thrown() >= OF_SEALING | {"scan-pdf", "no-list", "too-long", "microphone-busy"}


@pytest.mark.parametrize("pack", ["kz", str(QAMAR)])
def test_every_problem_has_a_sentence_in_every_language(pack: str) -> None:
    texts = load(pack).texts
    codes = (answered() - NOT_FOR_PEOPLE) | (thrown() - OF_SEALING)

    told = {code: texts.get(f"terminal.problem.{code.replace('-', '_')}") for code in codes}

    assert [code for code, text in told.items() if text is None] == []
    for text in told.values():
        assert text is not None
        assert set(text.text) == {each.code for each in load(pack).languages}
        assert all(words.strip().endswith(".") for words in text.text.values())
