from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class LogAheadError(Problem):
    """Signing now would publish a second history."""

    code = "log_ahead"
    status = 503
    happened = _(
        "The log is ahead of this database: %(source)s knows %(published)s leaves, and the database "
        "knows %(known)s of them."
    )
    next_step = _(
        "Nothing was signed. Restore a newer backup if there is one; else run `arasha log recover`, "
        "which brings the leaves back from the published log. Do not delete the record of the last "
        "checkpoint: docs/howto/restore.md says why."
    )


class LogContradictsError(Problem):
    """Same size, another root: one of the two is not this log."""

    code = "log_contradicts"
    status = 503
    happened = _(
        "%(source)s and this database have different contents at %(size)s leaves: one of them was "
        "changed or belongs to another installation."
    )
    next_step = _(
        "Nothing was signed. Restore the newest backup of this installation, and keep both versions: "
        "docs/howto/restore.md says what to compare."
    )


class NobodyAnswersError(Problem):
    """Nobody outside can say whether this database is the newest."""

    code = "nobody_answers"
    status = 503
    happened = _(
        "None of the %(asked)s witnesses and mirrors answers, so nobody can tell whether this "
        "database is the newest one."
    )
    next_step = _(
        "Nothing was signed; appeals are taken meanwhile, and it is tried again. If you are sure that "
        "nothing was restored here: arasha sequencer --alone"
    )


class SignedByAnotherKeyError(Problem):
    """Keys are in no backup: a machine restored without them would go on under new ones unseen."""

    code = "signed_by_another_key"
    status = 503
    happened = _(
        "The published checkpoint of this log was signed by another key than the one on this machine "
        "(%(key)s)."
    )
    next_step = _(
        "Nothing was signed. Bring the folder of keys back from where it is kept, and start the "
        "sequencer after that. If the old key is lost for ever: arasha log key lost. "
        "docs/howto/change-the-log-key.md says what that means."
    )


class SignedElsewhereError(Problem):
    """Two sequencers: the other one was faster."""

    code = "signed_elsewhere"
    status = 409
    happened = _("Another sequencer signed in between.")
    next_step = _("This one signed nothing. Let one of the two run, and end the other.")


class NothingToRecoverError(Problem):
    code = "nothing_to_recover"
    happened = _("Nobody knows more of this log than this database: %(known)s leaves.")
    next_step = _("There is nothing to bring back. Start the sequencer.")


class CannotRecoverError(Problem):
    code = "cannot_recover"
    happened = _("The log cannot be brought back from %(source)s: %(fault)s.")
    next_step = _(
        "Nothing was changed. Name another mirror: arasha log recover --from https://mirror.example/log"
    )


class LogDamagedError(Problem):
    """A file of the log is missing or does not lead to the signed root."""

    code = "log_damaged"
    status = 503
    happened = _("The log on disk is damaged: %(fault)s.")
    next_step = _(
        "Nothing was signed. Move the folder of the log away; the sequencer writes it anew from the "
        "database, and refuses if the result is not the same."
    )
