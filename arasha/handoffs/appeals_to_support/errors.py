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


class NobodyToFindError(Problem):
    code = "nobody_to_find"
    happened = _(
        "The centre could not find the person: they agreed neither that their name be told nor where they are."
    )
    next_step = _(
        "Ask whether one of the two may be told. If not, help the person yourselves, without the centre."
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
