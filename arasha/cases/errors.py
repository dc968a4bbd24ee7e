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
    happened = _("The number %(number)s is already entered for another case.")
    next_step = _("Check the number against the register that gave it.")


class ChangedMeanwhileError(Problem):
    code = "changed_meanwhile"
    status = 409
    happened = _("Somebody else changed this case while you were writing.")
    next_step = _(
        "Nothing you typed is lost. Read what changed above the form, then send it again."
    )


class DecisionOutOfOrderError(Problem):
    code = "decision_out_of_order"
    happened = _("This decision cannot follow the stage the case is in.")
    next_step = _("Open the case's timeline, and enter the decision that is missing first.")


class DecisionBeforeRegistrationError(Problem):
    code = "decision_before_registration"
    happened = _("The day of the decision is before the case was registered, or in the future.")
    next_step = _("Correct the day.")


class NoPersonsError(Problem):
    code = "no_persons"
    happened = _("The number of persons is missing.")
    next_step = _("Enter how many persons this decision concerns: at least one.")
