from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NotYetOpenedError(Problem):
    code = "not_yet_opened"
    status = 409
    happened = _("Nobody has opened this appeal yet, so nobody can know what it says.")
    next_step = _("Open it in the reader first.")


class AlreadyErasedError(Problem):
    code = "already_erased"
    status = 409
    happened = _("What was sealed in this appeal has been destroyed.")
    next_step = _(
        "Nothing can be done with it any more. The code and the proof of filing stay valid."
    )


class UnclassifiedError(Problem):
    code = "unclassified"
    status = 409
    happened = _("Nobody has noted yet what this appeal is about.")
    next_step = _("Note it after reading, then end the appeal.")


class AlreadyClosedError(Problem):
    code = "already_closed"
    status = 409
    happened = _("This appeal has already ended.")
    next_step = _("Read how it ended. To go on with it, open it again and give a reason.")


class NotClosedError(Problem):
    code = "not_closed"
    status = 409
    happened = _("This appeal has not ended.")
    next_step = _("Enter its outcome first.")


class WithdrawalClosesNothingError(Problem):
    code = "withdrawal_closes_nothing"
    status = 409
    happened = _("A withdrawal does not end an appeal about torture or ill-treatment.")
    next_step = _(
        "The withdrawal is noted. Look into the matter, ask whether the person was pressed, and enter what was found."
    )


class NotWithdrawnError(Problem):
    code = "not_withdrawn"
    status = 409
    happened = _("Nobody has noted that the person asked to withdraw.")
    next_step = _("Note the request to withdraw first, or choose another outcome.")


class JoinedToNothingError(Problem):
    code = "joined_to_nothing"
    status = 422
    happened = _("It is not said to which appeal this one is joined.")
    next_step = _("Write the filing code of the other appeal. It must be open to you.")


class JoinedToItselfError(Problem):
    code = "joined_to_itself"
    status = 422
    happened = _("An appeal cannot be joined to itself, nor to one that is joined to it.")
    next_step = _("Write the filing code of the other appeal.")


class NoReplyYetError(Problem):
    code = "no_reply_yet"
    status = 409
    happened = _("No reply lies in the mailbox of this appeal.")
    next_step = _("Write the reply in the reader first, or say how else the person was answered.")


class TermMetError(Problem):
    code = "term_met"
    status = 409
    happened = _("This term has ended.")
    next_step = _("Go back to the appeal and read its terms again.")


class TermStandsError(Problem):
    code = "term_stands"
    status = 409
    happened = _("This term stands still.")
    next_step = _("Let it go on first.")


class TermRunsError(Problem):
    code = "term_runs"
    status = 409
    happened = _("This term does not stand still.")
    next_step = _("Go back to the appeal and read its terms again.")


class TermRanOutError(Problem):
    code = "term_ran_out"
    status = 409
    happened = _("This term has run out, and what has run out cannot be made longer.")
    next_step = _("Answer as soon as you can. The page says by how many days it is late.")


class NotLongerError(Problem):
    code = "not_longer"
    status = 422
    happened = _("The new day is not later than the one that stands.")
    next_step = _("Write the day that was decided.")


class MuchLongerError(Problem):
    code = "much_longer"
    status = 422
    happened = _("The new day makes the term longer by more than the whole term.")
    next_step = _(
        "If this day was decided, tick that it was. Otherwise write an earlier day: a person waits for the answer."
    )


class ExtendedBeforeError(Problem):
    code = "extended_before"
    status = 409
    happened = _("This term was already made longer for this reason.")
    next_step = _("A term is made longer once for each reason. Choose another reason, or answer.")


class DueBeforeTodayError(Problem):
    code = "due_before_today"
    status = 422
    happened = _("The day by which the body should answer has passed.")
    next_step = _("Write today or a later day.")


class RequestAnsweredError(Problem):
    code = "request_answered"
    status = 409
    happened = _("An answer to this request is already entered.")
    next_step = _("Go back to the appeal and read it. For something else make a new request.")


class NoNumberError(Problem):
    code = "no_number"
    status = 422
    happened = _("There is no letter and no digit in this number.")
    next_step = _("Write it as it stands on the document.")


class NumberKnownError(Problem):
    code = "number_known"
    status = 409
    happened = _("This number of this body is already entered for the appeal.")
    next_step = _("Go back to the appeal and read its numbers.")


class WatchRunsError(Problem):
    code = "watch_runs"
    status = 409
    happened = _("Somebody is still to ask whether the person is safe.")
    next_step = _("Do the check-backs that are planned for this appeal first.")


class CheckBackDoneError(Problem):
    code = "check_back_done"
    status = 409
    happened = _("What this check-back found is already entered.")
    next_step = _("Go back to the appeal and read it.")


class NotDueError(Problem):
    code = "not_due"
    status = 409
    happened = _("The rules of the country do not say that the time to keep this appeal is over.")
    next_step = _("Keep it. If a court ordered otherwise, choose that reason.")


class ErasureAskedError(Problem):
    code = "erasure_asked"
    status = 409
    happened = _("Somebody has already asked to destroy this appeal.")
    next_step = _("Another officer agrees to it or keeps the appeal.")


class ErasureAnsweredError(Problem):
    code = "erasure_answered"
    status = 409
    happened = _("This request to destroy an appeal is already answered.")
    next_step = _("Go back to the list and read what stands there now.")


class SamePersonError(Problem):
    code = "same_person"
    status = 409
    happened = _("You asked for it yourself, and two people must agree.")
    next_step = _("Another officer of your body agrees to it or keeps the appeal.")
