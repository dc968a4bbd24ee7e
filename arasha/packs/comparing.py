"""After the law of a country changed: which answers given before would be different now."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arasha.engines.law import QuestionError
from arasha.packs.asking import ask
from arasha.packs.model import Pack

Json = Mapping[str, Any]
WEIGHTY = ("value", "barred", "due_at", "depends")


@dataclass(frozen=True, slots=True)
class Difference:
    """The answer number `index` as it was and as it would be now, only what matters of it.

    `before` None: nothing was answered then; `after` None: it cannot be asked now, for `reason`.
    """

    index: int
    before: Json | None
    after: Json | None
    reason: str = ""


def differences(pack: Pack, question: Json, answered: Json) -> tuple[Difference, ...]:
    """Compare a stored question and its stored answers (as `ask` gave them) with what `pack` says now.

    Value, barred, due_at (as a moment) and depends count; wording, sources and the pack's hash do not.
    Whatever cannot be asked any more, or was stored otherwise than `ask` writes it, is a difference.
    """
    asked, given = _items(question, "ask"), _items(answered, "answers")
    number = max(len(asked), len(given), 1)
    found = (
        _difference(pack, question, i, asked[i : i + 1], given[i : i + 1]) for i in range(number)
    )
    return tuple(difference for difference in found if difference)


def _difference(
    pack: Pack, question: Json, index: int, asked: Sequence[Any], given: Sequence[Any]
) -> Difference | None:
    before = _weighty(given[0]) if given else None
    try:
        [now] = ask(pack, {**_mapping(question), "ask": list(asked)})["answers"]
    except QuestionError as error:
        reason = str(error).replace("ask[0]", f"ask[{index}]", 1)
        return Difference(index, before, None, reason)
    after = _weighty(now)
    return None if before == after else Difference(index, before, after)


def _mapping(stored: object) -> Json:
    return stored if isinstance(stored, Mapping) else {}


def _items(stored: object, key: str) -> Sequence[Any]:
    found = _mapping(stored).get(key)
    return found if isinstance(found, list) else []


def _weighty(answer: object) -> Json | None:
    if not isinstance(answer, Mapping):
        return None
    return {**{key: answer.get(key) for key in WEIGHTY}, "due_at": _moment(answer.get("due_at"))}


def _moment(value: object) -> object:
    """The same moment however its offset is written."""
    try:
        found = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return value
    return found.astimezone(dt.UTC).isoformat() if found and found.tzinfo else value
