"""What a bundle holds and the appeals do not take: the terminal is told why, and nothing is kept in part."""

import datetime as dt
import secrets

import pytest

from arasha.appeals.models import Appeal, Attachment, Ciphertext
from arasha.appeals.services.attachments import MOST_SENT
from arasha.channel import services as channel
from arasha.channel.models import Piece
from arasha.country import local_day
from arasha.engines.channel.down import Became, State
from arasha.engines.channel.objects import AttachmentObject
from arasha.engines.channel.up import Kind
from arasha.engines.notes import canonical_json
from arasha.engines.sealing import RecipientSet
from arasha.engines.sealing.filing import MOST_BYTES
from arasha.journal.models import Leaf
from arasha.people.models import Command, Institution
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.line import Line, Thing, attachment, filing, hash_of
from tests.walk import DAY, NOW, command, posted, publish, recipient_set

BEFORE_ANY_RULE = dt.date(1990, 1, 1)
PHOTO = b"\x89PNG" + b"\x00" * 70_000


def told(state: State) -> tuple[Became, str]:
    return state.became, state.content.decode()


def refused(problem: str) -> tuple[Became, str]:
    return Became.REFUSED, problem


def nothing_is_kept() -> bool:
    return not any(each.objects.exists() for each in (Appeal, Ciphertext, Attachment, Piece))


def test_an_appeal_to_a_body_that_commands_the_place_is_refused(
    line: Line, recipients: RecipientSet, ombudsperson: Institution
) -> None:
    command(ombudsperson, line.terminal.device.place)
    letter = filing(posted(recipients), line.key)
    leaves = Leaf.objects.count()

    assert told(line.send_whole(letter)) == refused("commanding_body")
    assert nothing_is_kept()
    assert Leaf.objects.count() == leaves


def test_what_was_refused_is_tried_again_once_the_refusal_is_forgotten(
    line: Line, recipients: RecipientSet, ombudsperson: Institution
) -> None:
    command(ombudsperson, line.terminal.device.place)
    letter = filing(posted(recipients), line.key)
    line.send_whole(letter)
    Command.objects.all().delete()
    assert told(line.send_whole(letter)) == refused("commanding_body")

    channel.forget_abandoned(day=local_day(NOW + 61 * DAY))
    assert line.ask(letter).became is Became.UNKNOWN
    assert line.send_whole(letter).became is Became.KEPT


def test_who_may_receive_an_appeal_is_judged_by_the_day_on_which_its_first_piece_came(
    line: Line, recipients: RecipientSet
) -> None:
    letter = filing(posted(recipients), line.key)
    *most, last = letter.pieces()
    line.send(pieces=most)
    Piece.objects.update(came_day=BEFORE_ANY_RULE)

    assert told(*line.send(pieces=[last], looks=[letter.look])) == refused("not_a_recipient")


def test_an_appeal_to_a_list_that_expired_is_kept_and_marked(
    line: Line, ombudsperson: Institution, ceremony: Ceremony
) -> None:
    old = recipient_set(until_day=local_day(NOW - DAY))
    publish(ceremony, old)

    assert line.send_whole(filing(posted(old), line.key)).became is Became.KEPT
    assert Appeal.objects.get().stale_set


@pytest.mark.parametrize("body", [b"{}", b"\xff" * 50, canonical_json({"v": 1})])
def test_what_is_no_whole_appeal_is_refused(line: Line, body: bytes) -> None:
    sent = Thing(Kind.FILING, bytes(1_137) + body, bytes([1] * 32))

    assert told(line.send_whole(sent)) == refused("malformed_filing")
    assert nothing_is_kept()


def test_what_is_larger_than_any_appeal_is_refused(line: Line) -> None:
    sent = Thing(Kind.FILING, bytes(1_137 + MOST_BYTES + 1), bytes([1] * 32))

    assert told(line.send_whole(sent)) == refused("malformed_filing")
    assert nothing_is_kept()


def test_another_appeal_under_a_leaf_that_is_taken_is_refused(
    line: Line, recipients: RecipientSet
) -> None:
    first, second = posted(recipients), posted(recipients)
    leaf = second[second.index(b'"leaf":') : second.index(b'"set":')]
    theirs = first[first.index(b'"leaf":') : first.index(b'"set":')]
    forged = filing(second.replace(leaf, theirs), line.key)
    line.send_whole(filing(first, line.key))

    assert forged.leaf == hash_of(first)
    assert told(line.send_whole(forged)) == refused("leaf_taken")
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda keys: PHOTO, id="in plain"),
        pytest.param(lambda keys: sealed(PHOTO, to=keys[:2]), id="to fewer people"),
    ],
)
def test_a_file_that_is_not_sealed_to_the_readers_of_its_appeal_is_refused(
    made, line: Line, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    line.send_whole(filing(body, line.key))

    sent = attachment(body, made(recipients.keys))
    assert told(line.send_whole(sent)) == refused("malformed_attachment")
    assert not Attachment.objects.exists()
    assert not Piece.objects.exists()


def test_more_files_than_an_appeal_may_have_are_refused(
    line: Line, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    line.send_whole(filing(body, line.key))
    Attachment.objects.bulk_create(
        Attachment(appeal=Appeal.objects.get(), sha256=secrets.token_hex(32), size=1, file="x")
        for _ in range(MOST_SENT)
    )

    sent = attachment(body, sealed(PHOTO, to=recipients.keys))
    assert told(line.send_whole(sent)) == refused("too_many_attachments")


def test_who_does_not_know_the_envelope_adds_nothing_and_is_not_told_so(
    line: Line, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    line.send_whole(filing(body, line.key))
    file = sealed(PHOTO, to=recipients.keys)
    guessed = AttachmentObject(hash_of(body), bytes(32), file).to_bytes()

    state = line.send_whole(Thing(Kind.ATTACHMENT, guessed))
    assert told(state) == told(line.send_whole(attachment(body, file))) == (Became.KEPT, "")
    assert Attachment.objects.count() == 1


def test_a_file_of_an_appeal_that_was_erased_is_kept_nowhere(
    line: Line, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    line.send_whole(filing(body, line.key))
    Appeal.objects.update(erased_day=local_day(NOW))

    state = line.send_whole(attachment(body, sealed(PHOTO, to=recipients.keys)))
    assert state.became is Became.KEPT
    assert not Attachment.objects.exists()
    assert not Piece.objects.exists()


def test_the_same_file_again_is_kept_once(line: Line, recipients: RecipientSet) -> None:
    body = posted(recipients)
    file = attachment(body, sealed(PHOTO, to=recipients.keys))
    line.send_whole(filing(body, line.key))

    states = [line.send_whole(file) for _ in range(2)]
    assert states[0] == states[1]
    assert Attachment.objects.count() == 1
    assert not Piece.objects.exists()
