"""What is said of terminals: what is wrong, what to do next, how it ended."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, Promise]

SILENT, GAP, MISSING_CANARY, OBSTRUCTED = "silent", "gap", "canary_missing", "obstructed"

# The alarms of a chain, and the kind of incident that each opens.
ALARM_KINDS = {
    "two_devices": "two_devices",
    "broken": "broken_chain",
    "unopened": "unopened_chain",
    "replayed_chain": "replayed_chain",
}

INCIDENTS: Words = {
    SILENT: _("Not heard"),
    GAP: _("Bundles are missing"),
    "two_devices": _("Two devices use one key"),
    "broken_chain": _("The chain is broken"),
    "unopened_chain": _("A chain that nobody opened"),
    "replayed_chain": _("An old chain came again"),
    MISSING_CANARY: _("A test appeal did not arrive"),
    OBSTRUCTED: _("People are hindered from using it"),
}

NEXT: Words = {
    SILENT: _(
        "See that the terminal and the relay have power and the line stands. If there is no line, carry a stick out: what was written waits on the device."
    ),
    GAP: _(
        "Look for the missing bundles on the relay, and carry a stick out if the line lost them."
    ),
    "two_devices": _(
        "Compare the device with its enrolment. If a second one has the key, revoke the device and enrol it anew; else say what was found."
    ),
    "broken_chain": _(
        "The device sent what does not follow on what it sent before. See whether it was restored from a copy; a new image needs two people and a new chain."
    ),
    "unopened_chain": _(
        "The device was set up anew without the second person. Open its chain by two people, or revoke it."
    ),
    "replayed_chain": _(
        "Bundles of a closed chain came. If nobody carried an old stick, the device was set back: look at it."
    ),
    MISSING_CANARY: _(
        "See at which step the test stopped, mend that, and let a monitor send another one. Until one arrives, take it that appeals from here may not arrive either."
    ),
    OBSTRUCTED: _("Mend what the check-list found. A monitor's next check closes this."),
}

ENDS: Words = {
    "heard": _("Heard again"),
    "filled": _("The missing bundles came"),
    "settled": _("Looked into and settled"),
    "arrived": _("A later test appeal arrived"),
    "mended": _("A check found it mended"),
    "revoked": _("The device was revoked"),
}

ANSWERS: Words = {"yes": _("Yes"), "no": _("No"), "unknown": _("Could not see")}
