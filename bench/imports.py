"""How long a register of another office takes from its file to the register and back.

    python -m bench.imports [LINES]
    python -m tests.postgres .venv/bin/python -m bench.imports [LINES]

One office, one clerk, and a table of LINES invented cases of five years: one in three still open, one victim and
one suspect each. On SQLite, or on the database that ARASHA_DATABASE names.
"""

import csv
import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from io import StringIO
from typing import TypeVar

from bench import lists  # isort: skip  # sets up Django
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from arasha.access.viewing import viewing
from arasha.actors import WORLD, Actor
from arasha.cases import services
from arasha.cases.importing.guessing import columns_of, guess
from arasha.cases.importing.preview import checked, table_of
from arasha.cases.models import Case, Decision, Import
from arasha.country import local_day
from arasha.people import services as people
from arasha.people.models import Institution, User
from arasha.places import services as places
from tests.engines.names.crowd import SCRIPTS, Crowd

T = TypeVar("T")
LINES, PLACES = 10_000, 200
NOW = timezone.now()
HEADINGS = (
    "number", "registered_day", "place", "happened", "conduct", "victims", "suspects",
    "decision.investigation_opened", "decision.sent_to_court", "decision.terminated",
    "decision.terminated.ground",
)  # fmt: skip


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    call_command("migrate", verbosity=0)
    with viewing(WORLD):
        office, clerk = build()
    content = table(count)
    by = Actor.user(clerk.pk)
    lists.say(f"{count:,} lines, {len(content):,} bytes, {connection.vendor}")
    with viewing(WORLD):
        imported = timed("uploaded", lambda: upload(office, content, by))
        imported = mapped(imported, by)
        found = timed("previewed", lambda: checked(imported, viewer=by, today=local_day(NOW)))
        lists.say(f"  {len(found.lines):,} may come in, {len(found.remarks):,} remarks")
        timed("taken in", lambda: services.take_in(imported=imported, by=WORLD, at=NOW))
        lists.say(f"  {Case.objects.count():,} cases, {Decision.objects.count():,} decisions")
        timed("taken back", lambda: undo(imported, by))
    lists.say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


def build() -> tuple[Institution, User]:
    region = places.register_region(code="bench", name={"en": "Bench"})
    for at in range(PLACES):
        places.register_place(
            code=f"B-{at}",
            name={"en": f"Place {at}"},
            region=region,
            kind="correctional-institution",
            by=WORLD,
            at=NOW,
        )
    office = people.register_institution(
        code="bench", kind="prosecutor", name={"en": "Bench"}, by=WORLD, at=NOW
    )
    post = people.open_post(
        institution=office, role="clerk", title={"en": "Clerk"}, by=WORLD, at=NOW
    )
    clerk = people.add_person(email="clerk@bench.invalid", full_name="Clerk", by=WORLD, at=NOW)
    people.appoint(user=clerk, post=post, from_day=local_day(NOW), by=WORLD, at=NOW)
    return office, clerk


def table(count: int) -> bytes:
    crowd, target = Crowd(7), StringIO()
    chance = crowd.chance
    people_of_it = list(crowd.people(2 * count))
    writer = csv.writer(target)
    writer.writerow(HEADINGS)
    for at in range(count):
        registered = dt.date(2021, 1, 1) + dt.timedelta(days=chance.randrange(1_800))
        later = registered + dt.timedelta(days=chance.randrange(20, 60))
        ending = chance.choice(("", later.isoformat()))
        ended = chance.choice(("", later.isoformat())) if not ending else ""
        names = [crowd.written(each, SCRIPTS[0]) for each in people_of_it[2 * at : 2 * at + 2]]
        writer.writerow(
            (
                f"26-{at:06d}",
                registered.isoformat(),
                f"B-{chance.randrange(PLACES)}",
                (registered - dt.timedelta(days=chance.randrange(40))).isoformat(),
                chance.choice(("torture", "ill_treatment")),
                *names,
                registered.isoformat(),
                ending,
                ended,
                "no_elements" if ended else "",
            )
        )
    return target.getvalue().encode()


def upload(office: Institution, content: bytes, by: Actor) -> Import:
    return services.upload(
        institution=office, form="register", file_name="b.csv", content=content, by=by, at=NOW
    )


def mapped(imported: Import, by: Actor) -> Import:
    columns = guess(columns_of(table_of(imported)))
    values = {"register": "erdr"}
    services.map_columns(imported=imported, columns=columns, values=values, by=by, at=NOW)
    return services.ask_for(imported=imported, leaves_out=True, by=by, at=NOW)


def undo(imported: Import, by: Actor) -> Import:
    return services.undo(imported=imported, on_behalf=by, by=WORLD, at=NOW)


def timed(what: str, act: Callable[[], T]) -> T:
    wall, own = time.perf_counter(), time.process_time()
    done = act()
    spent = time.perf_counter() - wall
    lists.say(f"{what}: {spent:.1f} s, of the processor {time.process_time() - own:.1f} s")
    return done


if __name__ == "__main__":
    sys.exit(main())
