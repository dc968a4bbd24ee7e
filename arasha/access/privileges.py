"""What each door's database role may do with which tables: the first pattern that fits counts.

A table that no pattern of a role names is closed to it. Rows of protected tables are narrowed
further by row-level security.
"""

from fnmatch import fnmatchcase

DESK, PUBLIC, GATEWAY, JOBS = "arasha_desk", "arasha_public", "arasha_gateway", "arasha_jobs"
# Owns the one function that finds a record's key by its number; nobody signs in as it.
NUMBERS = "arasha_numbers"
# Owns the one function that looks for a name by its parts; nobody signs in as it either.
NAMES = "arasha_names"
DOORS = (DESK, PUBLIC, GATEWAY, JOBS)

READ = "SELECT"
APPEND = "SELECT, INSERT"
CHANGE = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"

_POLICY_TABLES = [("access_cell", READ), ("access_jobcell", READ), ("django_migrations", READ)]
# A filing that is sent again after a recovery takes its old leaf.
_LEAF = "SELECT, INSERT, UPDATE (record_missing)"
_OF_THE_SEQUENCER = (
    "journal_witness", "journal_cosignature", "journal_daystamp", "journal_lease",
)  # fmt: skip
_WITNESS = "name, size, asked_number, asked_at, cosigned_at, trouble"

# What somebody signed, decided or was told is never edited: what turns out otherwise stands beside it.
_SIGNED = (
    *("classification", "decision", "ruling", "correction", "allegationoutcome", "telling"),
    *("extension", "step", "number", "note", "custody", "medicalcustody"),
)
_STRUCK_OUT = "SELECT, INSERT, UPDATE (withdrawn_at)"

PRIVILEGES: dict[str, list[tuple[str, str]]] = {
    DESK: [
        *_POLICY_TABLES,
        *((table, READ) for table in _OF_THE_SEQUENCER),
        ("journal_leaf", _LEAF),
        ("journal_*", APPEND),
        ("access_grant", "SELECT, INSERT, UPDATE (until_at, withdrawn_at)"),
        ("access_bar", "SELECT, INSERT, UPDATE (lifted_at)"),
        (
            "access_breaking",
            "SELECT, INSERT, UPDATE (reviewed_at, reviewer_id, justified, finding)",
        ),
        ("access_told", APPEND),
        ("appeals_ciphertext", APPEND),
        ("appeals_*", CHANGE),
        # A code that is revoked shows nothing from then on.
        ("cases_plainstate", ALL),
        *((f"cases_{table}", APPEND) for table in _SIGNED),
        ("cases_document", _STRUCK_OUT),
        ("cases_medicaldocument", _STRUCK_OUT),
        ("cases_calendarfeed", ALL),
        ("cases_*", CHANGE),
        ("places_*", CHANGE),
        ("people_*", CHANGE),
        # What was published is never edited.
        ("publications_*", APPEND),
        ("trust_*", READ),
        ("*", ALL),
    ],
    PUBLIC: [
        ("journal_epoch", READ),
        ("journal_leaf", READ),
        ("publications_*", READ),
        ("appeals_reply", "SELECT (tag, sealed, on_day)"),
        ("cases_plainstate", READ),
        ("trust_trustfile", READ),
        ("trust_standing", READ),
        ("places_region", READ),
        ("places_place", READ),
    ],
    GATEWAY: [
        # It writes what it did, and reads nobody's acts: neither who opened what, nor any salt.
        ("journal_entry", "INSERT"),
        ("journal_leaf", _LEAF),
        ("journal_salt", "INSERT"),
        ("journal_epoch", READ),
        ("access_grant", APPEND),
        ("appeals_appeal", APPEND),
        ("appeals_shift", READ),
        ("appeals_term", APPEND),
        ("appeals_ciphertext", APPEND),
        ("appeals_attachment", APPEND),
        ("appeals_dutycall", APPEND),
        ("appeals_spentpuzzle", APPEND),
        ("channel_health", CHANGE),
        ("channel_chain", CHANGE),
        ("channel_heartbeat", CHANGE),
        ("channel_deliveryday", CHANGE),
        ("channel_arrival", APPEND),
        ("channel_alarm", APPEND),
        ("channel_piece", "SELECT, INSERT, DELETE"),
        ("channel_taken", APPEND),
        ("channel_refusal", APPEND),
        ("channel_broadcastrecord", READ),
        ("channel_carrytoken", "SELECT, INSERT, UPDATE (used_at)"),
        ("trust_*", READ),
        ("notices_notice", APPEND),
        ("django_tasks_database_dbtaskresult", APPEND),
        ("places_*", READ),
        ("people_institution", READ),
        ("people_command", READ),
        ("people_post", READ),
        ("people_appointment", READ),
        ("people_user", "SELECT (key, is_active, left_at)"),
    ],
    JOBS: [
        *_POLICY_TABLES,
        ("journal_entry", "SELECT, INSERT, UPDATE (leaf_id)"),
        ("journal_leaf", "SELECT, INSERT, UPDATE (epoch_id, index, record_missing)"),
        ("journal_epoch", "SELECT, INSERT, UPDATE (published_at)"),
        ("journal_salt", "SELECT, INSERT, DELETE"),
        ("journal_witness", f"SELECT, INSERT, UPDATE ({_WITNESS})"),
        ("journal_lease", "SELECT, INSERT, UPDATE (holder, until_at)"),
        ("journal_*", APPEND),
        ("*", ALL),
    ],
}


def privileges_on(*, table: str, role: str) -> str | None:
    """What a role may do with a table, as GRANT writes it; None if nothing."""
    return next((may for pattern, may in PRIVILEGES[role] if fnmatchcase(table, pattern)), None)
