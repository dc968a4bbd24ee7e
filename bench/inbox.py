"""How long the desk takes to answer the list of appeals to one body, narrowed in every way.

    python -m bench.inbox [APPEALS]
    python -m tests.postgres .venv/bin/python -m bench.inbox [APPEALS]

One body, one officer, and APPEALS appeals of a year without their ciphertext, one in five of them waiting. On
SQLite, or on the database that ARASHA_DATABASE names.
"""

import datetime as dt
import os
import secrets
import sys
from collections.abc import Iterator

from bench import lists  # isort: skip  # sets up Django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from arasha.access.viewing import viewing
from arasha.actors import WORLD
from arasha.appeals import bulk
from arasha.appeals.models import Appeal, State
from arasha.country import country, local_day
from arasha.engines.translog import leaf
from arasha.people import services as people
from arasha.people.models import Institution
from arasha.trust.models import RecipientSet

APPEALS, WAITING_EVERY, AT_ONCE = 70_000, 5, 5_000
OFFICER, BODY = "officer@bench.invalid", "ombudsperson"
KEY = "age1bench"  # nobody seals here: keys are compared as texts
ASKED = (
    "/appeals/",
    "/appeals/?page=20",
    "/appeals/?state=received",
    "/appeals/?only=late",
    "/appeals/?only=unopened",
    "/appeals/?only=mine",
    "/appeals/?category=torture",
    "/appeals/?state=&category=torture",
    "/appeals/?state=&urgency=now",
    "/appeals/?urgency=now",
    "/appeals/?order=newest",
    f"/appeals/?day={local_day(timezone.now() - dt.timedelta(days=1))}",
    "/appeals/?q=KUI-2026/17",
    "/appeals/journal/",
    "/",
)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else APPEALS
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    (lists.FOLDER / "static").mkdir(exist_ok=True)
    with viewing(WORLD):
        build(count)
    lists.say(f"{Appeal.objects.count():,} appeals to one body, {connection.vendor}")
    for address in ASKED:
        lists.say(lists.line(OFFICER, address))
    lists.say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


def build(count: int) -> None:
    """One body with its officer and its set of one key, and `count` appeals to it."""
    now = timezone.now()
    body = people.register_institution(
        code=BODY, kind="ombudsperson", name={"en": "Bench"}, by=WORLD, at=now
    )
    _officer(body, now)
    to = RecipientSet.objects.create(
        code="ombudsperson-1",
        institution=body,
        version=1,
        text="bench",
        recipients=3,
        officers=[{"office": BODY, "recipient": KEY, "label": "Officer", "role": "officer"}],
        offices=[BODY],
        from_day=local_day(now),
        until_day=local_day(now),
        published_at=now,
    )
    rows = list(_rows(count, now))
    for first in range(0, count, AT_ONCE):
        bulk.load(rows=rows[first : first + AT_ONCE], recipient_set=to, by=WORLD, at=now)
    connection.cursor().execute("ANALYZE")


def _officer(body: Institution, now: dt.datetime) -> None:
    post = people.open_post(
        institution=body, role="officer", title={"en": "Officer"}, by=WORLD, at=now
    )
    user = people.add_person(email=OFFICER, full_name="Officer", by=WORLD, at=now)
    people.appoint(user=user, post=post, from_day=local_day(now), by=WORLD, at=now)


def _rows(count: int, now: dt.datetime) -> Iterator[bulk.Load]:
    categories = list(country().vocabularies["appeal_categories"].terms)
    for number in range(count):
        received_at = now - dt.timedelta(days=365 * number // count)
        day = local_day(received_at)
        waits = number % WAITING_EVERY == 0
        read = number % 3 > 0 or not waits
        yield bulk.Load(
            leaf_text=leaf("event", secrets.token_bytes(32)).decode(),
            envelope=None,
            card=None,
            received_day=day,
            received_at=received_at,
            answer_by_day=day + dt.timedelta(days=21),
            state=State.ANSWERED if not waits else State.OPENED if read else State.RECEIVED,
            opened_day=day if read else None,
            category=categories[number % len(categories)] if read else "",
        )


if __name__ == "__main__":
    sys.exit(main())
