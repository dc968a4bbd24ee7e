"""The pages that go to every terminal, as this relay has them."""

from copy import copy
from hashlib import sha256
from threading import Lock

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.pages import PAGE_BYTES, Following
from arasha.programs.relay.believing import Believing
from arasha.programs.relay.disk import Disk

NO_PAGE = bytes(PAGE_BYTES)


class Pages:
    """Full pages are kept for ever; the last one is asked for again and again.

    Each is read once, for the root of trust in it, and so that one that is out of form is not
    handed on. What is spoilt on the disk, and all behind it, is fetched anew.
    """

    def __init__(self, disk: Disk, believing: Believing) -> None:
        """Read the pages that are here. Raises ShutError."""
        self._disk, self._believing = disk, believing
        self._turn = Lock()
        self._following = Following()
        self._read_all()

    @property
    def wanted(self) -> int:
        """The page to ask the gateway for: the first that is not here whole."""
        return self._following.page

    def get(self, number: int) -> bytes | None:
        with self._disk.open() as database:
            found = database.execute(
                "SELECT sha256, body FROM page WHERE number = ?", (number,)
            ).fetchone()
        return found[1] if found and sha256(found[1]).digest() == found[0] else None

    def take(self, number: int, page: bytes) -> bool:
        """Take in a page as it came. Returns whether it is full: the next one may be there.

        One that is not the wanted one, or out of form, is passed over. Raises FullError, ShutError.
        """
        with self._turn:
            if number != self.wanted or page == NO_PAGE:
                return False
            if not page.startswith((self.get(number) or b"").rstrip(b"\0")):
                # A page only ever grows: this is another one, and is read from its beginning.
                self._forget(number)
                self._read_all()
            return self._read(page, is_new=True)

    def _read_all(self) -> None:
        self._following = Following()
        while (page := self.get(self.wanted)) and self._read(page):
            pass

    def _read(self, page: bytes, *, is_new: bool = False) -> bool:
        """Whether the page was full. It counts as read once it is on the disk."""
        number, following = self.wanted, copy(self._following)
        try:
            records = following.read(page)
        except ChannelError:
            return False
        if is_new:
            self._put(number, page)
        self._following = following
        self._believing.hear(records)
        return self.wanted > number

    def _put(self, number: int, page: bytes) -> None:
        with self._disk.open() as database:
            database.execute(
                "INSERT INTO page VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
                " sha256 = excluded.sha256, body = excluded.body",
                (number, sha256(page).digest(), page),
            )

    def _forget(self, number: int) -> None:
        with self._disk.open() as database:
            database.execute("DELETE FROM page WHERE number >= ?", (number,))
