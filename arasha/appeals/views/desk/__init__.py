"""The officer's day on the desk: the list, one appeal, each act on it, the journal, what is to be destroyed."""

from arasha.appeals.views.desk.acts import act
from arasha.appeals.views.desk.erasing import erasing
from arasha.appeals.views.desk.inbox import inbox
from arasha.appeals.views.desk.incoming import journal_as_csv, journal_page
from arasha.appeals.views.desk.page import appeal_page, go_to_reader, open_in_reader

__all__ = [
    "act",
    "appeal_page",
    "erasing",
    "go_to_reader",
    "inbox",
    "journal_as_csv",
    "journal_page",
    "open_in_reader",
]
