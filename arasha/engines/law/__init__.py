"""The law as dated rules, asked by three clocks: the day of the act, of the step, of the decision."""

from arasha.engines.law.answering import Answer, Piece, answer
from arasha.engines.law.errors import QuestionError
from arasha.engines.law.questions import Ask, read
from arasha.engines.law.rules import Law
from arasha.engines.law.steps import Step
from arasha.engines.law.terms import Suspension, add_months, due_at

__all__ = [
    "Answer",
    "Ask",
    "Law",
    "Piece",
    "QuestionError",
    "Step",
    "Suspension",
    "add_months",
    "answer",
    "due_at",
    "read",
]
