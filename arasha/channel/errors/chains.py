from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class SameHandsError(Problem):
    code = "same_hands"
    status = 403
    happened = _("You announced this terminal's new image yourself.")
    next_step = _("Ask a colleague to confirm it: two people must know.")


class ChainOfferClosedError(Problem):
    code = "chain_offer_closed"
    status = 409
    happened = _("This new image is confirmed already, or another one was announced after it.")
    next_step = _("Open the terminal's page to see how it stands.")


class RevokedTerminalError(Problem):
    code = "revoked_terminal"
    status = 409
    happened = _("This terminal was revoked.")
    next_step = _("Enrol it anew by two people; it begins with its first chain.")
