"""Refusals of the register: numbers, decisions, holds."""

from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class AlreadyRegisteredError(Problem):
    code = "already_registered"
    status = 409
    happened = _("This allegation is already registered as a case.")
    next_step = _("Open the case instead of registering it again.")


class NumberTakenError(Problem):
    code = "number_taken"
    status = 409
    happened = _("The number %(number)s is already entered.")
    next_step = _("Check the number against the register that gave it.")


class NoNumberError(Problem):
    code = "no_number"
    happened = _("“%(number)s” has no letter and no digit: that is not a number.")
    next_step = _("Write the number as it stands in the register.")


class DecisionOutOfOrderError(Problem):
    code = "decision_out_of_order"
    happened = _("This decision cannot follow the stage the case is in.")
    next_step = _("Open the case's timeline, and enter the decision that is missing first.")


class DecisionTooEarlyError(Problem):
    code = "decision_too_early"
    happened = _("The last decision of this case was made on %(day)s; this one is dated before it.")
    next_step = _("Correct the day: write the one on the document.")


class DecisionInFutureError(Problem):
    code = "decision_in_future"
    happened = _("The day of the decision is in the future.")
    next_step = _("Correct the day, or enter the decision once it is made.")


class NoPersonsError(Problem):
    code = "no_persons"
    happened = _("The number of persons is missing.")
    next_step = _("Enter how many persons this decision concerns: at least one.")


class TooManyPersonsError(Problem):
    code = "too_many_persons"
    happened = _(
        "Sent to court: %(sent)s. Judged already: %(judged)s. This decision has %(persons)s."
    )
    next_step = _("Correct the number of persons: at most %(left)s are still to be judged.")


class HeldError(Problem):
    code = "held"
    status = 409
    happened = _("A legal hold stands: %(count)s. Nothing of such a case may be destroyed.")
    next_step = _("Open the case's page “Keeping”: it says who placed the hold and why.")
