"""What travels in pieces: a filing with its mark, or a sealed file with the name of its filing.

The mark says to the gateway, and to nobody on the way or at the disk, whether a filing is an appeal
or the cover of another use of the terminal. Both have the same form and the same size.
"""

from dataclasses import dataclass
from hashlib import sha256

from arasha.engines.channel.errors import ChannelError

MARK_BYTES = 1_120 + 16 + 1  # HPKE of one byte
APPEAL, COVER = b"\x01", b"\x02"
HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class FilingObject:
    """`filing` is what `arasha.engines.sealing.build_filing` writes; `mark` is sealed by HPKE."""

    mark: bytes
    filing: bytes

    def to_bytes(self) -> bytes:
        """Raises ChannelError for a mark of another length."""
        if len(self.mark) != MARK_BYTES:
            raise ChannelError(f"a mark has {MARK_BYTES:,} bytes, got {len(self.mark):,}")
        return self.mark + self.filing

    @classmethod
    def parse(cls, data: bytes) -> "FilingObject":
        """Split the object; the filing in it is not read. Raises ChannelError."""
        if len(data) <= MARK_BYTES:
            raise ChannelError(f"{len(data):,} bytes are no filing with a mark")
        return cls(data[:MARK_BYTES], data[MARK_BYTES:])


@dataclass(frozen=True, slots=True)
class AttachmentObject:
    """A sealed file. `leaf` is the leaf hash of its filing, `envelope` the SHA-256 of its envelope."""

    leaf: bytes
    envelope: bytes
    sealed: bytes

    def to_bytes(self) -> bytes:
        """Raises ChannelError for hashes of another length."""
        if len(self.leaf) != HASH_BYTES or len(self.envelope) != HASH_BYTES:
            raise ChannelError("an attachment names its filing by two hashes of 32 bytes")
        return self.leaf + self.envelope + self.sealed

    @classmethod
    def parse(cls, data: bytes) -> "AttachmentObject":
        """Raises ChannelError if there is no file behind the two hashes."""
        if len(data) <= 2 * HASH_BYTES:
            raise ChannelError(f"{len(data):,} bytes are no attachment")
        return cls(data[:HASH_BYTES], data[HASH_BYTES : 2 * HASH_BYTES], data[2 * HASH_BYTES :])

    @property
    def sha256(self) -> str:
        """Of the sealed file, in hex, as it stands inside the appeal."""
        return sha256(self.sealed).hexdigest()
