"""What has to be signed before this terminal believes that something arrived."""

from arasha.engines.notes import MalformedError, UntrustedNoteError, b64, open_note
from arasha.engines.translog import NotProvedError, Policy, parse_proof, verify_proof
from arasha.wire.trust import Held


class NotGenuineError(Exception):
    """The gateway sent something that nobody we know has signed, or that is about something else."""


def check_ack(data: bytes, leaf: bytes, trust: Held) -> None:
    """Raises NotGenuineError unless a gateway has signed that it took this leaf."""
    try:
        lines = open_note(data, trust.acknowledging_keys()).split("\n")
    except (MalformedError, UntrustedNoteError) as error:
        raise NotGenuineError(f"acknowledgement: {error}") from error
    if lines[:2] != ["arasha/ack/v1", b64.encode(leaf)]:
        raise NotGenuineError("the acknowledgement is for something else")


def check_proof(data: bytes, leaf: bytes, trust: Held) -> str:
    """Return the proof that the leaf is in the log. Raises NotGenuineError."""
    try:
        policy = Policy(logs=trust.log_keys(), quorum="none")
        verify_proof(parse_proof(data), policy, leaf=leaf)
        return data.decode()
    except (MalformedError, NotProvedError, UnicodeDecodeError) as error:
        raise NotGenuineError(f"proof: {error}") from error
