"""Terminals with a past: one no wheelchair reaches, one that fell silent, one under a camera."""

import datetime as dt
import secrets

from arasha.actors import WORLD
from arasha.channel.upkeep import tick as upkeep
from arasha.channel.upkeep.bulk import heard_on
from arasha.channel.upkeep.services import canaries, checks
from arasha.country import country, local_day
from arasha.engines.notes import filing_code
from arasha.engines.translog import commitment, leaf
from arasha.journal import services as journal
from arasha.places import services as places
from arasha.places.models import Device
from arasha.publications import tick as publications
from arasha.worlds.stage import Demo

DAY = dt.timedelta(days=1)
HEARD_FOR = 110  # days: whole months of it are published already
SILENT_FOR = 5
VISITED = 9  # days ago
TESTED = 1  # day ago
NO_WHEELCHAIR, A_CAMERA = "wheelchair", "no_camera"  # what the visits found missing


def play(demo: Demo) -> None:
    """Give the demo's terminal a past, and two more places a terminal."""
    own = Device.objects.get(pk=demo.terminal.key)
    silent, watched = _enrolled(demo, "DEMO-2"), _enrolled(demo, "DEMO-3")
    _heard(demo, own)
    _heard(demo, silent, until=SILENT_FOR)
    _heard(demo, watched, every=2)
    _check(demo, own, missing=NO_WHEELCHAIR)
    _check(demo, watched, missing=A_CAMERA, camera_m=(4.0, 12.5))
    _test(demo, own)
    upkeep.tick(at=demo.at)
    publications.tick(at=demo.at)


def _enrolled(demo: Demo, place: str) -> Device:
    offer = places.offer_device(
        place=demo.places[place],
        kind="terminal",
        public_key=secrets.token_bytes(32),  # of no machine: nobody speaks with it
        by=demo.actor("registrar", "ombudsperson"),
        at=demo.begun_at,
    )
    return places.enrol_device(offer=offer, by=WORLD, at=demo.begun_at)


def _heard(demo: Demo, device: Device, *, until: int = 0, every: int = 1) -> None:
    """Heard all day on every `every`th day, the last time `until` days ago."""
    today = local_day(demo.at)
    heard_on(
        device=device,
        days=[today - back * DAY for back in range(max(until, 1), HEARD_FOR, every)],
    )


def _check(
    demo: Demo,
    device: Device,
    *,
    missing: str,
    camera_m: checks.Position = (None, None),
) -> None:
    lines = country().vocabularies["terminal_checks"]
    answers = dict.fromkeys(lines.terms, "yes")
    answers[missing if missing in lines.terms else min(lines.meaning("hinders"))] = "no"
    at = demo.at - VISITED * DAY
    checks.enter_check(
        device=device,
        day=local_day(at),
        answers=answers,
        camera_m=camera_m,
        by=demo.actor("monitor", "npm-samal"),
        at=at,
    )


def _test(demo: Demo, device: Device) -> None:
    """A test appeal that arrived today, when its leaf comes into the log; the appeal itself is closed."""
    monitor, filed_at = demo.actor("monitor", "npm-samal"), demo.at - TESTED * DAY
    canary = canaries.begin_canary(device=device, by=monitor, at=filed_at)
    digest = commitment(secrets.token_bytes(32), secrets.token_bytes(32))
    code = filing_code(bytes(journal.add_leaf(text=leaf("event", digest).decode()).hash))
    canaries.enter_slip(
        canary=canary,
        code=code,
        promised_day=local_day(demo.at),
        by=monitor,
        at=filed_at,
    )
    officer = demo.actor("officer", "ombudsperson")
    canaries.enter_arrival(number=canary.number, code=code, by=officer, at=demo.at)
