"""A question to the law from outside, as JSON: what is taken, and what is said about a bad one."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from arasha.cases.law import ask
from arasha.country import country
from arasha.engines.law import Ask, QuestionError, read
from arasha.engines.law.questions import AskDeadline
from arasha.problems import Problem

MOST_BYTES = 16_384
MOST_ASKED = 50
MOST_SUSPENSIONS = 5
YEARS = range(1950, 2100)


class QuestionProblem(Problem):
    """`field` is the path of what is wrong, such as `ask[0].relief`; `why` is for programmers, in English."""

    code = "question_wrong"
    status = 422
    happened = _("The question cannot be answered as it stands: %(why)s")
    next_step = _("Correct the field “%(field)s” and ask again.")


class UnreadableProblem(QuestionProblem):
    code = "question_unreadable"
    status = 400


class TooLargeProblem(QuestionProblem):
    code = "question_too_large"
    status = 413


def answer(body: bytes) -> dict[str, Any]:
    """The answers to a question of `arasha law ask`. Raises QuestionProblem."""
    question = _read(body)
    try:
        _bound(read(question, country().law))
        return ask(question)
    except QuestionError as error:
        raise QuestionProblem(field=error.field, why=str(error)) from error


def _read(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        raise TooLargeProblem(field="question", why=f"it has more than {MOST_BYTES} bytes")
    try:
        question = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableProblem(field="question", why="it is not JSON") from error
    if not isinstance(question, dict):
        raise QuestionProblem(field="question", why="it must be an object {…}")
    return question


def _bound(asked: Sequence[Ask]) -> None:
    """A public answer takes a moment: each day of a suspension is counted, and no calendar is endless."""
    terms = {i: each for i, each in enumerate(asked) if isinstance(each, AskDeadline)}
    if len(asked) > MOST_ASKED:
        raise QuestionError("ask", f"must hold at most {MOST_ASKED} questions")
    if sum(len(each.suspensions) for each in terms.values()) > MOST_SUSPENSIONS:
        raise QuestionError("ask", f"must hold at most {MOST_SUSPENSIONS} suspensions in all")
    for i, each in terms.items():
        if not all(moment.year in YEARS for moment in _moments(each)):
            years = f"{YEARS.start} to {YEARS.stop - 1}"
            raise QuestionError(f"ask[{i}]", f"its instants must lie in the years {years}")


def _moments(asked: AskDeadline) -> Iterable[dt.datetime]:
    yield asked.start
    for suspension in asked.suspensions:
        yield suspension.start
        if suspension.end is not None:
            yield suspension.end
