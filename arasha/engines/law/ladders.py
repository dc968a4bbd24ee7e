"""How a term is extended: rung by rung, by whom, and by when it must be asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from arasha.engines.law.rules import Extension, Law, Term
from arasha.engines.law.steps import Step, bare_step
from arasha.engines.law.terms import IsWorking, Suspension, due_at, earlier


@dataclass(frozen=True, slots=True)
class Rung:
    """`grantor` may lengthen the term to `up_to` in all, None: to any length. `step` is the source."""

    up_to: Term | None
    grantor: str
    motion_before: Term
    step: Step

    def reaches(self, total: Term) -> bool:
        return self.up_to is None or (
            self.up_to.unit == total.unit and self.up_to.amount >= total.amount
        )


def ladder(law: Law, code: str, day: dt.date) -> tuple[Rung, ...]:
    """The rungs for the deadline `code`, lowest first, as the law stood on `day`, the day of the motion.

    Empty: the rules of that day know no extension of it.
    """
    rule = law.ladders.get(code)
    version = rule.on(day) if rule else None
    if version is None:
        return ()

    def rung(each: Extension) -> Rung:
        fields = {"day": day, "before": each.motion_before.amount}
        if each.up_to:
            fields["amount"] = each.up_to.amount
        said = bare_step(law, f"ladder.{each.grantor}", version, **fields)
        return Rung(each.up_to, each.grantor, each.motion_before, said)

    return tuple(rung(each) for each in version.value or ())


def next_rung(rungs: Sequence[Rung], so_far: Term) -> Rung | None:
    """Who may lengthen a term that has `so_far` in all; None: nobody may.

    On the rung that `so_far` has not used up, the same grantor may still grant the rest of it.
    """
    return next((r for r in rungs if r.up_to is None or r.up_to.amount > so_far.amount), None)


def rung_for(rungs: Sequence[Rung], total: Term) -> Rung | None:
    """The lowest rung that may grant `total` in all; None: none may."""
    return next((rung for rung in rungs if rung.reaches(total)), None)


def motion_due(
    rung: Rung, due: dt.datetime, *, zone: dt.tzinfo, is_working: IsWorking
) -> dt.datetime:
    """The last moment to file the motion for an extension of a term that runs out at `due` (aware)."""
    return earlier(rung.motion_before, due, zone=zone, is_working=is_working)


def extended_due(
    rung: Rung,
    start: dt.datetime,
    *,
    zone: dt.tzinfo,
    is_working: IsWorking,
    total: Term | None = None,
    suspensions: Sequence[Suspension] = (),
) -> dt.datetime | None:
    """When the term from `start` runs out once `rung` was granted; None while the clock stands.

    `total`: what was granted, counted from the start of the term; None: all that the rung may grant.
    Raises ValueError for more than the rung may grant, and where a rung without a limit has no `total`.
    """
    granted = total or rung.up_to
    if granted is None:
        raise ValueError(f"{rung.grantor} may grant any length: say how much was granted in all")
    if not rung.reaches(granted):
        raise ValueError(f"{rung.grantor} may not grant {granted.amount} {granted.unit} in all")
    return due_at(granted, start, zone=zone, is_working=is_working, suspensions=suspensions)
