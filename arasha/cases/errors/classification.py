"""Refusals of a signature, and of settling a change of the rules."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NotTheProsecutorError(Problem):
    code = "not_the_prosecutor"
    status = 403
    happened = _("Only a prosecutor of the office that conducts the case signs its classification.")
    next_step = _("Ask a prosecutor of that office to sign it.")


class FactorNotFreshError(Problem):
    code = "factor_not_fresh"
    status = 403
    happened = _(
        "A classification is signed with a passkey or a code shown in the last five minutes."
    )
    next_step = _("Show your second factor again; what you wrote is kept.")


class CriteriaMissingError(Problem):
    code = "criteria_missing"
    happened = _("Without a purpose the law speaks of ill-treatment, not of torture.")
    next_step = _("Tick the purposes that the account shows, or choose ill-treatment.")


class SameClassificationError(Problem):
    code = "same_classification"
    status = 409
    happened = _("The case is classified exactly so already.")
    next_step = _("Change what is different, or leave the form.")


class ReclassificationReasonError(Problem):
    code = "reclassification_reason"
    happened = _("The case is classified already; another classification needs its reason.")
    next_step = _("Choose why it is classified otherwise. The earlier one stays visible.")


class BodyInConflictError(Problem):
    """`conflicts`: all that stands against the body, as codes."""

    code = "body_in_conflict"
    happened = _("That body should not investigate this case.")
    next_step = _(
        "Choose another body. If it must be this one, say why: the warning and your answer are kept."
    )

    def __init__(self, conflicts: Sequence[str]) -> None:
        super().__init__()
        self.conflicts = conflicts


class AlreadySettledError(Problem):
    code = "already_settled"
    status = 409
    happened = _("Somebody has already said what follows from this change of the rules.")
    next_step = _("Read what was said beside the change.")


class SettlingWordsError(Problem):
    code = "settling_words"
    happened = _("What follows from the change is missing.")
    next_step = _("Say in a sentence what you did, or why nothing follows.")
