"""What the case already knows of a letter's fields. Names only where the viewer may read names."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.answers import all_said, as_read
from arasha.cases.in_law import in_words
from arasha.cases.models import Allegation, Case, Classification, Deadline, Decision
from arasha.country import country, local_day
from arasha.engines.documents import Form, Step
from arasha.packs.text import Text
from arasha.people.models import Institution
from arasha.people.selectors import find_user, posts_held

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored answer of the law, with the name by which a person chooses it."""

    code: str
    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Known:
    """A case as one viewer may see it, in the language of the letter."""

    case: Case
    form: Form
    language: str
    viewer: Actor
    at: dt.datetime

    @cached_property
    def classification(self) -> Classification | None:
        return selectors.classifications(viewer=self.viewer, case=self.case).last()

    @cached_property
    def earlier(self) -> Classification | None:
        if self.classification is None:
            return None
        found = selectors.classifications(viewer=self.viewer, case=self.case)
        return found.filter(number__lt=self.classification.number).last()

    @cached_property
    def decision(self) -> Decision | None:
        return selectors.decisions(viewer=self.viewer, case=self.case).last()

    @cached_property
    def allegation(self) -> Allegation | None:
        return selectors.allegations(viewer=self.viewer, case=self.case).first()

    @cached_property
    def clock(self) -> Deadline | None:
        return selectors.clocks(viewer=self.viewer, case=self.case).filter(met_at=None).first()

    def named(self, office: Institution | None) -> str:
        return Text(office.name).in_(self.language) if office else ""

    def term(self, vocabulary: str, code: str) -> str:
        return country().term(vocabulary, code).in_(self.language)


def forms_of_a_case() -> list[Form]:
    """The forms that speak of one case or of one appeal."""
    return [
        form
        for form in country().forms.values()
        if {"case_number", "appeal_number"} & form.fields.keys()
    ]


def prefilled(known: Known) -> dict[str, object]:
    """The first value of each field that the case can tell."""
    with translation.override(known.language):
        told = {name: FIELDS[name](known) for name in known.form.fields if name in FIELDS}
    return {name: value for name, value in told.items() if value not in (None, "")}


def stored_answers(known: Known) -> list[Answer]:
    """What the rules said, as it is stored with acts of this case: what fits the form comes first."""
    with translation.override(known.language):
        of_clocks, of_acts = list(_of_clocks(known)), list(_of_acts(known))
    first = [of_clocks, of_acts] if "term_ends_on" in known.form.fields else [of_acts, of_clocks]
    return [*first[0], *first[1]]


def _of_clocks(known: Known) -> Iterator[Answer]:
    for clock in selectors.clocks(viewer=known.viewer, case=known.case).filter(met_at=None):
        name = country().deadlines[clock.rule].name.in_(known.language)
        steps = [step for answer in clock.law_answer["answers"] for step in answer["steps"]]
        yield Answer(f"clock-{clock.pk}", name, _steps(steps, known.language))


def _of_acts(known: Known) -> Iterator[Answer]:
    if (signed := known.classification) is not None:
        name = _("Classification No. %(n)d") % {"n": signed.number}
        yield Answer(f"classification-{signed.pk}", name, _of_act(signed, known.language))
    found = selectors.decisions(viewer=known.viewer, case=known.case)
    for decision in reversed(list(found)):
        kind = known.term("decisions", decision.kind)
        name = f"{kind}, {date_format(decision.day, 'DATE_FORMAT')}"
        yield Answer(f"decision-{decision.pk}", name, _of_act(decision, known.language))


def _of_act(row: Classification | Decision, language: str) -> tuple[Step, ...]:
    """The steps of everything but the ways out: those nobody asked about here."""
    pairs = zip(row.law_question["ask"], row.law_answer["answers"], strict=True)
    return _steps(
        [step for asked, answer in pairs if "relief" not in asked for step in answer["steps"]],
        language,
    )


def _steps(steps: list[Json], language: str) -> tuple[Step, ...]:
    read = [as_read(step, language) for step in steps]
    found = [Step(step.text, step.article, step.instrument, step.checked) for step in read]
    return tuple(dict.fromkeys(found))


def _provision(known: Known, row: Classification | Decision | None = None) -> str:
    row = row or known.classification or known.decision
    if row is None:
        return ""
    for asked, answer in zip(row.law_question["ask"], row.law_answer["answers"], strict=True):
        if "provision" in asked and answer["value"] is not None:
            [said] = all_said([(asked, answer)], known.language)
            return said.answer
    return ""


def _wording(known: Known) -> str:
    row = known.classification
    return date_format(row.provision_from_day) if row and row.provision_from_day else ""


def _investigator(known: Known) -> str:
    row = known.classification
    if row is None:
        return ""
    kind = known.term("bodies_of_investigation", row.body_kind)
    return f"{kind}: {known.named(row.body)}" if row.body else kind


def _conflict(known: Known) -> str:
    row = known.classification
    if row is None:
        return ""
    warned = " ".join(in_words(row.conflicts))
    return " ".join(filter(None, (warned, row.conflict_words))) or _("Nothing stands against it.")


def _recipient(known: Known) -> str:
    """A victim of whom something was decided; for a motion the superior office."""
    if "decision" in known.form.fields:
        return _victim(known)
    return known.named(known.case.holder.parent) if "term_ends_on" in known.form.fields else ""


def _victim(known: Known) -> str:
    victims = country().vocabularies["person_roles"].meaning("victim")
    person = (
        selectors.persons(viewer=known.viewer, case=known.case)
        .filter(role__in=victims)
        .order_by("code")
        .first()
    )
    if person is None:
        return ""
    names = selectors.names_by_person(viewer=known.viewer, case=known.case)
    return names.get(person.pk) or person.code


def _reasons(known: Known) -> str:
    if "decision" in known.form.fields:
        return known.decision.reason if known.decision else ""
    return ""


def _post(known: Known) -> str:
    post = posts_held(viewer=known.viewer, at=known.at).first()
    return Text(post.title).in_(known.language) if post else ""


def _name(known: Known) -> str:
    user = find_user(viewer=known.viewer, key=known.viewer.key)
    return user.full_name if user else ""


def _enclosed(known: Known) -> str:
    found = selectors.documents_in_force(viewer=known.viewer, case=known.case)
    return "\n".join(f"{each.title.replace('|', '/')} | – | {each.sha256}" for each in found)


def _of_allegation(field: str) -> Callable[[Known], object]:
    return lambda known: getattr(known.allegation, field) if known.allegation else ""


def _of_decision(field: str) -> Callable[[Known], object]:
    return lambda known: getattr(known.decision, field) if known.decision else ""


def _minute(moment: dt.datetime) -> str:
    return date_format(moment.astimezone(country().timezone), "DATETIME_FORMAT")


FIELDS: Mapping[str, Callable[[Known], object]] = {
    "office": lambda known: known.named(known.case.holder),
    "from_body": lambda known: known.named(known.case.holder),
    "signed_on": lambda known: local_day(known.at),
    "recipient": _recipient,
    "case_number": lambda known: known.case.number,
    "registered_on": lambda known: local_day(known.case.registered_at),
    "registered_at": lambda known: _minute(known.case.registered_at),
    "received_at": lambda known: _minute(known.allegation.received_at) if known.allegation else "",
    "provision": _provision,
    "wording_of": _wording,
    "earlier": lambda known: _provision(known, known.earlier) if known.earlier else "",
    "investigator": _investigator,
    "conflict": _conflict,
    "term_ends_on": lambda known: local_day(known.clock.due_at) if known.clock else None,
    "facts": _of_allegation("account"),
    "acted_from": _of_allegation("happened_from"),
    "acted_to": _of_allegation("happened_to"),
    "capacity": lambda known: (
        known.term("capacities", (known.classification or known.allegation).capacity)  # type: ignore[union-attr]
        if known.classification or known.allegation
        else ""
    ),
    "criteria": lambda known: list(
        known.classification.criteria
        if known.classification
        else (known.allegation.criteria if known.allegation else [])
    ),
    "decided_on": _of_decision("day"),
    "decision": lambda known: (
        known.term("decisions", known.decision.kind) if known.decision else ""
    ),
    "decided_by": lambda known: (
        (known.decision.body_name if known.decision else "") or known.named(known.case.holder)
    ),
    "reasons": _reasons,
    "enclosed": _enclosed,
    "post": _post,
    "name": _name,
}
