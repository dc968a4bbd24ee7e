from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class AbsenceDaysError(Problem):
    code = "absence_days"
    happened = _("These days are over, or the last is before the first.")
    next_step = _("Correct the days.")


class NotInTheListError(Problem):
    code = "not_in_the_list"
    happened = _("This person holds no key of your list of recipients, so they could open nothing.")
    next_step = _("Choose an officer from the list, also of the second office.")
