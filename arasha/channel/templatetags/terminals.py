import uuid
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arasha.channel.upkeep.words import INCIDENTS
from arasha.engines.notes import grouped

register = template.Library()

STEPS = {
    "filed": gettext_lazy("Filed: the terminal gave a slip"),
    "logged": gettext_lazy("In the public log"),
    "opened": gettext_lazy("Opened by an officer of the body"),
    "same": gettext_lazy("What was opened is what was filed"),
}
DISK = {
    "ok": gettext_lazy("enough room"),
    "low": gettext_lazy("little room is left"),
    "full": gettext_lazy("full"),
}


@register.filter
def short_key(key: uuid.UUID) -> str:
    """What a label on the device can hold: the first eight digits of its key."""
    return str(key)[:8]


@register.filter
def incident_name(kind: str) -> str:
    return str(INCIDENTS.get(kind, kind))


@register.filter
def step_name(name: str) -> str:
    return str(STEPS[name])


@register.filter
def test_number(number: str) -> str:
    return f"T {number[:4]} {number[4:8]} {number[8:]}"


@register.filter
def code_in_fours(code: str) -> str:
    return grouped(code)


@register.filter
def health_lines(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a terminal says of itself, as far as it has words; it could say anything else too."""
    lines = []
    if build := said.get("build"):
        lines.append((_("Build"), str(build)[:60]))
    if disk := said.get("disk"):
        lines.append((_("Disk"), str(DISK.get(str(disk), ""))))
    if root := said.get("root"):
        versions = {"root": str(root)[:9], "stamp": str(said.get("stamp", 0))[:9]}
        lines.append((_("Root of trust"), _("%(root)s, mark of freshness %(stamp)s") % versions))
    if day := said.get("day"):
        lines.append((_("Its day"), str(day)[:10]))
    return lines
