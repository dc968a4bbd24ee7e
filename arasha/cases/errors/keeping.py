"""Refusals of holds, notes, codes and lists of what is destroyed."""

from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class ErasedError(Problem):
    code = "erased"
    status = 409
    happened = _("What was known of people in this case has been destroyed.")
    next_step = _("The number, the days and the stages stay. Nothing can be added any more.")


class HoldLiftedError(Problem):
    code = "hold_lifted"
    status = 409
    happened = _("This hold is already lifted.")
    next_step = _("Go back to the page “Keeping” and read it again.")


class NotTheVictimsError(Problem):
    code = "not_the_victims"
    happened = _("A code is given to a victim, or to whoever acts for the victim.")
    next_step = _("Choose a person with such a role, or correct the role first.")


class NoAuthorityError(Problem):
    code = "no_authority"
    happened = _("It is not said that this person may act for the victim.")
    next_step = _("Look at the warrant or the power of attorney, then tick that you saw it.")


class CodeStandsError(Problem):
    code = "code_stands"
    status = 409
    happened = _("This person has a code already.")
    next_step = _("If the slip is lost, replace the code: the old one stops at once.")


class CodeRevokedError(Problem):
    code = "code_revoked"
    status = 409
    happened = _("This code is already revoked.")
    next_step = _("Make a new one if the person needs it.")


class EmptyListError(Problem):
    code = "empty_list"
    happened = _("No case is chosen.")
    next_step = _("Tick the cases that are to be destroyed.")


class NotOverError(Problem):
    code = "not_over"
    status = 409
    happened = _("The time to keep case %(number)s is not over, or it cannot be destroyed now.")
    next_step = _("Take it off the list. The page says what can be destroyed today.")


class NotVouchedError(Problem):
    code = "not_vouched"
    happened = _("The time to keep case %(number)s is not checked against the official text.")
    next_step = _("Tick that you checked it yourself, or leave the case out.")


class ListedYourselfError(Problem):
    code = "listed_yourself"
    status = 403
    happened = _("You made this list yourself.")
    next_step = _("Another person who leads the office must agree.")


class ListAnsweredError(Problem):
    code = "list_answered"
    status = 409
    happened = _("This list is already agreed, withdrawn or carried out.")
    next_step = _("Go back to the list and read what became of it.")


class NoReasonError(Problem):
    code = "no_reason"
    happened = _("The reason is missing.")
    next_step = _("Write in a few words why.")


class EmptyNoteError(Problem):
    code = "empty_note"
    happened = _("The note is empty.")
    next_step = _("Write what the others should know.")


class NotTheLeaderError(Problem):
    code = "not_the_leader"
    status = 403
    happened = _("Only somebody who leads the office agrees to a list.")
    next_step = _("Ask the supervisor of the office that made it.")
