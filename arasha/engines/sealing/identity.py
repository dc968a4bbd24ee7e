"""Who wrote an appeal: a file of its own beside it, sealed to fewer people."""

from dataclasses import dataclass

from arasha.engines.sealing.packing import Form, is_text, is_written

VERSION = "arasha identity v1"
IDENTITY_TYPE = "application/vnd.arasha.identity+json"  # of the attachment, as the appeal names it
SIZES = (1024, 4 * 1024)


@dataclass(frozen=True, slots=True)
class Writer:
    """A name, and in the writer's own words how to reach them; `contact` may be empty."""

    name: str
    contact: str


def pack_identity(writer: Writer) -> bytes:
    """Return the plaintext, padded to 1 or 4 KiB. Raises PayloadError."""
    return FORM.pack({"name": writer.name, "contact": writer.contact})


def unpack_identity(plaintext: bytes) -> Writer:
    """Return who wrote, from a plaintext that is exactly what `pack_identity` writes. Raises PayloadError."""
    return Writer(**FORM.unpack(plaintext))


FORM = Form(
    what="identity",
    version=VERSION,
    sizes=SIZES,
    fields={"name": is_written, "contact": is_text},
)
