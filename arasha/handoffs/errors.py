"""Refusals that several crossings share."""

from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class AlreadyPassedError(Problem):
    code = "already_passed"
    status = 409
    happened = _("This appeal is already with that body.")
    next_step = _(
        "Open it on the appeal's page under “Passed to others” to see whether it was accepted."
    )


class AlreadyAnsweredError(Problem):
    code = "already_answered"
    status = 409
    happened = _("This was already answered.")
    next_step = _("Open it to read the answer.")


class AccusedNotRecordedError(Problem):
    code = "accused_not_recorded"
    status = 409
    happened = _("Nobody has recorded yet whom this appeal complains of.")
    next_step = _(
        "Record it first, after reading: only then can a conflict of interest be checked."
    )


class AccusedBodyError(Problem):
    code = "accused_body"
    happened = _("The receiver is the body complained of, or stands above or below it.")
    next_step = _("Choose a body that has nothing to do with it.")


class CommandingReceiverError(Problem):
    code = "commanding_receiver"
    happened = _("The receiver commands the place that the appeal is about.")
    next_step = _("Choose a body that does not command it.")


class NotCompetentError(Problem):
    code = "not_competent"
    happened = _("By the rules in this system that body may not receive this matter.")
    next_step = _("Choose another body, or correct what the appeal is about.")


class UnnamedOpensNothingError(Problem):
    code = "unnamed_opens_nothing"
    happened = _("An appeal without a name opens no case there.")
    next_step = _(
        "Propose a special visit to the preventive mechanism, or leave it with the Ombudsperson. "
        "Whoever wants to give a name writes a new appeal with it: nothing can be added to this one yet."
    )
