"""A question to a country's law and its answer, both as plain JSON values."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from arasha.engines.law import Answer, Piece, QuestionError, Step, answer, read
from arasha.packs.basis import Basis
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
        "due_at": _iso(found.due_at),
        "depends": [_piece(piece) for piece in found.depends] if found.depends else None,
        "steps": [step_as_json(step) for step in found.steps],
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


def step_as_json(step: Step) -> dict[str, Any]:
    return {
        "text": dict(step.text),
        "article": step.article,
        "version_from": _iso(step.version_from),
        "version_to": _iso(step.version_to),
        "instrument": step.instrument,
        "instrument_name": dict(step.instrument_name),
        "source": step.url,
        "checked": step.checked,
        "verified_by": step.verified_by,
        "verified_on": _iso(step.verified_on),
    }


def as_step(basis: Basis) -> dict[str, Any]:
    """What a part of a pack that is no rule rests on, as a step of an answer."""
    return {
        "text": dict(basis.words or {}),
        "article": basis.article,
        "version_from": None,
        "version_to": None,
        "instrument": "",
        "instrument_name": {},
        "source": basis.url,
        "checked": basis.checked,
        "verified_by": "",
        "verified_on": None,
    }


def _iso(when: dt.date | None) -> str | None:
    return when.isoformat() if when else None
