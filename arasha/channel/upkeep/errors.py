from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NotYourTerminalsError(Problem):
    code = "not_your_terminals"
    status = 403
    happened = _("Your post does not include this work on terminals.")
    next_step = _("Registrars keep the register, monitors check terminals and send test appeals.")


class AlarmSettledError(Problem):
    code = "alarm_settled"
    status = 409
    happened = _("This alarm is settled already.")
    next_step = _("Open the terminal: a new alarm has a line of its own.")


class ImpossibleWorksError(Problem):
    code = "impossible_works"
    happened = _("The last day of the works is before the first.")
    next_step = _("Correct one of the two days.")


class WorksAfterwardsError(Problem):
    code = "works_afterwards"
    happened = _("Works are announced before they begin; %(day)s is past.")
    next_step = _("Announce what is still to come, from today on.")


class CheckInFutureError(Problem):
    code = "check_in_future"
    happened = _("The day of the check is in the future.")
    next_step = _("Write the day on which you stood in front of the terminal.")


class HalfAPositionError(Problem):
    code = "half_a_position"
    happened = _("A camera's place needs both numbers: metres east and metres north.")
    next_step = _("Enter the missing number, or leave both empty.")


class UnknownAnswerError(Problem):
    code = "unknown_answer"
    happened = _("The check-list has changed since you opened the page.")
    next_step = _("Open the page again and answer what it asks now.")


class NoSuchCanaryError(Problem):
    code = "no_such_canary"
    status = 404
    happened = _("No test appeal has this number.")
    next_step = _("Compare the ten digits with the text of the appeal and type them again.")


class SlipTakenError(Problem):
    code = "slip_taken"
    status = 409
    happened = _("Another slip is entered for this test already.")
    next_step = _("Begin a new test for a new slip.")


class CanaryArrivedError(Problem):
    code = "canary_arrived"
    status = 409
    happened = _("This test is entered as arrived already, with another code.")
    next_step = _(
        "Tell the monitors: the same number stood in two appeals, and that must not happen."
    )
