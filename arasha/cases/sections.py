"""The pages of a case, in the order in which its navigation shows them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.access.selectors import can
from arasha.actors import Actor
from arasha.cases.models import Case


@dataclass(frozen=True, slots=True)
class Section:
    """`url_name` takes the case's key; whoever may not read `compartment` is not shown the way there."""

    code: str
    title: Promise
    url_name: str
    compartment: str = "summary"


SECTIONS = (
    Section("overview", _("Overview"), "cases:case"),
    Section("people", _("People and events"), "cases:people"),
    Section("law", _("In law"), "cases:in_law"),
    Section("decisions", _("Decisions"), "cases:decisions"),
    Section("documents", _("Documents"), "cases:documents", "evidence"),
    Section("notes", _("Notes"), "cases:notes", "notes"),
    Section("codes", _("What the victim sees"), "cases:codes", "identity"),
    Section("keeping", _("Keeping"), "cases:keeping"),
    Section("terms", _("Terms"), "cases:terms_of"),
)


def sections_for(*, viewer: Actor, case: Case) -> list[Section]:
    """The pages of a case that a viewer may open."""
    open_to = {
        compartment: can(viewer=viewer, kind="case", key=case.key, compartment=compartment)
        for compartment in {section.compartment for section in SECTIONS}
    }
    return [section for section in SECTIONS if open_to[section.compartment]]
