"""The one table that says who may see what. `arasha/access/views` prints it as a page anyone can read.

A record is split into compartments, each one or more tables of its own. A grant (a dated row) has a
basis; a post has a role. A cell gives to (basis, role) the right to read ("r") or to read and write
("rw"). What is not in the table is not allowed. Sealed compartments give ciphertext only: the
recipient set gives the opening.
"""

from typing import Literal

Right = Literal["r", "rw"]
Cells = dict[tuple[str, str], Right]

PERSON = "person"
INSTITUTION = "institution"

BASES = ("assigned", "supervises", "referral", "consent", "court", "breakglass")
BAR_REASONS = ("accused", "witness", "works_there", "relative")
ROLES = (
    "officer",  # reads and answers appeals at the Ombudsperson's
    "supervisor",  # leads officers or prosecutors
    "prosecutor",
    "clerk",  # enters cases and imports registers at a prosecutor's office
    "monitor",  # member of the National Preventive Mechanism
    "support_worker",  # crisis centre
    "head",  # of a place of detention
    "drafter",  # of treaty reports
    "analyst",  # releases figures
    "registrar",  # keeps the registers of places and people
    "administrator",  # runs the servers; opens no record
)

POLICY: dict[str, dict[str, Cells]] = {
    "appeal": {
        "summary": {
            ("assigned", "officer"): "rw",
            ("assigned", "supervisor"): "r",
            ("supervises", "supervisor"): "r",
            # A body that it was forwarded to, or that forwarded it.
            ("referral", "officer"): "r",
            ("referral", "supervisor"): "r",
        },
        # Nobody edits what was filed, and there is no break-glass: nothing here opens in a hurry.
        "sealed": {
            ("assigned", "officer"): "r",
            ("referral", "officer"): "r",
        },
        # Notes, replies and added headers: sealed as well, but the officers write them.
        "correspondence": {
            ("assigned", "officer"): "rw",
            ("referral", "officer"): "r",
        },
    },
    # A sealed appeal on its way to another body.
    "forward": {
        "card": {
            ("assigned", "officer"): "rw",
            ("assigned", "supervisor"): "r",
            ("referral", "officer"): "r",
            ("referral", "supervisor"): "r",
        },
    },
    # Where a special visit is wanted, and why: never who wrote.
    "visit_proposal": {
        "card": {
            ("assigned", "monitor"): "rw",
            ("assigned", "supervisor"): "r",
            ("referral", "officer"): "r",
            ("referral", "supervisor"): "r",
        },
    },
    # A crisis centre sees it as long as the consent lasts.
    "support_referral": {
        "card": {
            ("consent", "support_worker"): "rw",
            ("referral", "officer"): "r",
        },
        "consent": {
            ("consent", "support_worker"): "r",
            ("referral", "officer"): "rw",
        },
    },
    "footage_hold": {
        "card": {
            ("assigned", "officer"): "rw",
            ("assigned", "supervisor"): "r",
        },
    },
    # A card: what a prosecutor's office sees of a referral before it accepts.
    "referral": {
        "card": {
            ("referral", "officer"): "r",
            ("assigned", "prosecutor"): "rw",
            ("assigned", "supervisor"): "r",
            ("supervises", "supervisor"): "r",
        },
    },
    "allegation": {
        "account": {
            ("referral", "officer"): "r",
            ("assigned", "prosecutor"): "rw",
            ("assigned", "clerk"): "rw",
            ("assigned", "supervisor"): "r",
            ("supervises", "supervisor"): "r",
        },
    },
    "case": {
        # Its people stand here under their codes; their names do not.
        "summary": {
            ("referral", "officer"): "r",
            ("assigned", "prosecutor"): "rw",
            ("assigned", "clerk"): "rw",
            ("assigned", "supervisor"): "r",
            ("supervises", "supervisor"): "r",
            ("breakglass", "prosecutor"): "r",
        },
        "allegation": {
            ("referral", "officer"): "r",
            ("assigned", "prosecutor"): "rw",
            ("assigned", "clerk"): "rw",
            ("assigned", "supervisor"): "r",
            ("supervises", "supervisor"): "r",
            ("breakglass", "prosecutor"): "r",
        },
        # The officer who referred it knows the person from the appeal, and learns no other name here.
        "identity": {
            ("assigned", "prosecutor"): "rw",
            ("assigned", "clerk"): "rw",
            ("assigned", "supervisor"): "r",
            ("supervises", "supervisor"): "r",
            ("breakglass", "prosecutor"): "r",
        },
        "evidence": {
            ("assigned", "prosecutor"): "rw",
            ("assigned", "supervisor"): "r",
            ("supervises", "supervisor"): "r",
            ("breakglass", "prosecutor"): "r",
        },
        # Of somebody's body and mind: whoever conducts the case, and nobody who only leads or hurries.
        "medical": {("assigned", "prosecutor"): "rw"},
        "notes": {
            ("assigned", "prosecutor"): "rw",
            ("assigned", "supervisor"): "r",
        },
        # What a country's procedure leaves to the head of the office, by an act of their own.
        "headship": {("assigned", "supervisor"): "rw"},
    },
    # A table that came from another register, until it is in or given up.
    "case_import": {
        "rows": {
            ("assigned", "clerk"): "rw",
            ("assigned", "prosecutor"): "rw",
            ("assigned", "supervisor"): "r",
        },
    },
    # What two people agree to destroy: one of the office, and one who leads it.
    "retention_list": {
        "card": {
            ("assigned", "prosecutor"): "rw",
            ("assigned", "supervisor"): "rw",
            ("supervises", "supervisor"): "r",
        },
    },
}

# What a post opens by itself, without a grant: machines and places, never people. "own": of the place
# that the post leads; whoever holds it is not told more of others than the public is.
Reach = Literal["all", "own"]
BY_POST: dict[str, dict[str, Reach]] = {
    "terminal": {"registrar": "all", "administrator": "all", "monitor": "all", "head": "own"},
    "terminal_hour": {"registrar": "all", "administrator": "all"},
    "incident": {"registrar": "all", "administrator": "all", "monitor": "all", "head": "own"},
    "terminal_check": {"monitor": "all", "registrar": "all"},
    "canary_result": {"monitor": "all", "registrar": "all", "administrator": "all"},
    # Number and code of a test: a prison must not be able to tell it from other appeals.
    "canary": {"monitor": "all"},
}

_EVERY_COMPARTMENT = [
    (kind, compartment) for kind, compartments in POLICY.items() for compartment in compartments
]

# What the system's own jobs may see, whole tables at a time.
JOBS: dict[str, dict[tuple[str, str], Right]] = {
    "tick": {
        ("appeal", "summary"): "rw",
        # Which headers an officer's key did not open: an alarm, not a text.
        ("appeal", "correspondence"): "r",
        ("forward", "card"): "rw",
        ("visit_proposal", "card"): "r",
        ("footage_hold", "card"): "r",
        ("referral", "card"): "rw",
        ("case", "summary"): "rw",
        # Clocks of allegations, and which cases tell of one event: suggested, never read out.
        ("allegation", "account"): "r",
        ("case", "allegation"): "r",
        ("case", "identity"): "rw",  # the suggestions, and names that are folded anew
    },
    # Takes a table in, or back, whole: at the word of the person who asked for it.
    "imports": {
        **{("case", each): "rw" for each in ("summary", "allegation", "identity", "evidence")},
        ("allegation", "account"): "rw",
        ("case_import", "rows"): "rw",
    },
    "figures": {
        ("appeal", "summary"): "r",
        ("case", "summary"): "r",
        # Numbers of imported forms, to show them beside ours.
        ("case_import", "rows"): "r",
    },
    # Destroys what two officers agreed to destroy.
    "retention": {
        ("appeal", "summary"): "rw",
        ("appeal", "sealed"): "rw",
        ("appeal", "correspondence"): "rw",
        **{("case", each): "rw" for each in POLICY["case"]},
        ("allegation", "account"): "rw",
        ("retention_list", "card"): "rw",
    },
    "world": dict.fromkeys(_EVERY_COMPARTMENT, "rw"),
    "verify": dict.fromkeys(_EVERY_COMPARTMENT, "r"),
    "sequencer": {},
    "mail": {},
}

# Jobs that also run in a door, at a person's word: an analyst releases figures from the desk.
DESK_JOBS = ("figures",)

# What a device at the gateway may find again: only by the hash of what it has sent itself.
DEVICES: dict[tuple[str, str], Right] = {("appeal", "summary"): "r", ("appeal", "sealed"): "r"}
