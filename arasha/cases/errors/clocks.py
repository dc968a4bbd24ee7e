from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class ClockMetError(Problem):
    code = "clock_met"
    status = 409
    happened = _("This term has been met: nothing runs any more.")
    next_step = _("Open the case's page “Terms”: it shows which terms still run.")


class ClockStandsError(Problem):
    code = "clock_stands"
    status = 409
    happened = _("This term stands already, or stood on that day.")
    next_step = _("Let it go on first, or name a day after it went on.")


class ClockRunsError(Problem):
    code = "clock_runs"
    status = 409
    happened = _("This term does not stand: it runs.")
    next_step = _("There is nothing to do; its end is on the page.")


class DayOutsideTermError(Problem):
    code = "day_outside_term"
    happened = _("The day is %(day)s; it must lie from %(first)s to %(last)s.")
    next_step = _("Correct the day: write the one on the document.")


class NobodyMayExtendError(Problem):
    code = "nobody_may_extend"
    status = 409
    happened = _("The rules in the system know nobody who may extend this term.")
    next_step = _("If the law names somebody, tell whoever keeps the country's rules.")


class MotionOpenError(Problem):
    code = "motion_open"
    status = 409
    happened = _("A motion for this term waits for its answer.")
    next_step = _("Enter the answer first; after it the next motion may be filed.")


class AmountOutsideRungError(Problem):
    code = "amount_outside_rung"
    happened = _("%(amount)s in all is not possible here: from %(least)s to %(most)s.")
    next_step = _("Write how long the whole term shall be, counted from its first day.")


class MotionAnsweredError(Problem):
    code = "motion_answered"
    status = 409
    happened = _("This motion was answered already.")
    next_step = _("Open the case's page “Terms” and read the answer.")


class RequestAnsweredError(Problem):
    code = "request_answered"
    status = 409
    happened = _("This request was answered already.")
    next_step = _("Open the case's page “Terms” and read the answer.")


class RefusalReasonError(Problem):
    code = "refusal_reason"
    happened = _("A refusal needs its reasons.")
    next_step = _("Write why no term was set, as the answer to the person says it.")
