"""The pages that go to every terminal, as this relay has them."""

from copy import copy
from hashlib import sha256
from threading import Lock

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.pages import PAGE_BYTES, Following, sent_to, signpost
from arasha.programs.relay.believing import Believing
from arasha.programs.relay.disk import Disk

NO_PAGE = bytes(PAGE_BYTES)


class Pages:
    """Full pages are kept until the stream begins elsewhere; the last one is asked for again and again.

    Each is read once, for the root of trust in it, and so that one that is out of form is not
    handed on. What is spoilt on the disk, and all behind it, is fetched anew.
    """

    def __init__(self, disk: Disk, believing: Believing) -> None:
        """Read the pages that are here. Raises ShutError."""
        self._disk, self._believing = disk, believing
        self._turn = Lock()
        self._first = self._lowest()
        self._is_at_end = False
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

    def shown(self, number: int) -> bytes:
        """What whoever asks for this page gets: zeros if it is not here yet.

        Who asks for one of a stream that was before is sent to the first one of this stream.
        """
        if number < self._first or (self._is_at_end and number > self.wanted):
            return signpost(self._first)
        return self.get(number) or NO_PAGE

    def take(self, number: int, page: bytes) -> bool:
        """Take in a page as it came. Returns whether there may be another one.

        One that is not the wanted one, or out of form, is passed over. Raises FullError, ShutError.
        """
        with self._turn:
            if number != self.wanted:
                return False
            first = sent_to(page)
            is_more = self._take(number, page) if first is None else self._begin_at(first)
            self._is_at_end = not is_more
            return is_more

    def _take(self, number: int, page: bytes) -> bool:
        if page == NO_PAGE:
            return False
        if not page.startswith((self.get(number) or b"").rstrip(b"\0")):
            # A page only ever grows: this is another one, and is read from its beginning.
            self._forget(number)
            self._read_all()
        return self._read(page, is_new=True)

    def _begin_at(self, first: int) -> bool:
        """The gateway has another stream now: whatever is here was of one before."""
        is_elsewhere = first != self.wanted
        if is_elsewhere:
            self._forget(0)
            self._first, self._following = first, Following(first)
        return is_elsewhere

    def _lowest(self) -> int:
        with self._disk.open() as database:
            (lowest,) = database.execute("SELECT min(number) FROM page").fetchone()
        return lowest or 0

    def _read_all(self) -> None:
        self._following = Following(self._first)
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
