from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class AlreadyRunningError(Problem):
    code = "already_running"
    status = 409
    happened = _("Another %(name)s is running on this machine.")
    next_step = _("Let it run, or end it first.")


class WouldOverwriteError(Problem):
    code = "would_overwrite"
    status = 409
    happened = _("There is data here already: %(what)s.")
    next_step = _("Back it up first. Then write the same again with --over to replace it.")


class FileThereError(Problem):
    code = "file_there"
    status = 409
    happened = _("There is a file with this name already: %(file)s.")
    next_step = _("Choose another name, or write the same again with --over to replace it.")


class BackupUnreadableError(Problem):
    code = "backup_unreadable"
    happened = _("%(file)s is not a whole backup of Arasha: %(fault)s.")
    next_step = _("Nothing was changed. Take another copy of the backup.")


class OtherDatabaseError(Problem):
    code = "other_database"
    happened = _("The backup is of %(backup)s, and this server uses %(here)s.")
    next_step = _("Set ARASHA_DATABASE to a database of the same kind. Nothing was changed.")


class BackupBehindLogError(Problem):
    """Restoring it would make the sequencer refuse, or sign a second history."""

    code = "backup_behind_log"
    status = 409
    happened = _(
        "This machine has signed a log of %(signed)s leaves, and the backup knows %(known)s of them: "
        "acts that were published would be missing."
    )
    next_step = _(
        "Nothing was changed. Restore a backup that was made later. If there is none, write the same "
        "again with --behind, then run `arasha log recover`: docs/howto/restore.md tells what comes back."
    )


class ProgramMissingError(Problem):
    code = "program_missing"
    happened = _("This needs the program %(program)s, and the machine does not have it.")
    next_step = _("Install it: apt-get install postgresql-client")


class ProgramFailedError(Problem):
    code = "program_failed"
    happened = _("%(program)s ended with an error: %(said)s")
    next_step = _("Look at what it said, and try again.")


class NextKeyMissingError(Problem):
    code = "next_key_missing"
    status = 409
    happened = _("The log has one key, and no next one that could take its place.")
    next_step = _("Nothing was changed. Make the next key first: arasha log key next")


class NextKeyTooYoungError(Problem):
    code = "next_key_too_young"
    status = 409
    happened = _("Both keys sign until %(day)s, so that witnesses and terminals learn the new one.")
    next_step = _(
        "Nothing was changed. Wait until then. If the old key was stolen: arasha log key retire --stolen"
    )


class NextKeyNotSigningError(Problem):
    code = "next_key_not_signing"
    status = 409
    happened = _("The published checkpoint is not signed by the next key yet.")
    next_step = _("Nothing was changed. Let the sequencer publish an epoch first.")
