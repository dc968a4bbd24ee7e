"""One report as typed rows for its page: what the rules said, what became of it, what may be done now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from arasha.actors import Actor
from arasha.cases.answers import Json, Said, said
from arasha.cases.models import Allegation, AllegationOutcome, Complainant
from arasha.cases.receiving import CITIZEN, PASSING_ON, bars_anonymous, demands_warning
from arasha.country import country
from arasha.engines.documents import Step, fill
from arasha.papers.letters import letter
from arasha.people.selectors import find_user, posts_held
from arasha.places.templatetags.names import in_language

NOTICE = "pass_on_notice"
PASSED_ON = "passed_on"
ANONYMOUS_REPORTS = ("anonymous_opens_case", "anonymous_brings_visit")
WARNING = "false_denunciation_warning"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What may be done with a report now. `anonymous`, `unwarned`: the article that stands in the way."""

    may_register: bool
    may_pass_on: bool
    may_join: bool
    anonymous: str | None
    unwarned: str | None

    @property
    def is_open(self) -> bool:
        return self.may_register or self.may_pass_on or self.may_join


def waiting(allegation: Allegation, *, day: dt.date) -> Waiting:
    kinds, last = country().procedure.kinds, allegation.outcome
    stage = kinds[last.kind].leads_to if last else country().procedure.begins
    may = {
        kind: allegation.case is None and kind in kinds and stage in kinds[kind].after
        for kind in ("registered", PASSED_ON, "joined")
    }
    is_complaint = allegation.source_kind == CITIZEN and allegation.warned_day is None
    return Waiting(
        may_register=may["registered"],
        may_pass_on=may[PASSED_ON],
        may_join=may["joined"],
        anonymous=bars_anonymous(day) if allegation.is_anonymous else None,
        unwarned=demands_warning(day) if is_complaint else None,
    )


def rules_on(allegation: Allegation, language: str) -> list[Said]:
    """What the rules of the day of receipt said of it; one of an older register kept nothing."""
    reports = ANONYMOUS_REPORTS if allegation.is_anonymous else ()
    return [
        said(asked, answered, language)
        for asked, answered in _kept(allegation)
        if "deadline" in asked or asked["report"] in reports
    ]


def on_warning(allegation: Allegation, language: str) -> list[Said]:
    """What the rules of the day of receipt said of warning whoever complains."""
    return [
        said(asked, answered, language)
        for asked, answered in _kept(allegation)
        if asked.get("report") == WARNING
    ]


def notice(
    *,
    allegation: Allegation,
    outcome: AllegationOutcome,
    complainant: Complainant | None,
    number: str,
    language: str,
    viewer: Actor,
    at: dt.datetime,
) -> bytes | None:
    """The notice to whoever reported, as a draft to be read, numbered and signed; None: no such form."""
    form = country().forms.get(NOTICE)
    office = allegation.receiver
    if form is None or office is None or language not in form.name:
        return None
    reason = country().term("pass_on_reasons", outcome.reason).in_(language)
    received = allegation.received_at.astimezone(country().timezone)
    post = posts_held(viewer=viewer, at=at).filter(institution=office).first()
    user = find_user(viewer=viewer, key=viewer.key)
    values = {
        "office": _named(office.name, language),
        "number": None,
        "signed_on": None,
        "recipient": complainant.name if complainant else allegation.source_words or "—",
        "appeal_number": number or "—",
        "received_at": received.strftime("%d.%m.%Y %H:%M"),
        "passed_to": _named(outcome.passed_to.name, language)
        if outcome.passed_to
        else outcome.body_name,
        "passed_on": outcome.day,
        "reason": reason,
        "explanation": outcome.reason_words or "—",
        "appeal_to": _named(office.parent.name, language) if office.parent else None,
        "law": _steps(allegation, language),
        "post": _named(post.title, language) if post else "—",
        "name": user.full_name if user else "—",
    }
    return letter(fill(form, language, values))


def _kept(allegation: Allegation) -> list[tuple[Json, Json]]:
    asked = allegation.law_question.get("ask", [])
    return list(zip(asked, allegation.law_answer.get("answers", []), strict=True))


def _steps(allegation: Allegation, language: str) -> list[Step]:
    """By which rules it was passed on."""
    found = [
        said(asked, answered, language)
        for asked, answered in _kept(allegation)
        if asked.get("deadline") == PASSING_ON
    ]
    return [
        Step(step.text, step.article, step.instrument, step.checked)
        for each in found
        for step in each.steps
    ]


def _named(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or in_language(names)
