"""Which tables hold records, and by which compartment of the policy each is kept.

Row-level security is built from this list (`rls.py`); a test says that no table of a process is missing.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Protected:
    """A table of a compartment; `column` holds the key of the record that grants and bars name."""

    table: str
    kind: str
    compartment: str
    column: str


@dataclass(frozen=True, slots=True)
class Pair(Protected):
    """A row between two records, open where both are; whoever may read both may change it."""

    other: str


@dataclass(frozen=True, slots=True)
class Trail(Protected):
    """What was done with a record: whoever may read it adds what they did, and nobody changes it."""


@dataclass(frozen=True, slots=True)
class Named(Protected):
    """Where folded names stand, which nobody can guess whole: found by their parts."""

    key: str
    folded: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A column where a record's number stands; compared without its dashes."""

    kind: str
    table: str
    key: str
    number: str


PROTECTED = (
    Protected("appeals_appeal", "appeal", "summary", "key"),
    Protected("appeals_ciphertext", "appeal", "sealed", "appeal_id"),
    Protected("appeals_attachment", "appeal", "sealed", "appeal_id"),
    Protected("appeals_addedheader", "appeal", "correspondence", "appeal_id"),
    Protected("appeals_sealednote", "appeal", "correspondence", "appeal_id"),
    Protected("appeals_reply", "appeal", "correspondence", "appeal_id"),
    Protected("appeals_coverage", "appeal", "correspondence", "appeal_id"),
    Protected("appeals_term", "appeal", "summary", "appeal_id"),
    Protected("appeals_suspension", "appeal", "summary", "appeal_id"),
    Protected("appeals_extension", "appeal", "summary", "appeal_id"),
    Protected("appeals_bodyrequest", "appeal", "summary", "appeal_id"),
    Protected("appeals_externalnumber", "appeal", "summary", "appeal_id"),
    Protected("appeals_checkback", "appeal", "summary", "appeal_id"),
    Protected("appeals_closing", "appeal", "summary", "appeal_id"),
    Protected("appeals_erasure", "appeal", "summary", "appeal_id"),
    Protected("appeals_ceremonyappeal", "appeal", "summary", "appeal_id"),
    Protected("appeals_dutycall", "appeal", "summary", "appeal_id"),
    Protected("appeals_to_appeals_forward", "forward", "card", "key"),
    Protected("appeals_to_visits_visitproposal", "visit_proposal", "card", "key"),
    Protected("appeals_to_support_supportreferral", "support_referral", "card", "key"),
    Protected("appeals_to_support_consent", "support_referral", "consent", "referral_id"),
    Protected("appeals_to_cctv_footagehold", "footage_hold", "card", "key"),
    Protected("appeals_to_cases_referral", "referral", "card", "key"),
    # Before it is registered an allegation stands alone; afterwards its case opens it too.
    Protected("cases_allegation", "allegation", "account", "key"),
    Protected("cases_allegation", "case", "allegation", "case_id"),
    Protected("cases_correction", "allegation", "account", "allegation_id"),
    Protected("cases_correction", "case", "allegation", "case_id"),
    Protected("cases_allegationoutcome", "allegation", "account", "allegation_id"),
    Protected("cases_allegationoutcome", "case", "allegation", "case_id"),
    Protected("cases_allegationnumber", "allegation", "account", "allegation_id"),
    Protected("cases_allegationnumber", "case", "allegation", "case_id"),
    Protected("cases_complainant", "allegation", "account", "allegation_id"),
    Protected("cases_complainant", "case", "identity", "case_id"),
    Protected("cases_reminder", "allegation", "account", "allegation_id"),
    Protected("cases_case", "case", "summary", "key"),
    # Whatever a decision of the head moves. Which decisions are the head's, the procedure says.
    Protected("cases_case", "case", "headship", "key"),
    *(
        Protected(f"cases_{table}", "case", "headship", "case_id")
        for table in (
            *("decision", "ruling", "proceeding", "person", "charge"),
            *("deadline", "extension", "suspension"),
        )
    ),
    *(
        Protected(f"cases_{table}", "case", "summary", "case_id")
        for table in (
            *("number", "deadline", "extension", "suspension", "termrequest", "reminder"),
            *("decision", "ruling", "telling", "proceeding", "step", "charge", "classification"),
            *("person", "lawchange", "legalhold"),
        )
    ),
    *(
        Protected(f"cases_{table}", "case", "allegation", "case_id")
        for table in ("event", "act", "involvement")
    ),
    Protected("cases_identity", "case", "identity", "case_id"),
    # Two cases are suggested by the names in them: what they have in common is as closed as the names.
    Pair("cases_sameevent", "case", "identity", "case_id", "other_id"),
    Protected("cases_viewcode", "case", "identity", "case_id"),
    Protected("cases_document", "case", "evidence", "case_id"),
    Protected("cases_medicaldocument", "case", "medical", "case_id"),
    Trail("cases_custody", "case", "evidence", "case_id"),
    Trail("cases_medicalcustody", "case", "medical", "case_id"),
    Protected("cases_note", "case", "notes", "case_id"),
    Protected("cases_import", "case_import", "rows", "key"),
    Protected("cases_importedcase", "case_import", "rows", "of_import_id"),
    Protected("cases_importedfigure", "case_import", "rows", "of_import_id"),
    Protected("cases_takenback", "case_import", "rows", "of_import_id"),
    Protected("cases_retentionlist", "retention_list", "card", "key"),
    Protected("cases_retentionentry", "retention_list", "card", "of_list_id"),
)

# What everybody may read by the row: sealed, and found only by whoever can compute its tag.
BROADCAST = ("appeals_reply",)

# Tables of the processes that hold no record, and why everybody at a door may read them.
EXEMPT = {
    "appeals_errand": "a hash of a one-time token: redeemed before anybody is known",
    "appeals_readersession": "a hash of a token: asked before anybody is known",
    "appeals_liveness": "public keys and days",
    "appeals_export": "who asked and who confirmed; its appeals stand in appeals_ceremonyappeal",
    "appeals_protocol": "days, counts and a hash; its appeals stand in appeals_ceremonyappeal",
    "appeals_shift": "a roster of duty",
    "appeals_spentpuzzle": "the hash of a solved puzzle, and a day: of no appeal and of nobody",
    "appeals_standin": "a roster of absence",
    "cases_casenumber": "a counter",
    "cases_lettercounter": "a counter",
    "cases_lawreview": "how far a comparison went",
    "cases_calendarfeed": "the hash of a secret address: asked before anybody is known",
    "cases_plainstate": "a stage and a term under the hash of a code: no number, no name, no place",
    "channel_chain": "that bundles of a terminal came; every place's head may know it",
    "channel_chainoffer": "who announced a re-imaging",
    "channel_arrival": "hashes of bundles that are noise",
    "channel_alarm": "what is wrong with a terminal's line",
    "channel_deliveryday": "counts that the log shows to everybody",
    "channel_heartbeat": "when a terminal was heard, which does not depend on its use",
    "channel_piece": "sealed, of no terminal and of no appeal, gone once the object is whole",
    "channel_refusal": "the hash of a sealed object, and the code of a problem",
    "channel_taken": "the hash of a sealed object that has come",
    "channel_carrytoken": "the hash of a one-time token: redeemed before a stick is read",
    "channel_bookmark": "how far the stream to the terminals was written",
    "channel_broadcastrecord": "what goes to every terminal alike",
    "channel_ingestkey": "public halves and days",
    "channel_health": "what a terminal says of itself, which does not depend on its use",
    "channel_incident": "what is wrong with a terminal; posts open it (policy.BY_POST)",
    "channel_works": "works that were announced",
    "channel_check": "what a monitor saw at a terminal; posts open it (policy.BY_POST)",
    "channel_canary": "tests by monitors: nobody's appeal; posts open it (policy.BY_POST)",
}

# Whoever breaks the glass knows a number, not a key, and may not see the record yet.
NUMBERED = (
    Numbered("appeal", "appeals_appeal", "key", "code"),
    Numbered("case", "cases_case", "key", "number"),
    Numbered("case", "cases_number", "case_id", "folded"),
)

NAMED = Named("cases_identity", "case", "identity", "case_id", key="key", folded="folded")
