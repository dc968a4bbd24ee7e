"""The words for the roles that `access.policy` knows by code."""

from django.utils.translation import gettext_lazy as _

OFFICER = "officer"
HEAD = "head"
PROSECUTOR = "prosecutor"
CLERK = "clerk"
REGISTRAR = "registrar"
MONITOR = "monitor"
SUPERVISOR = "supervisor"

ROLE_NAMES = {
    "officer": _("Officer"),
    "supervisor": _("Supervisor"),
    "prosecutor": _("Prosecutor"),
    "clerk": _("Clerk of a prosecutor's office"),
    "monitor": _("Monitor of the preventive mechanism"),
    "support_worker": _("Support worker"),
    "head": _("Head of a place of detention"),
    "drafter": _("Drafter of treaty reports"),
    "analyst": _("Analyst"),
    "registrar": _("Registrar"),
    "administrator": _("Administrator of the servers"),
}
