"""A question to a country's law and its answer, both as plain JSON values."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from arasha.engines.law import Answer, Piece, QuestionError, Step, answer, read
from arasha.packs.model import Pack


def ask(pack: Pack, question: Mapping[str, object]) -> dict[str, Any]:
    """Return {"answers": […], "pack_hash": …}, answers in the order of `ask` (docs/reference/packs.md).

    Raises QuestionError, which names the field that is wrong.
    """
    jurisdiction = question.get("jurisdiction", pack.code)
    if jurisdiction != pack.code:
        raise QuestionError("jurisdiction", f"this is the pack {pack.code!r}, got {jurisdiction!r}")
    answers = [
        answer(pack.law, asked, zone=pack.timezone, is_working=pack.calendar.is_working)
        for asked in read(question, pack.law)
    ]
    return {"answers": [_as_json(found) for found in answers], "pack_hash": pack.hash}


def due_at(pack: Pack, deadline: str, start: dt.datetime) -> dt.datetime | None:
    """When the term `deadline` that starts at `start` (aware) runs out; None if the pack has no term then.

    Raises QuestionError for a deadline the pack does not know.
    """
    asked = {"ask": [{"deadline": deadline, "from": start.isoformat()}]}
    due: str | None = ask(pack, asked)["answers"][0]["due_at"]
    return dt.datetime.fromisoformat(due) if due else None


def _as_json(found: Answer) -> dict[str, Any]:
    return {
        "value": found.value,
        "barred": found.barred,
        "due_at": found.due_at.isoformat() if found.due_at else None,
        "depends": [_piece(piece) for piece in found.depends] if found.depends else None,
        "steps": [_step(step) for step in found.steps],
        "needs_review": found.needs_review,
        "checked": found.checked,
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "from": piece.first.isoformat(),
        "to": piece.last.isoformat(),
        "value": piece.value,
        "barred": piece.barred,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "text": dict(step.text),
        "article": step.article,
        "version_from": step.version_from.isoformat() if step.version_from else None,
        "instrument": step.instrument,
        "instrument_name": dict(step.instrument_name),
        "source": step.url,
        "checked": step.checked,
    }
