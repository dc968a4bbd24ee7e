"""The folder of a relay: what it keeps, and the root of trust that it pins."""

from dataclasses import dataclass
from pathlib import Path

from arasha.engines.channel.delivery import ProvedDelivery
from arasha.engines.channel.errors import ChannelError
from arasha.programs.relay.believing import Believing
from arasha.programs.relay.disk import FILE, Disk
from arasha.programs.relay.pages import Pages
from arasha.programs.relay.proving import checked
from arasha.programs.relay.rack import Rack
from arasha.programs.relay.receipts import Day, Receipts
from arasha.wire.keyfile import write_private

ROOT = "root.json"


class HouseError(Exception):
    """The folder cannot be used; `name` says which words to show: what is wrong and what to do."""

    def __init__(self, name: str, **details: object) -> None:
        super().__init__(name)
        self.name = name
        self.details = details


@dataclass(frozen=True)
class Relay:
    """All parts of a relay, over one folder."""

    rack: Rack
    receipts: Receipts
    believing: Believing
    pages: Pages

    def prove(self, answer: bytes) -> bool:
        """Keep what the gateway says of the leaf of a day, if that is so and the day is known here.

        Raises FullError, ShutError.
        """
        try:
            said = ProvedDelivery.parse(answer).delivery
            day = Day(said.day, said.terminal, said.chain)
            is_proved = checked(answer, day, self.believing.policy).is_proved
        except ChannelError:
            return False
        if is_proved:
            self.receipts.prove(day, answer)
        return is_proved


def open_relay(folder: Path, *, demo: bool, root: bytes | None = None) -> Relay:
    """The relay in `folder`. `root` is believed instead of the one that is pinned there.

    Raises TrustRefusedError, FullError, ShutError, OSError.
    """
    pinned = folder / ROOT
    if root is None and pinned.exists():
        root = pinned.read_bytes()
    disk, believing = Disk(folder), Believing(root, demo=demo)
    return Relay(Rack(disk), Receipts(disk), believing, Pages(disk, believing))


def pin(folder: Path, root: bytes) -> None:
    """Pin the root of trust for ever. Raises HouseError if another one is pinned, OSError."""
    path = folder / ROOT
    if not path.exists():
        write_private(path, root)
    elif path.read_bytes() != root:
        raise HouseError("other_root", file=path)


def refuse_no_relay(folder: Path) -> None:
    """Before a file is made: the folder of something else must stay as it is. Raises HouseError."""
    if not (folder / FILE).exists():
        raise HouseError("no_relay", folder=folder)
