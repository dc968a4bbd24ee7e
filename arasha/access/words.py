"""The policy's codes in people's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.people.roles import ROLE_NAMES

Words = dict[str, Promise]

KINDS: Words = {
    "appeal": _("Appeal"),
    "referral": _("Referral"),
    "forward": _("Forwarded appeal"),
    "visit_proposal": _("Proposal of a special visit"),
    "support_referral": _("Request for help"),
    "footage_hold": _("Hold of footage"),
    "allegation": _("Allegation"),
    "case": _("Case"),
}

# By kind, because a summary of an appeal and one of a case are different things.
COMPARTMENTS: dict[tuple[str, str], Promise] = {
    ("appeal", "summary"): _("The day it came, its code, its state and its deadline"),
    ("appeal", "sealed"): _("The sealed text: who holds no key sees noise"),
    ("appeal", "correspondence"): _("Sealed notes and replies of those who handle it"),
    ("referral", "card"): _("The card that passes an appeal on: who, to whom, until when"),
    ("forward", "card"): _(
        "Which appeal goes from whom to whom, and the answer; the text stays sealed"
    ),
    ("visit_proposal", "card"): _("Where a visit is wanted and why, never who wrote"),
    ("support_referral", "card"): _("What help is wanted"),
    ("support_referral", "consent"): _("What the person agreed to, and when they took it back"),
    ("footage_hold", "card"): _("Which place, zone and hours of footage must be held"),
    ("allegation", "account"): _("What is said to have happened"),
    ("case", "summary"): _("Numbers, stage, deadlines and decisions"),
    ("case", "allegation"): _("What is said to have happened"),
}

# What a post opens without a grant.
OPENED_BY_POST: Words = {
    "terminal": _("Terminals: on which day they were heard, what is wrong, what to do"),
    "terminal_hour": _("Terminals: in which hour they were heard last"),
    "incident": _("Incidents of terminals"),
    "terminal_check": _("What monitors saw at a terminal"),
    "canary_result": _("Whether a test appeal arrived"),
    "canary": _("The number and the slip's code of a test appeal"),
}

REACHES: Words = {"all": _("of all places"), "own": _("of the place that the post leads")}

BASES: Words = {
    "assigned": _("The record is assigned to their institution or to them"),
    "supervises": _("They supervise the work on the record"),
    "referral": _("They passed the matter on, or it was passed on to them"),
    "consent": _("The person concerned agreed"),
    "court": _("A court ordered it"),
    "breakglass": _("They broke the glass in an emergency: four hours, told and reviewed"),
}

ROLES = ROLE_NAMES

RIGHTS: Words = {"r": _("reads"), "rw": _("reads and writes")}

BAR_REASONS: Words = {
    "accused": _("accused in the matter"),
    "witness": _("witness in the matter"),
    "works_there": _("works at the place"),
    "relative": _("relative of somebody concerned"),
}

BREAKING_REASONS: Words = {
    "danger": _("Somebody is in danger"),
    "deadline": _("A deadline of the law ends before the holder is back"),
    "holder_absent": _("The holder cannot be reached"),
}

# What the journal says was done, where a page shows it; other acts are shown by their code.
ACTS: Words = {
    "record.read": _("Read it"),
    "chain.offered": _("Announced that it was imaged anew"),
    "chain.opened": _("Confirmed that it was imaged anew"),
    "chain.alarm_settled": _("Looked into an alarm of its line"),
    "stick.token_issued": _("Gave out a token for a stick"),
    "stick.brought": _("Brought a stick"),
    "ingest_key.made": _("Made a key that terminals seal to"),
    "ingest_key.destroyed": _("Destroyed a key that terminals sealed to"),
    "incident.opened": _("An incident was opened"),
    "incident.hindrance_seen": _("Saw what hinders people from using it"),
    "incident.hindrance_mended": _("Saw that something of it was mended"),
    "incident.closed": _("The incident was closed"),
    "terminal.works_announced": _("Announced works"),
    "terminal.checked": _("Checked it at a visit"),
    "canary.begun": _("Began a test appeal"),
    "canary.slip_entered": _("Entered the slip of a test appeal"),
    "canary.arrived": _("Entered that a test appeal arrived"),
    "access.granted": _("Gave access"),
    "access.withdrawn": _("Withdrew access"),
    "access.barred": _("Kept somebody with a conflict of interest away"),
    "access.bar_lifted": _("Lifted a bar"),
    "access.glass_broken": _("Broke the glass"),
    "access.glass_reviewed": _("Reviewed a breaking of the glass"),
    "appeal.filed": _("It arrived"),
    "appeal.opening_begun": _("Sent it to their reader"),
    "appeal.opened": _("Opened it in their reader"),
    "appeal.entered": _("Entered it for somebody"),
    "appeal.scan_kept": _("Added the scan of the paper"),
    "appeal.file_fetched": _("Fetched a file of it"),
    "appeal.noted": _("Wrote a sealed note"),
    "appeal.replied": _("Wrote a sealed reply"),
    "appeal.mailbox_looked": _("Their reader looked for the writer's mailbox"),
    "appeal.state_told": _("Their reader told the writer how far it is"),
    "appeal.readers_added": _("Added readers"),
    "appeal.classified": _("Noted what it is about"),
    "appeal.checked": _("Marked it as checked"),
    "appeal.passed_on": _("Passed it on"),
    "appeal.answered": _("Answered it"),
    "appeal.taken": _("Took it in hand"),
    "appeal.given_back": _("Gave it back"),
    "appeal.number_added": _("Entered a number"),
    "appeal.body_asked": _("Asked the body complained of for an answer"),
    "appeal.request_reminded": _("A reminder was due"),
    "appeal.request_escalated": _("The supervisor was told"),
    "appeal.body_answered": _("Entered what the body answered"),
    "appeal.term_suspended": _("Suspended a term"),
    "appeal.term_resumed": _("Resumed a term"),
    "appeal.term_extended": _("Extended a term"),
    "appeal.watch_opened": _("Began to watch for reprisals"),
    "appeal.check_back_due": _("A check-back was due"),
    "appeal.check_back_escalated": _("The supervisor was told"),
    "appeal.check_back_done": _("Asked whether the person is safe"),
    "appeal.withdrawal_asked": _("The person asked to withdraw"),
    "appeal.reopened": _("Opened again"),
    "appeal.erasure_asked": _("Asked to destroy it"),
    "appeal.erasure_confirmed": _("Agreed to destroy it"),
    "appeal.erasure_declined": _("Decided to keep it"),
    "appeal.erased": _("What was sealed was destroyed"),
    "appeal.export_asked": _("Asked to carry it, sealed, to the office key"),
    "appeal.export_confirmed": _("Agreed that it is carried, sealed, to the office key"),
    "appeal.export_declined": _("Declined to carry it to the office key"),
    "appeal.exported": _("Fetched it, sealed, for the office key"),
    "appeal.ceremony_held": _("Entered the protocol of an office-key ceremony"),
    "ceremony.held": _("Entered the protocol of an office-key ceremony"),
    "journal.salt_erased": _("Destroyed its salts"),
    "journal.salts_erased": _("Destroyed its salts"),
    "referral.made": _("Passed it on"),
    "referral.accepted": _("Accepted it"),
    "referral.refused": _("Refused it"),
    "appeal.taken_over": _("Took it over"),
    "forward.made": _("Forwarded it"),
    "forward.accepted": _("Accepted it"),
    "forward.returned": _("Returned it"),
    "forward.taken_back": _("Took it back"),
    "visit_proposal.made": _("Proposed a visit"),
    "visit_proposal.accepted": _("Accepted it"),
    "visit_proposal.returned": _("Returned it"),
    "support_referral.made": _("Asked for help"),
    "support_referral.accepted": _("Accepted it"),
    "support_referral.returned": _("Returned it"),
    "consent.recorded": _("Recorded the consent"),
    "consent.withdrawn": _("Recorded that the consent was withdrawn"),
    "footage_hold.made": _("Asked to hold footage"),
    "footage_hold.served": _("Entered the letter"),
    "footage_hold.accepted": _("Entered that it is held"),
    "footage_hold.returned": _("Entered that it is lost"),
    "duty.called": _("Called the duty line"),
    "duty.read": _("Read the call"),
    "duty.escalated": _("Rang the next level"),
    "absence.set": _("Said who stands in"),
    "absence.ended": _("Came back"),
    "duty.shift_planned": _("Planned a shift"),
    "duty.shift_ended": _("Took somebody off duty"),
    "allegation.received": _("Wrote it down"),
    "case.number_added": _("Entered a number"),
    "case.clock_started": _("Started a clock of the law"),
    "case.decided": _("Entered a decision"),
}

BASES_IN_SHORT: Words = {
    "assigned": _("assigned"),
    "supervises": _("supervision"),
    "referral": _("referral"),
    "consent": _("consent"),
    "court": _("court order"),
    "breakglass": _("broken glass"),
}
