"""Why a decision, a charge, a step or a telling is not entered, and what to do instead."""

from collections.abc import Sequence
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from arasha.cases.deciding.reliefs import Granted
from arasha.problems import Problem


class MissingError(Problem):
    """`field`: what the kind of decision needs and was not said."""

    code = "decision_incomplete"
    field: ClassVar[str] = ""


class NoGroundError(MissingError):
    field = "ground"
    happened = _("The ground is missing.")
    next_step = _("Choose the ground that the decision names.")


class NoReasonError(MissingError):
    field = "reason"
    happened = _("The reasons are missing.")
    next_step = _("Write in a few words why it was decided so, as the decision says it.")


class NoCourtError(MissingError):
    field = "body_name"
    happened = _("The court is missing.")
    next_step = _("Write which court decided, as it names itself.")


class NoBodyError(MissingError):
    field = "body_name"
    happened = _("The body is missing.")
    next_step = _("Write which body it is, as it names itself.")


class NoDocumentNumberError(MissingError):
    field = "number"
    happened = _("The number of the document is missing.")
    next_step = _("Write the number as it stands on the document.")


class NoCaseToJoinError(MissingError):
    field = "into"
    happened = _("The case that this one is joined to is missing.")
    next_step = _("Write the number of a case that is open to you.")


class NoSentenceError(MissingError):
    field = "on_persons"
    happened = _("Nobody's sentence is named.")
    next_step = _("Say for each person what the court decided.")


MISSING: dict[str, type[MissingError]] = {
    "ground": NoGroundError,
    "reason": NoReasonError,
    "court": NoCourtError,
    "body": NoBodyError,
    "number": NoDocumentNumberError,
    "case": NoCaseToJoinError,
    "sentence": NoSentenceError,
}


class UnknownCodeError(Problem):
    code = "unknown_code"
    happened = _("“%(code)s” stands in no list of this country.")
    next_step = _("Choose one of the list.")


class NothingToApproveError(Problem):
    code = "nothing_to_approve"
    happened = _("The last decision of this case waits for no approval.")
    next_step = _("Open the case and look at its timeline: somebody may have approved it already.")


class NotYoursToDecideError(Problem):
    code = "not_yours_to_decide"
    status = 403
    happened = _("Only the head of the office in whose hands the case is makes this decision.")
    next_step = _("Ask the head: they enter it under their own name.")


class DecisionBeforeActError(Problem):
    code = "decision_before_act"
    happened = _("The act may have lasted until %(day)s; this decision is dated before that.")
    next_step = _("Correct the day, or first correct when it is said to have happened.")


class JoinedToItselfError(Problem):
    code = "joined_to_itself"
    happened = _("A case cannot be joined to itself, nor to one that was joined to it.")
    next_step = _("Check the number of the other case.")


class PersonsDisagreeError(Problem):
    code = "persons_disagree"
    happened = _("You named %(named)s and wrote that it concerns %(persons)s.")
    next_step = _("Name everybody whom it concerns, or correct the number.")


class NotSuspectError(Problem):
    code = "not_a_suspect"
    happened = _("%(code)s is not a suspect of this case.")
    next_step = _("Choose among the suspects, or enter the person first.")


class MonthsWithoutSentenceError(Problem):
    code = "months_without_sentence"
    happened = _("For %(code)s there are months and no sentence.")
    next_step = _("Choose the sentence to which the months belong.")


class TwiceBeforeCourtError(Problem):
    code = "twice_before_court"
    happened = _("%(code)s is before the court already.")
    next_step = _("Choose those who were sent there with this decision.")


class NotBeforeCourtError(Problem):
    code = "not_before_court"
    happened = _("%(code)s is not before the court: not sent there, or judged already.")
    next_step = _(
        "Choose among those who are before the court, or enter first that they were sent."
    )


class NotJudgedError(Problem):
    code = "not_judged"
    happened = _("Judged so far: %(judged)s. This decision sends %(persons)s before a court again.")
    next_step = _("Correct the number of persons.")


class ReliefBarredError(Problem):
    """`granted`: what the rules bar, with their answers."""

    code = "relief_barred"
    happened = _("The rules say that the law bars this way out: %(reliefs)s.")
    next_step = _(
        "Read why below. If it was granted all the same, write the reasons that the decision gives: it stays visible that the law bars it."
    )

    def __init__(self, granted: Sequence[Granted], **details: object) -> None:
        super().__init__(**details)
        self.granted = granted


class NotCoveredError(Problem):
    code = "not_covered"
    happened = _("On the day of the act no provision covered this conduct by such a person.")
    next_step = _("Check the conduct, the capacity of the person and the day of the act.")


class ActDayNeededError(Problem):
    code = "act_day_needed"
    happened = _("The provision depends on the day of the act: the wording changed meanwhile.")
    next_step = _("Write the last day of the act, as the charge names it.")


class ActDayOutsideError(Problem):
    code = "act_day_outside"
    happened = _("The act is said to have happened from %(first)s to %(last)s.")
    next_step = _("Write a day between these, or correct first when it is said to have happened.")


class ChargedAlreadyError(Problem):
    code = "charged_already"
    happened = _("%(code)s is charged with this already.")
    next_step = _("Withdraw the charge that stands before you enter another one.")


class ChargeWithdrawnError(Problem):
    code = "charge_withdrawn"
    status = 409
    happened = _("This charge was withdrawn already.")
    next_step = _("Open the case's decisions to see what stands.")


class DayInFutureError(Problem):
    code = "day_in_future"
    happened = _("This day is in the future.")
    next_step = _("Correct the day, or enter it once it is done.")


class DayTooEarlyError(Problem):
    code = "day_too_early"
    happened = _("It cannot be before %(day)s, the day to which it belongs.")
    next_step = _("Correct the day: write the one on the document.")


class ProceedingClosedError(Problem):
    code = "proceeding_closed"
    status = 409
    happened = _("This proceeding was closed on %(day)s.")
    next_step = _("Correct the day, or enter it in the proceeding that is open.")


class ByDecisionOnlyError(Problem):
    code = "by_decision_only"
    happened = _("Such a proceeding is opened and closed by a decision.")
    next_step = _("Enter the decision; the proceeding follows it.")


class NotToBeToldError(Problem):
    code = "not_to_be_told"
    happened = _("Of this decision the law does not say that the victim must be told.")
    next_step = _("Enter that somebody was told with the decision which must be told.")


class NotVictimError(Problem):
    code = "not_a_victim"
    happened = _("%(code)s is not a victim of this case.")
    next_step = _("Choose among the victims, or leave the person open.")
