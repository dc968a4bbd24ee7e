"""Documents say nothing that the code does not do: links, commands, settings, named tests, and lines to copy."""

import io
import json
import os
import re
import runpy
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from arasha.appeals.words import TOLD_BY_READER
from arasha.programs import trust
from arasha.trust.models import RecipientSet
from arasha.wire.trust import keys
from tests.architecture import documents
from tests.architecture.tree import CHECKOUT, label
from tests.walk import ACK, institution

DECISIONS = CHECKOUT / "docs" / "adr"
HOWTO = CHECKOUT / "docs" / "howto"
MODEL = CHECKOUT / "THREAT_MODEL.md"
MODELS = (MODEL, CHECKOUT / "docs" / "reference" / "threats-to-cases.md")
DOCUMENTS = documents.documents()
# They say what is meant for the person who wrote.
FOR_THE_PERSON = (
    MODEL,
    HOWTO / "an-officers-day.md",
    HOWTO / "keep-a-duty-line.md",
    HOWTO / "pass-an-appeal-on.md",
    CHECKOUT / "docs" / "reference" / "hard-days.md",
)
RULES = (
    documents.unknown_verbs,
    documents.unknown_settings,
    documents.missing_files,
    documents.machine_paths,
    documents.too_long,
    documents.missing_tests,
)
Rule = Callable[[str], list[str]]


@pytest.mark.parametrize("document", DOCUMENTS, ids=label)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert not documents.dead_links(document.read_text(), document.parent)


@pytest.mark.parametrize("document", FOR_THE_PERSON, ids=label)
def test_how_a_person_learns_of_it_is_said_in_the_desk_s_own_words(document: Path) -> None:
    with override("en"):
        wording = str(TOLD_BY_READER).rstrip(".")

    assert wording in " ".join(document.read_text().split())


@pytest.mark.parametrize("document", DOCUMENTS, ids=label)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_document_is_short_and_true(rule: Rule, document: Path) -> None:
    assert not rule(document.read_text())


@pytest.mark.parametrize(
    ("rule", "text", "fault"),
    [
        (documents.unknown_verbs, "Type `arasha conjure`.", "conjure"),
        (documents.unknown_verbs, "```sh\n.venv/bin/arasha conjure\n```\n", "conjure"),
        (documents.unknown_verbs, "    ./run faster\n", "faster"),
        (documents.unknown_settings, "Set ARASHA_MAGIC.", "ARASHA_MAGIC"),
        (documents.missing_files, "See `arasha/utils.py`.", "arasha/utils.py"),
        (documents.machine_paths, "It lies in /home/me/arasha.", "/home/me/arasha."),
        (documents.too_long, "\n" * 300, "300 lines, more than 220"),
        (documents.missing_tests, "`wire/test_spool.py::test_magic`", "wire/test_spool.py::test_magic"),
        (documents.bare_clauses, "| they try | we hope | nothing |", "they try"),
    ],
)  # fmt: skip
def test_an_untruth_is_seen_and_named(rule: Rule, text: str, fault: str) -> None:
    assert rule(text) == [fault]


def test_a_link_to_nowhere_is_seen(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A heading\n")
    text = (
        "[a](there.md) [b](there.md#a-heading) [c](gone.md) [d](there.md#gone) [e](https://x.org)"
    )

    assert documents.dead_links(text, tmp_path) == ["gone.md", "there.md#gone"]


def test_every_clause_of_the_threat_model_is_held_or_says_that_it_is_not() -> None:
    texts = [model.read_text() for model in MODELS]

    assert [len(list(documents.clauses(text))) > 10 for text in texts] == [True, True]
    assert not [clause for text in texts for clause in documents.bare_clauses(text)]


def test_every_decision_has_a_number_of_its_own_a_day_and_a_price() -> None:
    decisions = sorted(DECISIONS.glob("*.md"))

    assert [int(each.name[:4]) for each in decisions] == list(range(1, len(decisions) + 1))
    for each in decisions:
        text = each.read_text()
        assert re.match(rf"# {int(each.name[:4])}\. .+\n\n20\d\d-\d\d-\d\d\n", text), each.name
        for part in ("Question", "Decision", "Considered", "Price"):
            assert f"**{part}.**" in text, each.name


def test_the_map_shows_every_document() -> None:
    shown = (CHECKOUT / "docs" / "README.md").read_text()
    names = [os.path.relpath(document, CHECKOUT / "docs") for document in DOCUMENTS]

    assert not [name for name in names if name != "README.md" and f"({name})" not in shown]


def test_the_lines_of_the_manual_let_the_first_two_people_in(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_script(HOWTO / "install.md", tmp_path)
    links = re.findall(r"https?://[^/]+(/join/\S+)", capsys.readouterr().out)

    assert len(links) == 2
    assert [Client().get(link).status_code for link in links] == [200, 200]


def test_the_lines_of_the_manual_hold_a_ceremony_and_bring_it_to_the_server(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every line of the page, in its order, with the keys and cards that it takes for granted."""
    monkeypatch.setattr(keys, "COST", 2**4)
    monkeypatch.chdir(tmp_path)
    page = (HOWTO / "trust-ceremony.md").read_text()
    for holder in ("bolat", "vera", "marat", "olga", "dina", "erlan", "saule"):
        ceremony(f"key {holder}.key --holder {holder}")
    text = re.findall(r"^```set\n(.*?)^```$", page, re.M | re.S)[0]
    for _ in range(4):
        text = text.replace("age1…", str(pyrage.x25519.Identity.generate().to_public()), 1)
    (tmp_path / "readers.txt").write_text(text)
    (tmp_path / "log-vkey.txt").write_text(f"{ACK.verifier}\n")
    (tmp_path / "gateway.json").write_text(json.dumps({"ack": str(ACK.verifier)}))
    for code in ("ombudsperson", "office-karaganda"):
        institution(code, "ombudsperson")
    freshness = Path(settings.ARASHA_KEYS_DIR) / "freshness"

    for line in "".join(re.findall(r"^```sh\n(.*?)^```$", page, re.M | re.S)).splitlines():
        if line.startswith("arasha trust check"):
            continue  # it looks at what the server has stamped
        if line.startswith("arasha trust "):
            ceremony(line.removeprefix("arasha trust "))
        elif line.startswith("arasha trust_import"):
            freshness.write_bytes((tmp_path / "freshness").read_bytes())
            freshness.chmod(0o600)
            call_command("trust_import", "medium", root=tmp_path / "medium" / "1.root.json")
    freshness.unlink()

    published = RecipientSet.objects.get()
    assert (published.recipients, published.offices) == (4, ["ombudsperson", "office-karaganda"])


def ceremony(line: str) -> None:
    """What one keeper types, and the answers: a passphrase, or yes to all."""
    words = "six words that nobody else has"
    typed = f"{words}\n" * (2 if line.startswith("key") else 1) + "yes\n" * 9
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(typed))
        assert trust.main(["--lang", "en", *shlex.split(line)]) == 0, line


def run_script(document: Path, folder: Path) -> None:
    """Run the one script of a page as a reader would."""
    (script,) = documents.scripts(document.read_text())
    path = folder / "script.py"
    path.write_text(script)
    runpy.run_path(str(path))
