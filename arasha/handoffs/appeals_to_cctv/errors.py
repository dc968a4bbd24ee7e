from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class HoursWrongError(Problem):
    code = "hours_wrong"
    happened = _("The hours are not right: they end before they begin, or lie in the future.")
    next_step = _("Write from when until when the cameras could have seen it.")


class TooNarrowError(Problem):
    code = "too_narrow"
    happened = _("The hours are so few that the request would point at whoever was there.")
    next_step = _("Ask for at least %(hours)s hours, with the moment somewhere inside.")


class AlreadyServedError(Problem):
    code = "already_served"
    status = 409
    happened = _("The letter for this hold was already entered.")
    next_step = _("Open the hold to see its number and day.")
