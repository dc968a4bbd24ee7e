from django.utils.translation import gettext_lazy as _

from arasha.handoffs.errors import AlreadyPassedError
from arasha.problems import Problem


class AlreadyReferredError(AlreadyPassedError):
    happened = _("This appeal is already with that prosecutor's office.")
    next_step = _("Open the referral to see whether it was accepted.")


class NoConsentError(Problem):
    code = "no_consent"
    happened = _("The person does not agree that this goes to the prosecutor with their account.")
    next_step = _(
        "Respect it: leave the account empty and describe only what the law obliges you to report."
    )
