from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class LogAheadError(Problem):
    """Signing now would publish a second history."""

    code = "log_ahead"
    status = 503
    happened = _(
        "The log is ahead of this database: it was published up to %(published)s leaves, and the "
        "database knows %(known)s of them."
    )
    next_step = _(
        "Nothing was signed. Restore the newest backup: one that was made after that state was "
        "published. Do not delete the record of the last checkpoint: docs/howto/restore.md says why."
    )


class LogContradictsError(Problem):
    """Same size, another root: one of the two is not this log."""

    code = "log_contradicts"
    status = 503
    happened = _(
        "The log and this database have different contents at %(size)s leaves: one of them was "
        "changed or belongs to another installation."
    )
    next_step = _(
        "Nothing was signed. Restore the newest backup of this installation, and keep both versions: "
        "docs/howto/restore.md says what to compare."
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
