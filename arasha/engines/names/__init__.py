"""Names across scripts: one key for all spellings, how alike two are, whether two tell of one event."""

from arasha.engines.names.events import (
    SUGGEST_FROM,
    Kind,
    Match,
    Reason,
    Telling,
    same_event,
)
from arasha.engines.names.folding import LONGEST, fold, initials, keys
from arasha.engines.names.similarity import jaro_winkler, similarity

__all__ = [
    "LONGEST",
    "SUGGEST_FROM",
    "Kind",
    "Match",
    "Reason",
    "Telling",
    "fold",
    "initials",
    "jaro_winkler",
    "keys",
    "same_event",
    "similarity",
]
