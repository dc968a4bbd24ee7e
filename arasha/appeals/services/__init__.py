"""What is done with appeals, by the part of the work."""

from arasha.appeals.services.attachments import keep_attachment, keep_scan
from arasha.appeals.services.closing import close, reopen
from arasha.appeals.services.correspondence import (
    add_headers,
    add_note,
    add_own_headers,
    add_reply,
    note_looks,
    tell_state,
)
from arasha.appeals.services.entering import enter
from arasha.appeals.services.erasure import ask_erasure, confirm_erasure, decline_erasure, erase
from arasha.appeals.services.filing import FILED, Filed, file
from arasha.appeals.services.letters import file_letter, forget_spent_puzzles, new_puzzle
from arasha.appeals.services.numbers import add_number
from arasha.appeals.services.openers import Challenge, ask_liveness, cover, show_liveness
from arasha.appeals.services.opening import (
    begin_errand,
    end_session,
    end_sessions,
    hash_of,
    note_fetch,
    open_appeal,
    redeem_errand,
    use_session,
)
from arasha.appeals.services.requests import ask_body, register_answer, remind
from arasha.appeals.services.terms import begin_terms, extend, resume, suspend
from arasha.appeals.services.watch import answer_check_back, call_back, open_watch
from arasha.appeals.services.work import (
    ask_withdrawal,
    classify,
    give_back,
    move,
    note_journal_taken,
    take,
)

__all__ = [
    "FILED",
    "Challenge",
    "Filed",
    "add_headers",
    "add_note",
    "add_number",
    "add_own_headers",
    "add_reply",
    "answer_check_back",
    "ask_body",
    "ask_erasure",
    "ask_liveness",
    "ask_withdrawal",
    "begin_errand",
    "begin_terms",
    "call_back",
    "classify",
    "close",
    "confirm_erasure",
    "cover",
    "decline_erasure",
    "end_session",
    "end_sessions",
    "enter",
    "erase",
    "extend",
    "file",
    "file_letter",
    "forget_spent_puzzles",
    "give_back",
    "hash_of",
    "keep_attachment",
    "keep_scan",
    "move",
    "new_puzzle",
    "note_fetch",
    "note_journal_taken",
    "note_looks",
    "open_appeal",
    "open_watch",
    "redeem_errand",
    "register_answer",
    "remind",
    "reopen",
    "resume",
    "show_liveness",
    "suspend",
    "take",
    "tell_state",
    "use_session",
]
