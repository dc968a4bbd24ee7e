"""The law as dated rules, asked by three clocks: the day of the act, of the step, of the decision."""

from arasha.engines.law.answering import Answer, Piece, answer
from arasha.engines.law.errors import QuestionError
from arasha.engines.law.ladders import (
    Rung,
    extended_due,
    ladder,
    motion_due,
    next_rung,
    rung_for,
)
from arasha.engines.law.questions import Ask, read
from arasha.engines.law.reports import (
    Said,
    anonymous_opens_case,
    must_warn_of_false_denunciation,
    on_report,
)
from arasha.engines.law.rules import Law, Term
from arasha.engines.law.steps import Step
from arasha.engines.law.terms import Suspension, add_months, due_at

__all__ = [
    "Answer",
    "Ask",
    "Law",
    "Piece",
    "QuestionError",
    "Rung",
    "Said",
    "Step",
    "Suspension",
    "Term",
    "add_months",
    "anonymous_opens_case",
    "answer",
    "due_at",
    "extended_due",
    "ladder",
    "motion_due",
    "must_warn_of_false_denunciation",
    "next_rung",
    "on_report",
    "read",
    "rung_for",
]
