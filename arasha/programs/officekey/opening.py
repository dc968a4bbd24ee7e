"""Opening one sealed file with the office key, and writing it down for people."""

from collections.abc import Iterator

import pyrage

from arasha.engines.notes import filing_code, grouped
from arasha.engines.sealing import Appeal, PayloadError, record_digest, split, unpack_payload
from arasha.engines.sealing.errors import EnvelopeError
from arasha.engines.translog import commitment, leaf, leaf_hash
from arasha.programs.officekey.sheets import Key
from arasha.wire.talk import Talk

NO_MATCH = "No matching keys found"


def open_file(talk: Talk, sealed: bytes, *, name: str, key: Key) -> tuple[str, str, bytes | None]:
    """Return what became of a sealed file, the name to write it under, and what it holds.

    An appeal becomes a text; its filing code is computed again and compared with `name`. Anything
    else (an attachment, a note) is written as it was.
    """
    try:
        plaintext = bytes(pyrage.decrypt(sealed, [key.identity]))
    except pyrage.DecryptError as error:
        state = "not_ours" if NO_MATCH in str(error) else "damaged"
        return talk.words(state), name, None
    try:
        appeal = unpack_payload(plaintext)
        code = _code(sealed, appeal)
    except (PayloadError, EnvelopeError):
        return talk.words("opened"), name, plaintext
    text = "".join(f"{line}\n" for line in _written(talk, appeal, code)).encode()
    is_other = name.isdigit() and name != code
    state = talk.words("other_code", code=grouped(code)) if is_other else talk.words("opened")
    return state, f"{name}.txt", text


def _code(sealed: bytes, appeal: Appeal) -> str:
    entry = leaf("event", commitment(appeal.salt, record_digest(*split(sealed))))
    return filing_code(leaf_hash(entry))


def _written(talk: Talk, appeal: Appeal, code: str) -> Iterator[str]:
    yield talk.words("appeal_code", code=grouped(code))
    yield talk.words("appeal_written_on", day=appeal.written_on.isoformat())
    yield talk.words("appeal_place", place=appeal.place or "—")
    yield ""
    yield appeal.text
    yield ""
    yield from (f"{question}: {answer}" for question, answer in appeal.answers.items())
    if appeal.attachments:
        yield talk.words("appeal_attachments")
    yield from (f"  {each.sha256}  {each.media_type}" for each in appeal.attachments)
