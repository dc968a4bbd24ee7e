"""Spoilt filings at the door: each is refused with a reason and leaves nothing, or is kept whole."""

import base64
import json

import pytest
from django.apps import apps

from arasha.appeals import services
from arasha.engines import sealing
from arasha.engines.notes import canonical_json
from arasha.problems import Problem
from tests.fuzz.mutating import Dice, mutated
from tests.walk import FILED_AT, Terminal, posted

TURNS = 1_500


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def spoilt(body: bytes, dice: Dice) -> bytes:
    """The whole message spoilt, or one of its sealed parts inside an otherwise right one."""
    part = ("", "envelope", "card")[dice.below(3)]
    if not part:
        return mutated(body, dice)
    content = json.loads(body)
    sealed = mutated(base64.b64decode(content[part]), dice)
    return canonical_json(content | {part: base64.b64encode(sealed).decode()})


@pytest.mark.django_db
def test_a_spoilt_filing_is_refused_in_words_and_never_kept_in_part(
    terminal: Terminal, recipients: sealing.RecipientSet
) -> None:
    body, dice = posted(recipients), Dice("filing at the door")
    before, refused = rows(), 0

    for _ in range(TURNS):
        try:
            services.file(
                posted=spoilt(body, dice),
                place=terminal.device.place,
                by=terminal.actor,
                at=FILED_AT,
            )
        except Problem as problem:
            assert problem.what_happened
            assert problem.what_next
            refused += 1

    grown = {name: count - before[name] for name, count in rows().items() if count != before[name]}
    # What is spoilt inside the noise nobody can see without a key: such a filing is kept whole.
    assert len(set(grown.values())) == 1
    assert {"appeals.Appeal", "appeals.Ciphertext", "journal.Leaf"} <= grown.keys()
    assert refused > TURNS // 2
