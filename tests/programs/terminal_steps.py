"""What the tests of the terminal do again and again with a machine."""

import datetime as dt
import secrets
from hashlib import sha256

from arasha.wire.serving import Request
from arasha.wire.spool import Item, Spool, SpoolFullError
from tests.programs import stand
from tests.programs.stand import World
from tests.programs.test_terminal import Machine


def attach(machine: Machine, posted: bytes, size: int) -> str:
    """Hand over a sealed file of so many bytes; returns its hash."""
    sealed = b"age-encryption.org/v1\n" + secrets.token_bytes(size)
    digest = sha256(sealed).hexdigest()
    leaf = stand.hash_of(posted).hex()
    machine.kiosk.attach(Request("POST", "", {}, sealed), leaf, digest)
    return digest


def proved(machine: Machine, world: World) -> bytes:
    """A filing whose proof this terminal has; returns its leaf."""
    posted = stand.sealed_filing()
    machine.file(posted)
    machine.beat()
    world.publish()
    machine.beat()
    assert machine.state(posted) == ("proved", None)
    return stand.hash_of(posted)


def sign_for(machine: Machine, world: World, *, days: int) -> None:
    """The freshness key speaks so many days after it last did, and the terminal reads it."""
    world.trust.freshen(stand.BEGUN_AT + dt.timedelta(days=days))
    machine.learn()


def full(_spool: Spool, *_: object, **__: object) -> Item:
    raise SpoolFullError("no space left")
