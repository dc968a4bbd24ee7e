from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class UnknownDeviceError(Problem):
    code = "unknown_device"
    status = 401
    happened = _("This terminal is not known here, or its key was revoked.")
    next_step = _("Nothing is lost. Ask the people who look after the terminal to enrol it.")


class BadSignatureError(Problem):
    code = "bad_signature"
    status = 401
    happened = _("The message was not signed by this terminal's key.")
    next_step = _("Nothing is lost. The terminal sends it again by itself.")


class MalformedFilingError(Problem):
    code = "malformed_filing"
    status = 422
    happened = _("What arrived is not a whole sealed appeal: %(why)s")
    next_step = _("Nothing is lost. Touch “Send again”, or keep your slip and come back.")


class TooLargeError(Problem):
    code = "too_large"
    status = 413
    happened = _("The message is larger than any sealed appeal: %(bytes)s bytes.")
    next_step = _("Nothing is lost. Ask the people who look after the terminal.")


class UnknownSetError(Problem):
    code = "unknown_set"
    status = 422
    happened = _("The appeal is sealed to a list of recipients that is not known here.")
    next_step = _("Fetch the current lists and seal it again.")


class CommandingBodyError(Problem):
    code = "commanding_body"
    status = 422
    happened = _("The body this appeal is addressed to commands the place it comes from.")
    next_step = _("Choose a body that does not command this place.")


class NotARecipientError(Problem):
    code = "not_a_recipient"
    status = 422
    happened = _("People in this place cannot write to that body through the terminal.")
    next_step = _("Choose one of the bodies on the list.")


class LeafTakenError(Problem):
    code = "leaf_taken"
    status = 409
    happened = _("Another appeal was already filed under this code.")
    next_step = _("Nothing is lost. Seal it again: the new one gets a code of its own.")


class SetRefusedError(Problem):
    code = "set_refused"
    happened = _("This list of recipients cannot be used: %(why)s")
    next_step = _("Let the body correct the list and sign it again.")


class OldSetError(Problem):
    code = "old_set"
    status = 409
    happened = _("A newer list of recipients of this body is already published.")
    next_step = _("Give the new list a higher version, and sign it again.")


class UnknownBodyError(Problem):
    code = "unknown_body"
    happened = _("No keys are entered for the body “%(body)s”: nobody could check its list.")
    next_step = _("Enter the keys with which the body signs, then publish the list.")


class SetNameTakenError(Problem):
    code = "set_name_taken"
    status = 409
    happened = _("Another body already has a list with the name “%(name)s”.")
    next_step = _("Give the list another name, and sign it again.")


class NotYetOpenedError(Problem):
    code = "not_yet_opened"
    status = 409
    happened = _("Nobody has opened this appeal yet, so nobody can know what it says.")
    next_step = _("Open it in the reader first.")


class OpeningSpentError(Problem):
    code = "opening_spent"
    status = 410
    happened = _("This way into the reader was already used, or is older than two minutes.")
    next_step = _("Go back to the appeal on the desk and press “Open in the reader” again.")


class NotYetProvedError(Problem):
    code = "not_yet"
    status = 404
    happened = _("No record under this code yet.")
    next_step = _("Try again after the next publication of the log.")
