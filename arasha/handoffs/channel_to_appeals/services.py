"""A bundle comes in: it is noted, opened, and what is whole in it goes to the appeals. Once.

The channel knows of whom a bundle comes and not what it holds; the appeals know what was filed and not
by whom. Both are known here, for the length of one transaction, and no row of it says so.
"""

import datetime as dt
import logging
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.core.files.base import ContentFile
from django.db import OperationalError, transaction

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS, Actor
from arasha.appeals import services as appeals
from arasha.appeals.errors.filing import UnknownCodeError, UnknownSetError
from arasha.appeals.services.filing import parsed
from arasha.channel import keyring
from arasha.channel import services as channel
from arasha.channel.errors.arriving import (
    ForgedBundleError,
    MalformedBundleError,
    MalformedObjectError,
    UnknownTerminalError,
)
from arasha.channel.selectors.arriving import device_of, waiting_for
from arasha.channel.signing import gateway_key
from arasha.channel.upkeep.services.keeping import keep_health
from arasha.country import local_day
from arasha.engines.channel import down, up
from arasha.engines.channel.bundle import Bundle, parse_bundle
from arasha.engines.channel.errors import ChannelError, ForgedError
from arasha.engines.channel.objects import AttachmentObject, FilingObject
from arasha.engines.notes import filing_code
from arasha.engines.translog import leaf_hash
from arasha.handoffs.channel_to_appeals import selectors
from arasha.handoffs.channel_to_appeals.allowance import allowance
from arasha.journal import services as journal
from arasha.journal.selectors import standing_of
from arasha.places.models import Device
from arasha.problems import Problem

T = TypeVar("T")
logger = logging.getLogger("arasha.channel")
COMING = {down.Became.UNKNOWN, down.Became.PARTLY}


@dataclass(frozen=True, slots=True)
class _Arriving:
    """A bundle whose signature was checked, and what is known with it."""

    bundle: Bundle
    device: Device
    at: dt.datetime

    @property
    def by(self) -> Actor:
        return Actor.device(self.device.pk)

    @property
    def day(self) -> dt.date:
        return local_day(self.at)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A bundle that is noted and answered. `files`: what may be whole; `leaves`: filed just now."""

    answer: down.Answer
    arriving: _Arriving
    files: frozenset[bytes]
    leaves: frozenset[bytes]


def receive(*, posted: bytes, at: dt.datetime, carried: bool = False) -> down.Answer:
    """Take a bundle in with all that it brings, and answer it: `take_in`, then `hand_over_files`."""
    taken = take_in(posted=posted, at=at, carried=carried)
    hand_over_files(taken=taken)
    return taken.answer


def take_in(*, posted: bytes, at: dt.datetime, carried: bool = False) -> TakenIn:
    """Note a bundle, file what it brings to its end, and answer it. The same bytes have no further effect.

    `carried`: it came on a stick. Raises MalformedBundleError, UnknownTerminalError,
    ForgedBundleError.
    """
    # Signature and seal are checked before the transaction: SQLite has one writer.
    arriving = _checked(posted, at)
    said = _opened(arriving.bundle)
    looks = said.looks[: up.MOST_LOOKS] if said else ()
    names, leaves = {each.object for each in looks}, set[bytes]()
    with viewing(arriving.by), transaction.atomic():
        heard = channel.hear(device=arriving.device, bundle=arriving.bundle, at=at, carried=carried)
        if said and heard.is_new:
            _note_health(said, arriving)
            pieces = allowance.within(said.pieces, terminal=arriving.device.pk, day=arriving.day)
            names |= channel.keep_pieces(pieces=pieces, day=arriving.day)
        for whole in channel.whole_objects(names=names, kind=up.Kind.FILING):
            leaves |= _hand_over(whole, partial(_file, arriving=arriving), arriving)
        states = _look(looks, arriving)
    answer = _answer(arriving, said, states, day=heard.day)
    return TakenIn(answer, arriving, frozenset(names), frozenset(leaves))


def hand_over_files(*, taken: TakenIn) -> None:
    """Give the files that are whole to their appeals; what fails waits for a later look.

    It comes after the answer: a large file takes so long that who waits for the answer would see it.
    """
    arriving, names = taken.arriving, set(taken.files)
    with suppress(OperationalError), viewing(arriving.by):
        for leaf in taken.leaves:
            names |= waiting_for(viewer=arriving.by, leaf=leaf)
        for whole in channel.whole_objects(names=names, kind=up.Kind.ATTACHMENT):
            _hand_over(whole, partial(_attach, arriving=arriving), arriving)


def _checked(posted: bytes, at: dt.datetime) -> _Arriving:
    try:
        bundle = parse_bundle(posted)
    except ChannelError as error:
        raise MalformedBundleError(why=str(error)) from error
    device = device_of(viewer=ANONYMOUS, terminal=bundle.head.terminal)
    if device is None:
        raise UnknownTerminalError
    try:
        bundle.check(bytes(device.public_key))
    except ForgedError as error:
        raise ForgedBundleError from error
    return _Arriving(bundle, device, at)


def _opened(bundle: Bundle) -> up.Said | None:
    """What it says; None if its key is destroyed, or it says nothing that has a form."""
    secret = keyring.secret_of(bundle.head.key_id)
    try:
        return secret.open(bundle) if secret else None
    except ChannelError:
        return None


def _note_health(said: up.Said, arriving: _Arriving) -> None:
    if said.health is not None:
        keep_health(device=arriving.device, said=said.health, by=arriving.by, at=arriving.at)


def _look(looks: Iterable[up.Look], arriving: _Arriving) -> list[down.State]:
    """What became of each."""
    states = [selectors.state_of(viewer=arriving.by, look=look, day=arriving.day) for look in looks]
    # A copy of a piece may come after its object went where it belongs: a second bundle, a restart.
    channel.drop(names=[each.object for each in states if each.became not in COMING])
    return states


def _answer(
    arriving: _Arriving, said: up.Said | None, states: list[down.State], *, day: dt.date
) -> down.Answer:
    receipt = down.Receipt.of(arriving.bundle, day=day)
    sign = gateway_key().sign
    if said is None:
        return down.blind_answer(receipt, noise=secrets.token_bytes(down.SEALED_BYTES), sign=sign)
    nonce = secrets.token_bytes(down.NONCE_BYTES)
    return down.build_answer(receipt, states, answer_key=said.answer_key, nonce=nonce, sign=sign)


def _hand_over(
    whole: channel.Whole, take: Callable[[channel.Whole], set[bytes]], arriving: _Arriving
) -> set[bytes]:
    """Give a whole object to the appeals; returns the leaf that was filed. What fails stays and waits.

    Nothing that is wrong with an object may be seen at the answer: a bundle without one has none.
    """
    try:
        with transaction.atomic():
            return take(whole)
    except UnknownSetError:
        pass  # the list may be imported here later than there
    except Problem as problem:
        channel.refuse(name=whole.name, problem=problem.code, day=arriving.day)
    except OperationalError:
        raise  # the database is full or gone, for a bundle that says nothing as well
    except Exception as error:  # noqa: BLE001 (whatever it is, the line goes on)
        # Not its words nor where it was raised: a path may name an appeal.
        logger.warning("A whole object could not be kept, and waits: %s", type(error).__name__)
    return set()


def _file(whole: channel.Whole, *, arriving: _Arriving) -> set[bytes]:
    sent = _parsed(FilingObject.parse, whole)
    filing = parsed(posted=sent.filing)
    hashed = leaf_hash(filing.leaf.encode())
    if _is_cover(sent.mark, hashed, key_id=arriving.bundle.head.key_id):
        journal.add_device_leaf(text=filing.leaf)
    else:
        appeals.file(
            posted=sent.filing,
            place=arriving.device.place,
            by=arriving.by,
            at=arriving.at,
            written=whole.since,
        )
    channel.drop(names=[whole.name])
    return {hashed}


def _is_cover(mark: bytes, hashed: bytes, *, key_id: bytes) -> bool:
    # The mark may be older than the bundle: sealed to a key of the time when somebody stood there.
    return any(secret.is_cover(mark, leaf_hash=hashed) for secret in keyring.secrets(first=key_id))


def _attach(whole: channel.Whole, *, arriving: _Arriving) -> set[bytes]:
    sent = _parsed(AttachmentObject.parse, whole)
    filed = standing_of(viewer=arriving.by, leaf_hash=sent.leaf)
    if filed is None or filed.lost_on is not None:
        return set()  # its filing comes first, and may be on its way
    # Of a cover, or of an appeal that was erased: nothing is kept, and nothing is told.
    with suppress(UnknownCodeError):
        appeals.keep_attachment(
            code=filing_code(sent.leaf),
            envelope_sha256=sent.envelope.hex(),
            sha256=sent.sha256,
            file=ContentFile(sent.sealed),
            by=arriving.by,
        )
    channel.take(name=whole.name, day=arriving.day)
    return set()


def _parsed(parse: Callable[[bytes], T], whole: channel.Whole) -> T:
    try:
        return parse(whole.data)
    except ChannelError as error:
        raise MalformedObjectError(why=str(error)) from error
