"""The certificate of a code, for a court: everything that proves the record, on paper."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from arasha.engines.notes import (
    MalformedError,
    VerifierKey,
    b64,
    filing_code,
    verified_signatures,
)
from arasha.engines.translog import (
    Checkpoint,
    Policy,
    PolicyError,
    Tile,
    parse_policy,
    parse_proof,
    read_entry_bundle,
)
from arasha.engines.translog.tiles import WIDTH
from arasha.journal.folder import LogFolder
from arasha.journal.policy import POLICY
from arasha.journal.proofs import Receipts
from arasha.wire.published import CodeLine

# A QR of version 27 at level L holds 1,465 bytes; scanners read larger ones badly from paper.
LARGEST_QR = 27


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness that this site's policy names, and the day that it gives for having seen the state."""

    name: str
    key: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on the paper. `proof_qr` is empty if the proof is too long for a code that scans."""

    code: str
    day: dt.date
    leaf: str
    leaf_hash: str
    number: int
    checkpoint: Checkpoint
    log: VerifierKey | None
    cosigners: Sequence[Cosigner]
    proof_digest: str
    leaf_qr: str
    proof_qr: str

    @property
    def root(self) -> str:
        return b64.encode(self.checkpoint.root)

    @property
    def own_command(self) -> str:
        return f"arasha log verify {self.code}.tlog-proof --policy policy --code {self.code}"

    @property
    def foreign_commands(self) -> str:
        r"""Two lines for proofbundle; `printf` writes the leaf, whose lines end in \n but the last."""
        written = self.leaf.replace("\n", "\\n")
        return (
            f"printf '{written}' > leaf\n"
            f"proofbundle verify-proof {self.code}.tlog-proof --payload-file leaf"
            f" --log-vkey '{self.log or ''}'"
        )


def certificate(receipts: Receipts, code: str, *, public_url: str) -> Certificate | None:
    """The certificate of a code; None if there is no record under it yet.

    As much is computed for an unknown code as for a known one: the time it takes says nothing.
    """
    found = receipts.find(code)
    somebody = found or _any_leaf(receipts.folder)
    if somebody is None:
        return None
    made = _certificate(receipts, somebody, public_url)
    return made if found else None


def _any_leaf(folder: LogFolder) -> CodeLine | None:
    for name in folder.files():
        for line in folder.codes(name.rpartition("/")[2]):
            if line.index < folder.size():
                return line
    return None


def _certificate(receipts: Receipts, line: CodeLine, public_url: str) -> Certificate | None:
    code = filing_code(line.leaf_hash)
    text = receipts.proof_of_code(code)
    if text is None:
        return None
    note = parse_proof(text.encode()).checkpoint
    checkpoint, policy = Checkpoint.parse(note.text), _policy(receipts.folder)
    logs = [key for key in policy.logs if key.name == checkpoint.origin]
    return Certificate(
        code=code,
        day=line.day,
        leaf=_leaf(receipts.folder, line.index, checkpoint.size),
        leaf_hash=line.leaf_hash.hex(),
        number=line.index + 1,
        checkpoint=checkpoint,
        log=logs[0] if logs else None,
        cosigners=[
            Cosigner(policy.name_of(each.key), each.key.name, _day(each.timestamp))
            for each in verified_signatures(note, list(policy.witnesses.values()))
        ],
        proof_digest=hashlib.sha256(text.encode()).hexdigest(),
        leaf_qr=_svg(segno.make_qr(f"{public_url}/c/{line.leaf_hash.hex()}", error="m")),
        proof_qr=_proof_qr(text),
    )


def _leaf(folder: LogFolder, index: int, size: int) -> str:
    first = index - index % WIDTH
    bundle = folder.read(Tile(None, index // WIDTH, min(WIDTH, size - first)))
    return read_entry_bundle(bundle)[index - first].decode()


def _policy(folder: LogFolder) -> Policy:
    try:
        return parse_policy((folder.path / POLICY).read_bytes())
    except (OSError, PolicyError, MalformedError):
        return Policy()


def _day(timestamp: int | None) -> dt.date | None:
    try:
        return dt.datetime.fromtimestamp(timestamp or 0, dt.UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def _proof_qr(text: str) -> str:
    code = segno.make_qr(text, error="l", boost_error=False)
    return _svg(code) if int(code.version) <= LARGEST_QR else ""


def _svg(code: segno.QRCode) -> str:
    drawn: str = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return drawn
