"""The drafted motion for more time: the pack's form, filled from the case and from the law."""

import datetime as dt
from typing import Any

from arasha.actors import Actor
from arasha.cases.clocks import asked_of, extended, reckon
from arasha.cases.models import Case, Deadline
from arasha.country import country, local_day
from arasha.engines.documents import Step, fill
from arasha.papers.letters import letter
from arasha.people.selectors import find_user, posts_held

FORM = "extension_motion"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TO_WRITE = "…"  # what only the writer knows


def drafted_motion(
    *, viewer: Actor, case: Case, deadline: Deadline, language: str, at: dt.datetime
) -> bytes:
    """A .docx: what the case and the rules know is filled in, the rest is left to write."""
    form = country().forms[FORM]
    values = _values(viewer, case, deadline, language, at)
    return letter(fill(form, language, {name: values[name] for name in form.fields}))


def _values(
    viewer: Actor, case: Case, deadline: Deadline, language: str, at: dt.datetime
) -> dict[str, Any]:
    rung = reckon(deadline, day=local_day(at)).rung
    motion = deadline.extensions.filter(granted=None).first()
    ends = local_day(deadline.due_at)
    asked = extended(deadline, rung, motion.amount if motion else None) if rung else None
    post = posts_held(viewer=viewer, at=at).filter(institution=case.holder).first()
    user = find_user(viewer=viewer, key=viewer.key)
    steps = [*deadline.law_answer["answers"][0]["steps"]]
    steps += asked_of(rung)["steps"] if rung else []
    grantor = country().term("grantors", rung.grantor).in_(language) if rung else TO_WRITE
    return {
        "office": _in(case.holder.name, language),
        "number": None,
        "signed_on": None,
        "recipient": grantor,
        "case_number": case.number,
        "registered_on": local_day(case.registered_at),
        "provision": case.provision or TO_WRITE,
        "term_ends_on": ends,
        "asked_until": local_day(asked) if asked else ends,
        "done": TO_WRITE,
        "left": TO_WRITE,
        "reasons": motion.reason if motion else TO_WRITE,
        "law": [_step(step, language) for step in steps],
        "post": _in(post.title, language) if post else TO_WRITE,
        "name": user.full_name if user else TO_WRITE,
    }


def _step(step: dict[str, Any], language: str) -> Step:
    said = step["text"]
    instrument = step["instrument_name"].get(language) or step["instrument"]
    return Step(said.get(language) or said["en"], step["article"], instrument, step["checked"])


def _in(name: dict[str, str], language: str) -> str:
    return name.get(language) or name.get("en") or TO_WRITE
