"""A law dissolves a body: what was on its way to it arrives, marked, and others open it."""

import pytest

from arasha.actors import WORLD
from arasha.appeals.errors import UnknownSetError
from arasha.appeals.models import Appeal
from arasha.engines.sealing import RecipientSet
from arasha.wire.trust import making
from arasha.worlds.ceremony import Ceremony
from tests.walk import LONG_AGO, NOW, Terminal, file, posted, recipient_set


@pytest.fixture
def dissolved(recipients: RecipientSet, ceremony: Ceremony) -> RecipientSet:
    """The set of a body that the root of trust names no more."""
    making.dissolve_body(ceremony.folder, body=recipients.body, at=LONG_AGO)
    ceremony.sign()
    ceremony.bring(by=WORLD, at=NOW)
    return recipients


def test_a_terminal_without_a_line_still_files_to_its_last_list_and_the_appeal_is_marked(
    dissolved: RecipientSet, terminal: Terminal
) -> None:
    file(terminal, posted(dissolved))

    assert Appeal.objects.get().stale_set


def test_a_list_that_the_body_never_had_is_refused_as_before(
    dissolved: RecipientSet, terminal: Terminal
) -> None:
    with pytest.raises(UnknownSetError):
        file(terminal, posted(recipient_set(version=2)))
