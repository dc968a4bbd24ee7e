"""The words of the desk for what the code itself names: states, channels, lateness."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arasha.appeals.models import Appeal, Channel, DutyCall, State
from arasha.country import country

STATE_NAMES: dict[str, Promise] = {
    State.RECEIVED: gettext_lazy("Received"),
    State.OPENED: gettext_lazy("Opened"),
    State.CHECKED: gettext_lazy("Being checked"),
    State.PASSED_ON: gettext_lazy("Passed on"),
    State.ANSWERED: gettext_lazy("Answered"),
}

# What is kept for the person who wrote in each state.
STATE_TOLD: dict[str, Promise] = {
    State.RECEIVED: gettext_lazy("Your appeal has arrived. Nobody has opened it yet."),
    State.OPENED: gettext_lazy("An officer has opened and read your appeal."),
    State.CHECKED: gettext_lazy("What you wrote is being checked."),
    State.PASSED_ON: gettext_lazy("Your appeal was passed on to a body that can act on it."),
    State.ANSWERED: gettext_lazy("Your appeal has been answered."),
}

# Said wherever something is meant for the person: how they learn of it.
TOLD_BY_READER = gettext_lazy(
    "The reader tells the mailbox of whoever wrote, if there is one, and terminals show it."
)

CHANNEL_NAMES: dict[str, Promise] = {
    Channel.TERMINAL: gettext_lazy("By a terminal"),
    Channel.WEB: gettext_lazy("From the public site"),
    Channel.PAPER: gettext_lazy("On paper"),
    Channel.PHONE: gettext_lazy("By phone"),
    Channel.EMAIL: gettext_lazy("By e-mail"),
    Channel.IN_PERSON: gettext_lazy("In person"),
}


def dangers() -> frozenset[str]:
    """The urgencies that say that somebody is in danger."""
    return country().vocabularies["urgencies"].meaning("danger")


def days_left(day: dt.date, today: dt.date) -> str:
    """How far a day is, in words: “3 days left”, “today”, “2 days late”."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}


def silence(call: DutyCall, *, now: dt.datetime) -> str:
    """For how long nobody has read a call for help, or how long it took."""
    waited = (call.read_at or now) - call.received_at
    if waited < dt.timedelta(minutes=1):
        return _("read within a minute") if call.read_at else _("came just now")
    time = timesince(call.received_at, call.read_at or now)
    said = _("read after %(time)s") if call.read_at else _("unread for %(time)s")
    return said % {"time": time}


def answer_by(appeal: Appeal, *, today: dt.date, stands: bool) -> str:
    """What stands under the day for an answer."""
    if not appeal.waits:
        return ""
    if stands:
        return _("The term stands still")
    return days_left(appeal.answer_by_day, today) if appeal.answer_by_day else ""


# Why a ceremony of the office key is held: the same in every country.
CEREMONY_REASONS: dict[str, Promise] = {
    "keys_lost": gettext_lazy("All officers have lost their keys"),
    "nobody_left": gettext_lazy("No officer of the body is left who can open it"),
    "court": gettext_lazy("A court ordered it"),
    "rehearsal": gettext_lazy("A rehearsal, with exercise appeals only"),
}
