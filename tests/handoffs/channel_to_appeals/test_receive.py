"""Bundles come in: what is refused, what is taken, and that it is taken once."""

import pytest
from django.apps import apps

from arasha.actors import WORLD
from arasha.appeals.models import Appeal, Attachment
from arasha.channel import keyring
from arasha.channel.errors.arriving import (
    ForgedBundleError,
    MalformedBundleError,
    UnknownTerminalError,
)
from arasha.channel.models import Alarm, Arrival, Chain, DeliveryDay, Heartbeat, Piece, Refusal
from arasha.engines.channel.down import Became
from arasha.engines.channel.errors import ForgedError
from arasha.engines.channel.up import MOST_LOOKS, Kind, Look
from arasha.engines.notes import open_note
from arasha.engines.sealing import RecipientSet
from arasha.handoffs.channel_to_appeals import services
from arasha.journal.models import Epoch, Leaf
from arasha.places import services as places
from arasha.places.models import Place
from arasha.worlds.sealing import sealed
from tests.line import Line, Thing, attachment, batches, became, cover, filing, hash_of, take
from tests.walk import ACK, DAY, NOW, posted, recipient_set

PHOTO = b"\x89PNG" + bytes(range(256)) * 300


def rows() -> dict[str, int]:
    """How many rows each table has."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return {model._meta.db_table: model._base_manager.count() for model in models}


def an_epoch() -> Epoch:
    return Epoch.objects.create(number=1, size=1, root=bytes(32), at=NOW, published_at=NOW)


def test_what_is_no_bundle_is_refused(line: Line) -> None:
    with pytest.raises(MalformedBundleError):
        take(b"GET me out of here")


def test_a_bundle_of_an_unknown_terminal_is_refused(line: Line) -> None:
    bundle = bytearray(line.bundle())
    bundle[16] ^= 1

    with pytest.raises(UnknownTerminalError):
        take(bytes(bundle))


def test_a_revoked_terminal_is_refused_from_that_moment(line: Line) -> None:
    take(line.bundle())
    places.revoke_device(device=line.terminal.device, reason_code="stolen", by=WORLD, at=NOW)

    with pytest.raises(UnknownTerminalError):
        take(line.bundle())
    assert Chain.objects.get().window["runs"][0][:2] == [1, 1]


@pytest.mark.parametrize("at", [100, 30_000, -1])
def test_a_damaged_bundle_is_refused_and_leaves_nothing(line: Line, at: int) -> None:
    bundle = bytearray(line.bundle())
    bundle[at] ^= 1

    with pytest.raises(ForgedBundleError):
        take(bytes(bundle))
    assert not Chain.objects.exists()


def test_a_dummy_is_noted_and_answered(line: Line) -> None:
    answer = take(line.bundle())

    answer.check(ACK.verifier.public)
    assert line.read(answer) == []
    assert DeliveryDay.objects.get().count == 1
    assert sum(each.bit_count() for each in bytes(Heartbeat.objects.get().minutes)) == 1


def test_the_same_bundle_again_is_answered_again_and_changes_nothing(
    line: Line, recipients: RecipientSet
) -> None:
    letter = filing(posted(recipients), line.key)
    bundle = line.bundle(pieces=letter.pieces(), looks=[letter.look])
    first = take(bundle)
    before = rows()
    again = take(bundle)

    assert line.read(first)[0] == line.read(again)[0]
    assert first.sealed != again.sealed
    assert rows() == before


def test_all_that_a_terminal_may_ask_at_once_is_answered(
    line: Line, recipients: RecipientSet
) -> None:
    letter = filing(posted(recipients), line.key)
    line.send_whole(letter)
    unknown = [Look(bytes(32), number.to_bytes(32)) for number in range(1, MOST_LOOKS)]
    states = line.send(looks=[*unknown, letter.look])

    assert [each.object for each in states] == [look.object for look in [*unknown, letter.look]]
    assert states[-1].became is Became.KEPT


def test_a_bundle_that_comes_again_after_midnight_keeps_the_day_on_which_it_came(
    line: Line,
) -> None:
    bundle = line.bundle()
    first = take(bundle)
    again = services.receive(posted=bundle, at=NOW + DAY)

    assert again.receipt == first.receipt
    assert DeliveryDay.objects.get().day == first.receipt.day


def test_an_appeal_is_filed_once_its_last_piece_is_here(
    line: Line, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    letter = filing(body, line.key)
    *most, last = letter.pieces()
    assert line.send(pieces=most, looks=[letter.look])[0].became is Became.PARTLY
    assert not Appeal.objects.exists()
    (state,) = line.send(pieces=[last], looks=[letter.look])

    assert state.became is Became.KEPT
    assert open_note(state.content, [ACK.verifier]).startswith("arasha/ack/v1\n")
    assert bytes(Appeal.objects.get().leaf_hash) == hash_of(body)
    assert not Piece.objects.exists()


def test_the_hundredth_appeal_of_an_hour_is_taken_like_the_first(
    line: Line, recipients: RecipientSet
) -> None:
    letters = [filing(posted(recipients, text=f"letter {n}"), line.key) for n in range(100)]
    pieces = [piece for letter in letters for piece in letter.pieces()]
    for some in batches(pieces):
        line.send(pieces=some)
    states = [line.ask(letter) for letter in letters]

    assert line.seq - len(letters) <= 60  # as many bundles as a terminal sends in that hour
    assert set(became(states)) == {Became.KEPT}
    assert Appeal.objects.count() == 100
    assert not Refusal.objects.exists()


def test_bundles_may_come_in_any_order(line: Line, recipients: RecipientSet) -> None:
    letter = filing(posted(recipients, "word " * 12_000), line.key)
    bundles = [line.bundle(pieces=some) for some in batches(letter.pieces())]
    assert len(bundles) > 1
    for bundle in reversed(bundles):
        take(bundle)

    assert line.ask(letter).became is Became.KEPT
    assert Appeal.objects.count() == 1
    assert not Alarm.objects.exists()


def test_two_devices_with_one_key_are_an_alarm_and_both_are_heard(
    line: Line, recipients: RecipientSet
) -> None:
    twin = Line(line.terminal, line.key)
    letter = filing(posted(recipients), line.key)
    take(line.bundle())
    take(twin.bundle(pieces=letter.pieces()))

    assert Alarm.objects.get().kind == "two_devices"
    assert Appeal.objects.count() == 1
    assert Arrival.objects.count() == 2


def test_a_bundle_that_names_another_before_it_is_an_alarm(line: Line) -> None:
    take(line.bundle())
    line.before = bytes([1] * 32)
    take(line.bundle())

    assert Alarm.objects.get().kind == "broken"


def test_a_chain_that_nobody_opened_is_an_alarm_and_its_appeal_is_filed(
    line: Line, recipients: RecipientSet
) -> None:
    line.chain = 2
    state = line.send_whole(filing(posted(recipients), line.key))

    assert state.became is Became.KEPT
    assert Alarm.objects.get().kind == "unopened"
    assert not Chain.objects.exists()


def test_a_bundle_whose_key_is_destroyed_is_answered_with_noise(
    line: Line, recipients: RecipientSet
) -> None:
    letter = filing(posted(recipients), line.key)
    bundle = line.bundle(pieces=letter.pieces())
    keyring.destroy(line.key.key_id)
    answer = take(bundle)

    answer.check(ACK.verifier.public)
    with pytest.raises(ForgedError):
        line.read(answer)
    assert DeliveryDay.objects.get().count == 1
    assert not Piece.objects.exists()


def test_a_mark_whose_key_is_destroyed_is_an_appeal(line: Line, recipients: RecipientSet) -> None:
    old = cover(posted(recipients), line.key)
    sent = Thing(Kind.FILING, bytes([old.data[0] ^ 1]) + old.data[1:], old.leaf)

    assert line.send_whole(sent).became is Became.KEPT
    assert Appeal.objects.count() == 1


def test_a_cover_leaves_its_leaf_and_no_other_row(line: Line, recipients: RecipientSet) -> None:
    line.send()
    before = rows()
    body = posted(recipients)
    state = line.send_whole(cover(body, line.key))
    after = rows()

    assert state.became is Became.KEPT
    assert bytes(Leaf.objects.latest("pk").hash) == hash_of(body)
    more = {table: after[table] - before[table] for table in after if after[table] != before[table]}
    assert more == {"journal_leaf": 1, "channel_arrival": line.seq - 2}


def test_a_cover_and_an_appeal_are_told_alike(line: Line, recipients: RecipientSet) -> None:
    used = cover(posted(recipients), line.key)
    letter = filing(posted(recipients), line.key)
    assert len(used.data) == len(letter.data)
    told = [line.send_whole(each) for each in (used, letter)]

    assert {each.became for each in told} == {Became.KEPT}
    assert len({len(each.content) for each in told}) == 1
    days = {open_note(each.content, [ACK.verifier]).splitlines()[2] for each in told}
    assert len(days) == 1


def test_a_cover_sent_again_stays_one_leaf(line: Line, recipients: RecipientSet) -> None:
    used = cover(posted(recipients), line.key)
    line.send_whole(used)
    leaves = Leaf.objects.count()

    assert line.send_whole(used).became is Became.KEPT
    assert Leaf.objects.count() == leaves


def test_a_filing_to_a_set_that_is_not_known_yet_waits_for_it(
    line: Line, recipients: RecipientSet
) -> None:
    letter = filing(posted(recipient_set("someone")), line.key)
    state = line.send_whole(letter)

    assert state.became is Became.PARTLY
    assert not Refusal.objects.exists()
    assert Piece.objects.count() == len(letter.pieces())


def test_a_filing_out_of_form_is_refused_and_the_terminal_is_told(line: Line) -> None:
    spoilt = Thing(Kind.FILING, bytes(5_000), bytes([1] * 32))
    state = line.send_whole(spoilt)

    assert (state.became, state.content) == (Became.REFUSED, b"malformed_filing")
    assert not Piece.objects.exists()


def test_pieces_that_do_not_make_up_what_they_name_are_thrown_away(line: Line) -> None:
    named = Thing(Kind.FILING, bytes(5_000))
    other = Thing(Kind.FILING, bytes([1] * 5_000))
    pieces = [named.pieces()[0], other.pieces()[1]]
    forged = type(pieces[1])(named.name, Kind.FILING, 5_000, 1, other.pieces()[1].data)
    line.send(pieces=[pieces[0], forged])

    assert line.ask(named).became is Became.UNKNOWN


def test_half_an_attachment_is_told_piece_by_piece(line: Line, recipients: RecipientSet) -> None:
    body = posted(recipients)
    photo = attachment(body, sealed(PHOTO, to=recipients.keys))
    line.send_whole(filing(body, line.key))
    first, *others = photo.pieces()
    (state,) = line.send(pieces=[first], looks=[photo.look])

    assert state.became is Became.PARTLY
    assert state.content[0] == 0x80
    line.send(pieces=others[:14])
    line.send(pieces=others[14:])
    assert line.ask(photo).became is Became.KEPT
    assert Attachment.objects.count() == 1


def test_an_attachment_that_comes_first_waits_for_its_filing(
    line: Line, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    photo = attachment(body, sealed(PHOTO, to=recipients.keys))
    assert line.send_whole(photo).became is Became.PARTLY
    for some in batches(filing(body, line.key).pieces()):
        line.send(pieces=some)

    assert Attachment.objects.count() == 1
    assert line.ask(photo).became is Became.KEPT
    assert not Piece.objects.exists()


def test_an_attachment_of_a_cover_is_kept_nowhere(line: Line, recipients: RecipientSet) -> None:
    body = posted(recipients)
    photo = attachment(body, sealed(PHOTO, to=recipients.keys))
    line.send_whole(cover(body, line.key))

    assert line.send_whole(photo).became is Became.KEPT
    assert not Attachment.objects.exists()
    assert not Piece.objects.exists()


def test_a_leaf_whose_record_was_lost_is_asked_for_again(
    line: Line, recipients: RecipientSet
) -> None:
    used = cover(posted(recipients), line.key)
    line.send_whole(used)
    Leaf.objects.filter(hash=used.leaf).update(record_missing=True, epoch=an_epoch())
    assert line.ask(used).became is Became.UNKNOWN

    assert line.send_whole(used).became is Became.KEPT
    assert not Leaf.objects.filter(record_missing=True).exists()


def test_a_look_at_any_public_leaf_is_told_alike(
    line: Line, recipients: RecipientSet, place: Place
) -> None:
    line.send_whole(filing(posted(recipients), line.key))
    leaves = [bytes(each) for each in Leaf.objects.values_list("hash", flat=True)]
    told = [line.send(looks=[Look(each, bytes(32))])[0] for each in leaves]

    assert len(leaves) > 2
    assert {(each.became, len(each.content)) for each in told} == {
        (Became.KEPT, len(told[0].content))
    }


def test_a_stick_is_counted_for_the_day_but_nobody_was_heard(line: Line) -> None:
    take(line.bundle(), carried=True)

    assert DeliveryDay.objects.get().count == 1
    assert not Heartbeat.objects.exists()


def test_a_copy_of_a_piece_that_comes_after_the_appeal_was_filed_is_not_left_behind(
    line: Line, recipients: RecipientSet
) -> None:
    letter = filing(posted(recipients), line.key)
    line.send_whole(letter)
    (state,) = line.send(pieces=letter.pieces()[:1], looks=[letter.look])

    assert state.became is Became.KEPT
    assert not Piece.objects.exists()
