"""The desk's navigation: one line an entry, and whom it is for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.people.models import Post


@dataclass(frozen=True, slots=True)
class Entry:
    """`roles` empty: everybody; `managers`: whoever manages people; `institutions`: their kinds."""

    label: Promise
    url_name: str
    roles: frozenset[str] = frozenset()
    managers: bool = False
    institutions: frozenset[str] = frozenset()

    def is_for(self, posts: Sequence[Post]) -> bool:
        if self.managers:
            return any(post.manages_people for post in posts)
        if self.institutions:
            return any(post.institution.kind in self.institutions for post in posts)
        return not self.roles or any(post.role in self.roles for post in posts)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    current: bool


ENTRIES = (
    Entry(_("Today"), "home"),
    Entry(_("Appeals"), "appeals:inbox", frozenset({"officer", "supervisor"})),
    Entry(
        _("To prosecutors"),
        "appeals_to_cases:list",
        frozenset({"officer", "supervisor", "prosecutor"}),
    ),
    Entry(
        _("Passed to others"),
        "handoffs:list",
        frozenset({"officer", "supervisor", "monitor", "support_worker"}),
    ),
    Entry(_("Reports"), "cases:reports", frozenset({"supervisor", "prosecutor", "clerk"})),
    Entry(_("Cases"), "cases:list", frozenset({"officer", "supervisor", "prosecutor", "clerk"})),
    Entry(_("Enter a case"), "cases:enter", frozenset({"clerk"})),
    Entry(_("Imports"), "cases:imports", frozenset({"clerk", "prosecutor", "supervisor"})),
    Entry(_("My terms"), "my_terms", frozenset({"prosecutor", "clerk"})),
    Entry(_("Figures"), "publications:figures", frozenset({"analyst"})),
    Entry(_("National form"), "publications:form", frozenset({"analyst", "supervisor"})),
    Entry(_("Duty line"), "duty:line", institutions=frozenset({"duty_line"})),
    Entry(_("Keys and absences"), "offices:home", frozenset({"officer", "supervisor"})),
    Entry(
        _("Terminals"),
        "terminals:list",
        frozenset({"registrar", "administrator", "monitor", "head"}),
    ),
    Entry(_("Places"), "places:list"),
    Entry(_("Institutions"), "institutions:list"),
    Entry(_("People"), "people:list", managers=True),
    Entry(_("Failed tasks"), "notices:failed", frozenset({"administrator"})),
)


def links(*, posts: Sequence[Post], path: str) -> list[Link]:
    """The entries for a person with these posts; the one that `path` lies under is current."""
    shown = [
        (str(entry.label), reverse(entry.url_name)) for entry in ENTRIES if entry.is_for(posts)
    ]
    above = [url for _label, url in shown if path == url or (url != "/" and path.startswith(url))]
    here = max(above, key=len, default="")
    return [Link(label, url, current=url == here) for label, url in shown]
