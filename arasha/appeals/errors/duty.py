from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NotYourRosterError(Problem):
    code = "not_your_roster"
    status = 403
    happened = _("Only whoever leads the duty line plans its roster.")
    next_step = _("Ask the supervisor of the duty line.")


class NotOfTheLineError(Problem):
    code = "not_of_the_line"
    happened = _("This person is no officer of the duty line.")
    next_step = _("Choose somebody from the list, or let them be appointed there first.")


class ShiftTimesError(Problem):
    code = "shift_times"
    happened = _("A shift begins before it ends, lasts at most 24 hours, and is not over yet.")
    next_step = _("Correct the hours.")


class ShiftTakenError(Problem):
    code = "shift_taken"
    status = 409
    happened = _("This person has another shift in these hours.")
    next_step = _("End that shift first, or choose somebody else.")
