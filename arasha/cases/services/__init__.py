"""What may be done to the register of cases, by what it is for."""

from arasha.cases.services.charging import charge, withdraw_charge
from arasha.cases.services.classifying import classify, note_conflict
from arasha.cases.services.clocks import (
    resume_clocks,
    start_clock,
    stop_clocks,
    suspend_clocks,
)
from arasha.cases.services.correcting import correct_allegation
from arasha.cases.services.deciding import counted, decide
from arasha.cases.services.destroying import carry_out
from arasha.cases.services.documents import (
    act_on_document,
    add_document,
    copy_out,
    export_documents,
    withdraw_document,
)
from arasha.cases.services.entering import (
    enter,
)
from arasha.cases.services.events import (
    add_act,
    add_event,
    change_state,
    correct_act,
    correct_event,
    involve,
)
from arasha.cases.services.feeds import make_feed, revoke_feed
from arasha.cases.services.holds import lift_hold, place_hold
from arasha.cases.services.importing import (
    ask_for,
    fail,
    give_up,
    map_columns,
    take_in,
    upload,
)
from arasha.cases.services.law_changes import review_answers, settle_change
from arasha.cases.services.letters import keep_letter
from arasha.cases.services.names import fold_anew
from arasha.cases.services.notes import add_note
from arasha.cases.services.numbers import add_number
from arasha.cases.services.paper import (
    enter_from_paper,
)
from arasha.cases.services.persons import add_person, correct_person
from arasha.cases.services.proceedings import add_step, close_proceeding, open_proceeding
from arasha.cases.services.registering import register
from arasha.cases.services.reports import (
    Report,
    Teller,
    enter_in_book,
    note_warning,
    take_report,
)
from arasha.cases.services.retention import (
    agree_to_list,
    make_list,
    set_retention,
    take_out,
    withdraw_list,
)
from arasha.cases.services.same_events import compare, settle
from arasha.cases.services.settling import Outcome, counted_outcome, join, pass_on
from arasha.cases.services.telling import receive_allegation
from arasha.cases.services.telling_victims import tell_victim
from arasha.cases.services.term_requests import answer_request, ask_for_term
from arasha.cases.services.terms import answer_motion, file_motion, resume_term, suspend_term
from arasha.cases.services.undoing import (
    undo,
)
from arasha.cases.services.view_codes import make_code, replace_code, revoke_code

__all__ = [
    "Outcome",
    "Report",
    "Teller",
    "act_on_document",
    "add_act",
    "add_document",
    "add_event",
    "add_note",
    "add_number",
    "add_person",
    "add_step",
    "agree_to_list",
    "answer_motion",
    "answer_request",
    "ask_for",
    "ask_for_term",
    "carry_out",
    "change_state",
    "charge",
    "classify",
    "close_proceeding",
    "compare",
    "copy_out",
    "correct_act",
    "correct_allegation",
    "correct_event",
    "correct_person",
    "counted",
    "counted_outcome",
    "decide",
    "enter",
    "enter_from_paper",
    "enter_in_book",
    "export_documents",
    "fail",
    "file_motion",
    "fold_anew",
    "give_up",
    "involve",
    "join",
    "keep_letter",
    "lift_hold",
    "make_code",
    "make_feed",
    "make_list",
    "map_columns",
    "note_conflict",
    "note_warning",
    "open_proceeding",
    "pass_on",
    "place_hold",
    "receive_allegation",
    "register",
    "replace_code",
    "resume_clocks",
    "resume_term",
    "review_answers",
    "revoke_code",
    "revoke_feed",
    "set_retention",
    "settle",
    "settle_change",
    "start_clock",
    "stop_clocks",
    "suspend_clocks",
    "suspend_term",
    "take_in",
    "take_out",
    "take_report",
    "tell_victim",
    "undo",
    "upload",
    "withdraw_charge",
    "withdraw_document",
    "withdraw_list",
]
