"""What is refused of the people, the events and the words of a case, and what to do then."""

from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NamesakeError(Problem):
    code = "namesake"
    status = 409
    happened = _("Somebody with this name is in the case already: %(code)s.")
    next_step = _(
        "If it is the same person, correct %(code)s. If it is another one, write what tells them "
        "apart: the birth date or marks. Both stay."
    )


class BornLaterError(Problem):
    code = "born_later"
    happened = _("The birth date is in the future.")
    next_step = _("Correct it; a month or a year alone is enough.")


class EventInFutureError(Problem):
    code = "event_in_future"
    happened = _("The event is dated after today.")
    next_step = _("Correct the date; leave it empty if nobody knows it.")


class OwnVictimError(Problem):
    code = "own_victim"
    happened = _("This person is the one who suffered the act.")
    next_step = _("Choose who had a part in it, or correct whom it was done to.")


class AlreadyInvolvedError(Problem):
    code = "already_involved"
    status = 409
    happened = _("This part of the person in this act is entered already.")
    next_step = _("Change its state instead of entering it again.")


class NoStateChangeError(Problem):
    code = "state_before"
    happened = _("The state that stands is of %(day)s; this one is dated before it.")
    next_step = _("Correct the day: write the one on the document.")


class NothingToCorrectError(Problem):
    code = "nothing_to_correct"
    happened = _("This is what the allegation says already.")
    next_step = _("Write what turned out otherwise, or go back.")


class NotOfThisCaseError(Problem):
    code = "not_of_this_case"
    happened = _("The person is not in this case.")
    next_step = _("Add the person to the case first.")


class SettledBeforeError(Problem):
    code = "settled_before"
    status = 409
    happened = _("Somebody has answered this already.")
    next_step = _("Open the case anew: it shows what was answered, and by whom.")


class NoWordsError(Problem):
    code = "no_words"
    happened = _("It is not said why.")
    next_step = _("Write in a sentence why the two are not the same.")
