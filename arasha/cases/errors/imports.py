"""Refusals of an import: of its file, of its lines, of its way back."""

from django.utils.translation import gettext_lazy as _

from arasha.problems import Problem


class NotYourOfficeError(Problem):
    code = "not_your_office"
    status = 403
    happened = _("Only a clerk or a prosecutor enters cases, and only for their own office.")
    next_step = _("Ask one of them to do it.")


class UnreadableTableError(Problem):
    """`why` says it in the reader's language; the reason for programmers is in the exception before it."""

    code = "table_unreadable"
    happened = _("The file was not taken: %(why)s")
    next_step = _("Save it as CSV (UTF-8) or as XLSX and upload it again.")


class SameFileError(Problem):
    code = "same_file"
    status = 409
    happened = _("Exactly this file is in the register already.")
    next_step = _("Open that import. To bring the file in anew, take it back first.")


class NotMappedError(Problem):
    code = "not_mapped"
    happened = _("Nobody has said yet what the columns mean.")
    next_step = _("Say it, look at the preview, then take the table in.")


class LinesRefusedError(Problem):
    code = "lines_refused"
    happened = _("Lines with errors: %(count)s. Nothing was taken in.")
    next_step = _("Correct the file and upload it again, or choose to leave these lines out.")


class NothingToTakeError(Problem):
    code = "nothing_to_take"
    happened = _("No line can come in.")
    next_step = _("Correct the file and upload it again.")


class NumbersTakenMeanwhileError(Problem):
    code = "numbers_taken_meanwhile"
    status = 409
    happened = _("A number of the table was entered meanwhile. Nothing was taken in.")
    next_step = _("Look at the preview again: it names the line.")


class ImportOverError(Problem):
    code = "import_over"
    status = 409
    happened = _("This import is over: it is in the register, taken back or given up.")
    next_step = _("Open the list of imports to see how it ended.")


class NotYoursToUndoError(Problem):
    code = "not_yours_to_undo"
    status = 403
    happened = _("Only who imported the table, or who leads the office, takes it back.")
    next_step = _("Ask one of them.")


class WorkedOnError(Problem):
    code = "worked_on"
    status = 409
    happened = _("Somebody has worked on these cases since: %(cases)s. Nothing was taken back.")
    next_step = _("The import stays. Correct the single cases instead.")
