"""What is done with appeals, by the part of the work."""

from arasha.appeals.services.filing import FILED, Filed, file
from arasha.appeals.services.opening import OPENING_LASTS, begin_opening, hash_of, redeem_opening
from arasha.appeals.services.sets import publish_set, trust_body
from arasha.appeals.services.work import classify, move

__all__ = [
    "FILED",
    "OPENING_LASTS",
    "Filed",
    "begin_opening",
    "classify",
    "file",
    "hash_of",
    "move",
    "publish_set",
    "redeem_opening",
    "trust_body",
]
