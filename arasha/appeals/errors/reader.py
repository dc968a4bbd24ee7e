from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class ErrandSpentError(Problem):
    code = "errand_spent"
    status = 410
    happened = _("This way into the reader was already used, or is older than two minutes.")
    next_step = _("Go back to the desk and press the button again.")


class OfficersOnlyError(Problem):
    code = "officers_only"
    status = 403
    happened = _("Only officers open the reader, each with their own key.")
    next_step = _(
        "Ask an officer of your institution to open what you need to know about. "
        "Lists, terms and figures stand here on the desk."
    )


class SessionOverError(Problem):
    code = "session_over"
    status = 401
    happened = _("The reader's session has ended.")
    next_step = _("Nothing you typed is lost. Go to the desk and open the reader from there.")


class MalformedSealedError(Problem):
    code = "malformed_sealed"
    happened = _("What the reader sent is not in the form of a sealed text: %(why)s")
    next_step = _(
        "Open the appeal again and send it once more; tell who runs the server if it stays."
    )


class TagTakenError(Problem):
    code = "tag_taken"
    status = 409
    happened = _("Somebody else answered this appeal meanwhile.")
    next_step = _("Open the appeal again, see what was answered, then send yours.")


class StateMovedError(Problem):
    code = "state_moved"
    status = 409
    happened = _("The appeal has come into another state meanwhile.")
    next_step = _("Nothing is lost: the reader tells the new state by itself.")


class UnknownChannelError(Problem):
    code = "unknown_channel"
    happened = _("It is not said how the appeal came.")
    next_step = _("Choose paper, phone, e-mail or in person.")


class FutureDayError(Problem):
    code = "future_day"
    happened = _("The day on which the appeal came lies in the future.")
    next_step = _("Write today, or the earlier day on which it came.")


class LongAgoDayError(Problem):
    code = "long_ago_day"
    happened = _("The day on which the appeal came is more than ten years ago.")
    next_step = _("Look at the year: it is probably mistyped.")


class NotYourSetError(Problem):
    code = "not_your_set"
    happened = _("The appeal is not sealed to the current readers of your body.")
    next_step = _("Begin again: the reader takes the current list.")


class UnfitRecipientError(Problem):
    code = "unfit_recipient"
    happened = _("The server cannot seal to a key of this kind.")
    next_step = _("Nothing is wrong with the key. It is tried with the appeals themselves.")


class WrongNonceError(Problem):
    code = "wrong_nonce"
    happened = _("The number that came back is not the one that was sealed to this key.")
    next_step = _("Begin again. If it stays, make a new key and tell your office.")


class UnreadableRequestError(Problem):
    code = "unreadable_request"
    status = 400
    happened = _("The reader asked in a way that is not understood here: %(why)s")
    next_step = _("Bring the reader up to date, then try again.")


class SealedTooLargeError(Problem):
    code = "sealed_too_large"
    status = 413
    happened = _("It has %(bytes)s bytes sealed, and at most %(most)s are taken.")
    next_step = _("Nothing is lost. Make it shorter, or write it in two parts.")


class TooManyNotesError(Problem):
    code = "too_many_notes"
    status = 409
    happened = _("This appeal has %(most)s notes already, and no more can be kept with it.")
    next_step = _("Keep what you wrote in the papers of your body, under the filing code.")


class TooManyRepliesError(Problem):
    code = "too_many_replies"
    status = 409
    happened = _("This appeal has %(most)s replies already, and no more can be kept with it.")
    next_step = _("Answer the person in another way, and say how when you enter the outcome.")


class TooManyHeadersError(Problem):
    code = "too_many_headers"
    status = 409
    happened = _("Readers were added to this appeal %(most)s times already, and no more can be.")
    next_step = _("Read on its page who added them, and tell your supervisor.")
