import datetime as dt
import uuid
from collections.abc import Mapping

from django import template
from django.forms import BaseForm
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.access.panels import traces
from arasha.actors import USER, Actor
from arasha.cases import in_law
from arasha.cases.custody import person_of
from arasha.cases.days import born, when
from arasha.cases.models import Case, Custody, MedicalCustody, Suspension
from arasha.cases.sections import sections_for
from arasha.cases.selectors import acts_on
from arasha.cases.sources import OUTCOME_NAMES, source_name
from arasha.country import country, local_day
from arasha.country import term as country_term
from arasha.engines.documents import Form
from arasha.packs.text import Text

register = template.Library()

MOST = 10  # acts that are named; each raised the version by one, or by none

CHECKED_NAMES = {
    "official": _("read in the official text"),
    "secondary": _("read in a copy, not in the official text"),
    "article": _("known only from an article about it"),
    "unverified": _("not verified"),
}


@register.inclusion_tag("cases/sections.html")
def case_sections(case: Case, here: str, viewer_key: object) -> dict[str, object]:
    """The navigation of a case's pages, of which `here` is the one that is shown."""
    viewer = Actor.user(viewer_key)
    return {"case": case, "here": here, "sections": sections_for(viewer=viewer, case=case)}


@register.inclusion_tag("cases/meanwhile.html")
def meanwhile(case: Case, form: BaseForm, viewer_key: object) -> dict[str, object]:
    """What was done with a case since the version on which a form was written; nothing, if it is that one."""
    seen = _seen(form)
    if seen is None or seen >= case.version:
        return {"is_old": False}
    entries = acts_on(viewer=Actor.user(viewer_key), case=case)[: min(case.version - seen, MOST)]
    return {"is_old": True, "case": case, "acts": traces(entries=list(entries))}


def _seen(form: BaseForm) -> int | None:
    """The version that the writer of a form was looking at; None: it was not sent, or says none."""
    said = str(form.data.get("base_version", "")) if form.is_bound else ""
    return int(said) if said.isascii() and said.isdigit() else None


@register.filter
def stage_name(stage: str) -> str:
    """A stage, in the country's words; one that an earlier pack knew, by its code."""
    known = country().procedure.stages.get(stage)
    return known.name.in_(get_language() or "en") if known else stage


@register.filter
def stands_as(case: Case) -> str:
    return in_law.stands_as(case, get_language() or "en")


@register.filter
def standing_in(standing: Mapping[uuid.UUID, Suspension], case: Case) -> Suspension | None:
    """What made the term of a case stand, out of those that the page found."""
    return standing.get(case.key)


@register.filter
def term(code: str, vocabulary: str) -> str:
    """A term in the country's words; one that the pack does not name, by its code."""
    known = country().vocabularies[vocabulary].terms
    return country_term(vocabulary, code) if code in known else code


@register.filter
def custody_act(code: str) -> str:
    """What was done with a document; an act that the pack does not name, by its code."""
    known = country().vocabularies["custody_acts"].terms.get(code)
    return known.name.in_(get_language() or "en") if known else code


@register.filter
def form_name(form: Form) -> str:
    """A form of the country in the reader's language."""
    return Text(form.name).in_(get_language() or "en")


@register.filter
def authority(code: str) -> str:
    """The name of a body that commands places of detention."""
    return country().authorities[code].name.in_(get_language() or "en")


@register.filter
def deadline_name(rule: str) -> str:
    return country().deadlines[rule].name.in_(get_language() or "en")


@register.filter
def checked_name(checked: str) -> str:
    return str(CHECKED_NAMES[checked])


@register.filter
def local_date(moment: dt.datetime) -> str:
    """A moment in the country's own time: the day, and the minute a clock of the law ends."""
    return date_format(moment.astimezone(country().timezone), "DATETIME_FORMAT")


register.filter("local_day", local_day)
register.filter("when", when)
register.filter("born", born)
register.filter("source_name", source_name)


@register.filter
def outcome_name(kind: str) -> str:
    return str(OUTCOME_NAMES[kind])


@register.filter
def name_of(names: Mapping[uuid.UUID, str], key: uuid.UUID | None) -> str:
    """Who signed, out of the names that the page found; whoever left keeps no name."""
    return str(names.get(key, _("somebody who is no longer here"))) if key else ""


@register.filter
def name_of_actor(names: Mapping[uuid.UUID, str], link: Custody | MedicalCustody) -> str:
    """Who did it: a person by name, the system by what it is."""
    if link.by_kind != USER:
        return str(_("the system"))
    # What is no key was written by nobody through this system: the chain is broken, the page is not.
    return name_of(names, person_of(link)) or "—"
