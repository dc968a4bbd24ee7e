"""Documents say nothing that the code does not do: links, commands, settings, named tests, and lines to copy."""

import os
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pyrage
import pytest
from django.test import Client

from arasha.actors import WORLD
from arasha.appeals import services as appeals
from arasha.appeals.models import RecipientSet, SigningBody
from arasha.programs import terminal
from arasha.wire.keyfile import read_device
from tests.architecture import documents
from tests.architecture.tree import CHECKOUT, label
from tests.walk import ACK, BODY_KEYS, NOW, institution

DECISIONS = CHECKOUT / "docs" / "adr"
HOWTO = CHECKOUT / "docs" / "howto"
MODEL = CHECKOUT / "THREAT_MODEL.md"
DOCUMENTS = documents.documents()
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
    text = MODEL.read_text()

    assert len(list(documents.clauses(text))) > 50
    assert not documents.bare_clauses(text)


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


def test_the_lines_of_the_manual_publish_a_list_of_readers(db: None, tmp_path: Path) -> None:
    institution("ombudsperson", "ombudsperson")
    cards = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(3)]

    run_script(HOWTO / "read-an-appeal.md", tmp_path, cards)

    assert RecipientSet.objects.get().recipients == 3


def test_the_lines_of_the_manual_tell_a_terminal_whom_to_believe(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], signing_body: SigningBody
) -> None:
    run_script(HOWTO / "set-up-a-terminal.md", tmp_path)
    roots, device = tmp_path / "roots.json", tmp_path / "device.json"
    roots.write_text(capsys.readouterr().out)
    keys = ["--ack", str(ACK.verifier), "--log", str(BODY_KEYS[0].verifier)]

    terminal.main(["new-key", str(device)])
    terminal.main(["trust", str(device), "--device", str(uuid4()), *keys, "--roots", str(roots)])

    (root,) = read_device(device).roots
    assert (root["body"], root["vkeys"]) == ("ombudsperson", signing_body.verifier_keys)


@pytest.fixture
def signing_body(db: None) -> SigningBody:
    return appeals.trust_body(
        institution=institution("ombudsperson", "ombudsperson"),
        keys=[key.verifier for key in BODY_KEYS],
        threshold=2,
        by=WORLD,
        at=NOW,
    )


def run_script(document: Path, folder: Path, cards: list[str] | None = None) -> None:
    """Run the one script of a page as a reader would, with the keys of their own cards."""
    (script,) = documents.scripts(document.read_text())
    for card in cards or []:
        script = script.replace('"age1…"', f'"{card}"', 1)
    path = folder / "script.py"
    path.write_text(script)
    runpy.run_path(str(path))
