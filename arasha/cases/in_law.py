"""A case in law as typed rows for its page: who signed what, and what the rules say otherwise now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.cases.answers import Said, all_said, cited, in_short, question_of
from arasha.cases.models import Case, Classification, Conflict, LawChange
from arasha.country import country, term
from arasha.people.selectors import at_work

CONFLICT_WORDS: dict[str, Promise] = {
    Conflict.NOT_COMPETENT: _("By the rules of that day another body investigates."),
    Conflict.SAME_SERVICE: _("A suspect serves in the service that this body belongs to."),
    Conflict.SAME_OFFICE: _("A suspect serves in this office, above it or below it."),
    Conflict.COMMANDS_PLACE: _("It commands the place where this is said to have happened."),
}


@dataclass(frozen=True, slots=True)
class Signed:
    """`signer` empty: it came with an imported register."""

    row: Classification
    provision: str
    signer: str
    conflicts: list[str]
    said: list[Said]


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer as it was kept and as the rules would give it now; `reason`: why they cannot."""

    question: str
    before: str
    after: str
    reason: str


def stands_as(case: Case, language: str) -> str:
    """The conduct and the provision of the classification in force; empty: nobody has signed one."""
    if not case.conduct:
        return ""
    conduct = term("conducts", case.conduct)
    if not case.provision:
        return gettext("%(conduct)s: the provision is not determined") % {"conduct": conduct}
    return f"{conduct} · {cited(_with_its_code(case), language)}"


def in_words(conflicts: Iterable[str]) -> list[str]:
    return [str(CONFLICT_WORDS[conflict]) for conflict in conflicts]


def signed(
    *, viewer: Actor, classifications: Iterable[Classification], language: str
) -> list[Signed]:
    """Every signed classification with its signer and the rules it was signed by."""
    rows = list(classifications)
    keys = [row.signed_by_key for row in rows if row.signed_by_key]
    names = {user.key: user.full_name for user in at_work(viewer=viewer, keys=keys)}
    return [_signed(row, names, language) for row in rows]


def changed(change: LawChange, language: str) -> list[Changed]:
    return [_changed(each, language) for each in change.differences]


def _with_its_code(case: Case) -> str:
    """A provision as articles are cited: the wording names the code that it is a part of."""
    day = case.provision_from_day
    version = country().law.offences.on(day) if day else None
    code = version.article.partition(" ")[0] if version else ""
    return f"{code} {case.provision}".strip()


def _signed(row: Classification, names: dict[Any, str], language: str) -> Signed:
    pairs = zip(row.law_question["ask"], row.law_answer["answers"], strict=True)
    said = all_said((pair for pair in pairs if "relief" not in pair[0]), language)
    signer = names.get(row.signed_by_key, "") if row.signed_by_key else ""
    return Signed(row, said[0].answer, signer, in_words(row.conflicts), said)


def _changed(difference: dict[str, Any], language: str) -> Changed:
    asked = difference["asked"]
    return Changed(
        question=question_of(asked, language) if asked else "",
        before=_short(asked, difference["before"], language),
        after=_short(asked, difference["after"], language),
        reason=difference["reason"],
    )


def _short(asked: dict[str, Any], answered: dict[str, Any] | None, language: str) -> str:
    return in_short(asked, answered, language) if asked and answered else "—"
