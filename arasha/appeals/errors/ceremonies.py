from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NothingSealedError(Problem):
    code = "nothing_sealed"
    status = 422
    happened = _("No sealed appeal of your body was chosen.")
    next_step = _("Write the filing codes that the order names.")


class AskedItYourselfError(Problem):
    code = "asked_it_yourself"
    status = 409
    happened = _("You asked for this export yourself, and two people must agree.")
    next_step = _("A supervisor or another officer of your body confirms it.")


class ExportAnsweredError(Problem):
    code = "export_answered"
    status = 409
    happened = _("This export is already confirmed or declined.")
    next_step = _("Go back to the list and read what stands there now.")


class NotConfirmedError(Problem):
    code = "not_confirmed"
    status = 409
    happened = _("Nobody has confirmed this export.")
    next_step = _("A supervisor or another officer of your body confirms it first.")


class ExportOverError(Problem):
    code = "export_over"
    status = 409
    happened = _("This export was confirmed more than one day ago.")
    next_step = _("Ask for it again, and let it be confirmed again.")


class ProtocolKnownError(Problem):
    code = "protocol_known"
    status = 409
    happened = _("The protocol with this SHA-256 is already entered.")
    next_step = _("Go back to the list and read it there.")
