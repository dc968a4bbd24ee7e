from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NoConsentError(Problem):
    code = "no_consent"
    happened = _(
        "A crisis centre is asked only with the person's own consent, and it is not recorded."
    )
    next_step = _(
        "Ask the person what may be told, to whom and from when, and record who asked. "
        "Without consent nothing goes there."
    )


class ConsentNotYetError(Problem):
    code = "consent_not_yet"
    happened = _("The consent begins on a later day.")
    next_step = _("Come back on that day, or ask the person whether it may begin today.")


class AlreadyWithdrawnError(Problem):
    code = "already_withdrawn"
    status = 409
    happened = _("This consent was already withdrawn.")
    next_step = _("Nothing more is needed: the crisis centre sees nothing of it any more.")
