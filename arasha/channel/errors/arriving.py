from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class MalformedBundleError(Problem):
    code = "malformed_bundle"
    status = 400
    happened = _("What arrived is not a bundle of a terminal: %(why)s")
    next_step = _("What people wrote stays at the terminal and goes with its later bundles.")


class MalformedObjectError(Problem):
    code = "malformed_object"
    happened = _("What arrived whole is no appeal and no file of one: %(why)s")
    next_step = _(
        "It is kept, sealed, where it was written. Write it again, or keep your slip and ask a monitor "
        "or a lawyer."
    )


class UnknownTerminalError(Problem):
    """Refused for good: whoever carries its bundles need not bring them again."""

    code = "unknown_device"
    status = 403
    happened = _("This terminal is not known here, or its key was revoked.")
    next_step = _("Nothing is lost. Ask the people who look after the terminal to enrol it.")


class ForgedBundleError(Problem):
    code = "bad_signature"
    status = 403
    happened = _("The message was not signed by this terminal's key.")
    next_step = _("What people wrote stays at the terminal and goes with its later bundles.")


class NoDeliveryError(Problem):
    code = "no_delivery"
    status = 404
    happened = _("Nothing came of this terminal on that day, or the day is not over yet.")
    next_step = _("Ask again after midnight in the country.")
