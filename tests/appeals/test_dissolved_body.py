"""A law dissolves a body: what was on its way to it arrives, marked, and others open it."""

import pytest

from arasha.actors import WORLD
from arasha.appeals import selectors
from arasha.appeals.errors.filing import UnknownSetError
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.engines.sealing import RecipientSet
from arasha.people.models import User
from arasha.places.models import Place
from arasha.wire.trust import making
from arasha.worlds.ceremony import Ceremony
from tests.appeals.reader import reader_of
from tests.walk import (
    LONG_AGO,
    NOW,
    Terminal,
    actor,
    file,
    posted,
    publish,
    recipient_set,
)


@pytest.fixture
def dissolved(recipients: RecipientSet, ceremony: Ceremony) -> RecipientSet:
    """The set of a body that the root of trust names no more."""
    dissolve(ceremony, recipients)
    return recipients


def dissolve(ceremony: Ceremony, recipients: RecipientSet) -> None:
    making.dissolve_body(ceremony.folder, body=recipients.body, at=LONG_AGO)
    ceremony.sign()
    ceremony.bring(by=WORLD, at=NOW)


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


def test_its_officers_enter_nothing_more_and_go_on_reading_what_they_have(
    officer: User, opened: Appeal, recipients: RecipientSet, ceremony: Ceremony
) -> None:
    dissolve(ceremony, recipients)

    reader = reader_of(officer)
    assert reader.get("entry")[1]["sets"] == []
    assert reader.get(f"appeals/{opened.key}")[1]["recipients"] == list(recipients.keys)


def test_a_body_that_comes_back_with_its_last_list_is_offered_again(
    dissolved: RecipientSet, ceremony: Ceremony, officer: User, place: Place
) -> None:
    ceremony.trust_body(dissolved.body)
    ceremony.bring(by=WORLD, at=NOW)

    offered = selectors.sets_for(viewer=WORLD, place=place, day=local_day(NOW))
    own = selectors.own_sets(viewer=actor(officer), at=NOW)
    assert [each.code for each in offered] == [dissolved.set_id]
    assert [each.code for each in own] == [dissolved.set_id]


def test_a_list_that_was_replaced_is_no_officer_s_own_and_marks_what_comes(
    recipients: RecipientSet, ceremony: Ceremony, officer: User, terminal: Terminal
) -> None:
    publish(ceremony, recipient_set(version=2))

    file(terminal, posted(recipients))

    own = selectors.own_sets(viewer=actor(officer), at=NOW)
    assert [each.version for each in own] == [2]
    assert Appeal.objects.get().stale_set
