"""The one table that says who may see what. `arasha/access/views` prints it as a page anyone can read.

A record is split into compartments. A grant (a dated row) has a basis; a post has a role. A cell
of the table gives to (basis, role) the right to read ("r") or to read and write ("rw").
Sealed compartments give ciphertext only: the recipient set gives the opening.
"""

from typing import Literal

Right = Literal["r", "rw"]
Cells = dict[tuple[str, str], Right]

BASES = ("assigned", "supervises", "referral", "consent", "court", "breakglass")
ROLES = (
    "officer",  # reads and answers appeals at the Ombudsperson's
    "supervisor",  # leads officers or prosecutors
    "prosecutor",
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
            ("supervises", "supervisor"): "r",
        },
        "sealed": {
            ("assigned", "officer"): "rw",
        },
    },
    # A referral's card: what the receiver sees before accepting.
    "referral": {
        "card": {
            ("referral", "officer"): "r",
            ("assigned", "prosecutor"): "rw",
            ("supervises", "supervisor"): "r",
        },
    },
    "allegation": {
        "account": {
            ("referral", "officer"): "r",
            ("assigned", "prosecutor"): "r",
            ("supervises", "supervisor"): "r",
            ("breakglass", "prosecutor"): "r",
        },
    },
    "case": {
        "summary": {
            ("referral", "officer"): "r",
            ("assigned", "prosecutor"): "rw",
            ("supervises", "supervisor"): "r",
            ("breakglass", "prosecutor"): "r",
        },
    },
}

# What the system's own jobs may see, whole tables at a time.
JOBS: dict[str, dict[tuple[str, str], Right]] = {
    "tick": {("appeal", "summary"): "rw", ("case", "summary"): "rw"},
    "figures": {("appeal", "summary"): "r", ("case", "summary"): "r"},
    "world": {
        (kind, compartment): "rw"
        for kind, compartments in POLICY.items()
        for compartment in compartments
    },
    "sequencer": {},
}
