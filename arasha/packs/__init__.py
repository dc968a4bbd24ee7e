"""A country: its places, bodies, law, terms and words, read from a folder and found sound."""

from arasha.engines.law import QuestionError
from arasha.packs.asking import ask, due_at
from arasha.packs.comparing import Difference, differences
from arasha.packs.competence import Obstacle, Ruling, may_receive
from arasha.packs.faults import Fault, PackError
from arasha.packs.loading import load
from arasha.packs.model import Body, Language, Pack, PackText, PlaceKind, Region, Vocabulary
from arasha.packs.text import Text

__all__ = [
    "Body",
    "Difference",
    "Fault",
    "Language",
    "Obstacle",
    "Pack",
    "PackError",
    "PackText",
    "PlaceKind",
    "QuestionError",
    "Region",
    "Ruling",
    "Text",
    "Vocabulary",
    "ask",
    "differences",
    "due_at",
    "load",
    "may_receive",
]
