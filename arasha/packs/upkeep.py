"""How terminals are kept running: the terms for those who mend them and for what is published."""

from arasha.packs.model import Upkeep
from arasha.packs.registers import checked
from arasha.packs.tables import Table

NAMES = ("silent_hours", "gap_days", "mend_days", "canary_days", "publish_after_days")


def upkeep(head: Table) -> Upkeep:
    """The table [terminals]; a pack without one takes our own terms, which no law has set."""
    if not head.has("terminals"):
        return Upkeep()
    table = head.table("terminals")
    said = {name: table.number(name) for name in NAMES}
    for name, value in said.items():
        if value < 1:
            table.fault(f"{name} = {value}: write 1 or more", name)
    found = Upkeep(**said, checked=checked(table))
    table.close()
    return found
