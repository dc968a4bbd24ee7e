"""From where a report came, and what became of it, in people's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.cases.receiving import ANONYMOUS, APPEAL, BODY, CITIZEN, OWN

SOURCE_NAMES: dict[str, Promise] = {
    CITIZEN: _("Complaint of a citizen"),
    BODY: _("Another body"),
    OWN: _("Own report of an official, also from the media"),
    ANONYMOUS: _("Message without a name"),
    APPEAL: _("Appeal that an officer referred"),
}
OUTCOME_NAMES: dict[str, Promise] = {
    "registered": _("Registered as a case"),
    "passed_on": _("Passed on without registration"),
    "joined": _("Joined to a case"),
}


def source_name(kind: str) -> str:
    """Sources of imports and of invented worlds have no words of their own."""
    return str(SOURCE_NAMES.get(kind, _("Another register")))
