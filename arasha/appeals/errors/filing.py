from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class MalformedFilingError(Problem):
    code = "malformed_filing"
    status = 422
    happened = _("What arrived is not a whole sealed appeal: %(why)s")
    next_step = _(
        "It is kept, sealed, where it was written. Write it again, or keep your slip and ask a monitor "
        "or a lawyer."
    )


class TooLargeError(Problem):
    code = "too_large"
    status = 413
    happened = _("The message is larger than any sealed appeal: %(bytes)s bytes.")
    next_step = _("Nothing is lost. Ask the people who look after the terminal.")


class UnknownCodeError(Problem):
    code = "unknown_code"
    status = 404
    happened = _("There is no appeal under this code here, or it was erased.")
    next_step = _("Nothing is lost. The appeal itself is sent first, then what belongs to it.")


class WrongHashError(Problem):
    code = "wrong_hash"
    status = 422
    happened = _("What arrived is not the whole file that was announced.")
    next_step = _("Nothing is lost. Send the same file again.")


class MalformedAttachmentError(Problem):
    code = "malformed_attachment"
    status = 422
    happened = _("What arrived is not a file sealed to the readers of the appeal: %(why)s")
    next_step = _("Seal it again, to the list of recipients that the appeal names.")


class TooManyAttachmentsError(Problem):
    code = "too_many_attachments"
    status = 422
    happened = _("This appeal has %(most)s files already, and no more can be kept with it.")
    next_step = _("Write another appeal, and name the code of this one in it.")


class UnknownSetError(Problem):
    code = "unknown_set"
    status = 422
    happened = _("The appeal is sealed to a list of recipients that is not known here.")
    next_step = _("Fetch the current lists and seal it again.")


class OtherBodysReadersError(Problem):
    code = "other_bodys_readers"
    status = 409
    happened = _("These are the readers of another body, so nothing was added.")
    next_step = _(
        "In the reader, open “Add readers” and choose that body: first it is checked that it may "
        "receive the appeal."
    )


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
