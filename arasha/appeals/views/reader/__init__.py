"""What an officer's own reader asks of the desk: ciphertext and days, never a plain word.

Only the reader's program calls these addresses. No cookie counts here: each request names a session
by its token, and is done as the officer whose session it is.
"""

from arasha.appeals.views.reader.correspondence import headers_of, notes, recorded, replies
from arasha.appeals.views.reader.entry import entered, entry
from arasha.appeals.views.reader.fetching import appeal, attachment, cards, coded
from arasha.appeals.views.reader.keys import coverage, headers, liveness
from arasha.appeals.views.reader.session import end, look
from arasha.appeals.views.reader.telling import told, untold

__all__ = [
    "appeal",
    "attachment",
    "cards",
    "coded",
    "coverage",
    "end",
    "entered",
    "entry",
    "headers",
    "headers_of",
    "liveness",
    "look",
    "notes",
    "recorded",
    "replies",
    "told",
    "untold",
]
