"""Refusals of the register of allegations."""

from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class ReceivedInFutureError(Problem):
    code = "received_in_future"
    happened = _("The moment at which the report was received is in the future.")
    next_step = _("Correct the day or the hour: the clocks of the law run from it.")


class NoComplainantError(Problem):
    code = "no_complainant"
    happened = _("A complaint of a citizen has a name, and here it is missing.")
    next_step = _("Enter the name, or enter it as a message without a name.")


class NotDrawnFromError(Problem):
    code = "not_drawn_from"
    happened = _("There is no such report upon which yours is written, or it is not open to you.")
    next_step = _("Open the message without a name and begin your own report from its page.")


class WarnedDayError(Problem):
    code = "warned_day"
    happened = _(
        "The complainant was warned on or after the day of the report, and not in the future."
    )
    next_step = _("Correct the day: write the one on the sheet that was signed.")


class NothingToWarnError(Problem):
    code = "nothing_to_warn"
    happened = _("Nobody is to be warned here: this is no complaint of a named person.")
    next_step = _("Leave the page; nothing is missing.")


class NotWarnedError(Problem):
    """`article`: by which the complainant is warned."""

    code = "not_warned"
    happened = _(
        "The complainant was not warned of liability for a false denunciation (%(article)s)."
    )
    next_step = _(
        "Print the warning, let it be signed, and enter its day. Then register the report."
    )


class AnonymousOpensNothingError(Problem):
    code = "anonymous_opens_nothing"
    happened = _("A message without a name is no ground for a case (%(article)s).")
    next_step = _(
        "Write a report of your own if you found the same, join it to a case that is open, or pass it on."
    )


class OutcomeOutOfOrderError(Problem):
    code = "outcome_out_of_order"
    status = 409
    happened = _("Something has become of this report already.")
    next_step = _("Read what, on its page. What was passed on may still be registered.")


class OutcomeDayError(Problem):
    """`day`: the day of the receipt."""

    code = "outcome_day"
    happened = _("The day lies before the report was received, on %(day)s, or in the future.")
    next_step = _("Correct the day: write the one on which it was done.")


class ReasonMissingError(Problem):
    code = "reason_missing"
    happened = _("The reason is missing.")
    next_step = _("Choose it from the list.")


class NoBodyError(Problem):
    code = "no_body"
    happened = _("To whom the report is passed on is missing.")
    next_step = _("Choose a body, or write the name of one that is not in the register.")


class PassedToCommanderError(Problem):
    code = "passed_to_commander"
    happened = _("That body commands the place where this is said to have happened.")
    next_step = _(
        "Choose another body. If the law leaves only this one, say why in words: they are kept."
    )


class PassedToItselfError(Problem):
    code = "passed_to_itself"
    happened = _("The report is with that office already.")
    next_step = _("Choose another body.")


class CaseNotOpenError(Problem):
    code = "case_not_open"
    status = 409
    happened = _("That case is closed, or was joined to another one.")
    next_step = _("Find the case that is open, and join the report to it.")


class EntryTakenError(Problem):
    code = "entry_taken"
    status = 409
    happened = _("The number %(number)s stands in the book of this office already.")
    next_step = _("Check the number against the book.")
