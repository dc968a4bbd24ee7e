"""What people seal at home and send from the public door.

Instead of a limit for each address, which would need a list of addresses, each letter costs a proof of
work (ALTCHA, version 1): an old phone works for seconds, whoever floods pays for every letter.
"""

import base64
import binascii
import datetime as dt
import json
from contextlib import suppress

from altcha import v1 as altcha
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from arasha.actors import Actor
from arasha.appeals.errors.filing import LeafTakenError
from arasha.appeals.errors.letters import PuzzleSpentError, PuzzleUnsolvedError
from arasha.appeals.models import Channel, SpentPuzzle
from arasha.appeals.services.filing import Filed, file, filed_before, parsed
from arasha.country import local_day
from arasha.engines.sealing import Filing
from arasha.engines.translog import leaf_hash

# About 50,000 hashes on the average: half a second on a new computer, some seconds on an old phone.
HARDEST = 100_000
LASTS = dt.timedelta(hours=2)  # long enough to write; a new one is to be had at any time
KEPT = dt.timedelta(days=1)
TYPES = {"algorithm": str, "challenge": str, "number": int, "salt": str, "signature": str}


def new_puzzle(*, at: dt.datetime) -> dict[str, object]:
    """A challenge in the form of ALTCHA. Nothing of it is kept here: its signature proves that it is ours."""
    made = altcha.create_challenge(
        altcha.ChallengeOptions(max_number=HARDEST, hmac_key=_key(), expires=at + LASTS)
    )
    return dict(made.to_dict())


def file_letter(*, posted: bytes, solution: str, by: Actor, at: dt.datetime) -> Filed:
    """Keep what somebody sealed at the public door. The same bytes again give the same answer, free of charge.

    The place stands under the seal only. Raises PuzzleUnsolvedError, PuzzleSpentError, and what `file`
    raises; a letter that is refused spends no puzzle.
    """
    filing = parsed(posted=posted)
    if before := _before(filing):
        return before
    challenge = _solved(solution)
    try:
        with transaction.atomic():
            _spend(challenge, day=local_day(at))
            return file(posted=posted, place=None, by=by, at=at, channel=Channel.WEB)
    except PuzzleSpentError:
        if before := _before(filing):  # the same letter, sent twice at once, has spent it
            return before
        raise


def forget_spent_puzzles(*, by: Actor, at: dt.datetime) -> None:
    """Forget the puzzles that are too old to be solved anyway."""
    SpentPuzzle.objects.filter(on_day__lt=local_day(at) - KEPT).delete()


def _before(filing: Filing) -> Filed | None:
    """Other bytes under a public leaf pay first: the answer would tell whether it is of an appeal."""
    with suppress(LeafTakenError):
        return filed_before(filing=filing, hashed=leaf_hash(filing.leaf.encode()))
    return None


def _solved(solution: str) -> bytes:
    """The challenge of a puzzle of ours that is solved and not too old. Raises PuzzleUnsolvedError."""
    try:
        content = json.loads(base64.b64decode(solution, validate=True))
        given = {name: content[name] for name in TYPES}
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise PuzzleUnsolvedError from error
    if any(type(given[name]) is not form for name, form in TYPES.items()):
        raise PuzzleUnsolvedError
    try:
        genuine, _why = altcha.verify_solution(altcha.Payload(**given), _key())
    except UnicodeEncodeError as error:  # half a character, which JSON can name and nobody can hash
        raise PuzzleUnsolvedError from error
    if not genuine or given["algorithm"] != altcha.DEFAULT_ALGORITHM:
        raise PuzzleUnsolvedError
    return bytes.fromhex(given["challenge"])


def _spend(challenge: bytes, *, day: dt.date) -> None:
    try:
        with transaction.atomic():
            SpentPuzzle.objects.create(challenge=challenge, on_day=day)
    except IntegrityError as error:
        raise PuzzleSpentError from error


def _key() -> str:
    return salted_hmac("arasha.appeals.letters", "puzzle", algorithm="sha256").hexdigest()
