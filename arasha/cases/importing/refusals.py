"""Why a file is no table for us, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.papers.tables import TableError

WORDS: dict[str, Promise] = {
    "empty": _("it has no heading with lines below it."),
    "too_large": _("it is too large. Divide it into several files."),
    "too_many_rows": _("it has too many lines. Divide it into several files."),
    "too_many_columns": _("it has too many columns."),
    "unpacks_too_large": _("it would fill the memory when it is unpacked."),
    "old_or_locked": _("it is a workbook of before 2007, or it has a password."),
    "not_a_table": _("it is neither CSV nor XLSX, or it has programs in it."),
    "unreadable": _("it is damaged."),
    "encoding": _("its letters cannot be read."),
    "quotes": _("a quoted text in line %(line)s does not end."),
    "no_such_sheet": _("it has no sheet that can be seen."),
}


def why(error: TableError) -> str:
    return str(WORDS[error.code]) % {"line": error.line}
