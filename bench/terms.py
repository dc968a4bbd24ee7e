"""How long "My terms" takes over a country's register: ends and days for motions, by what comes first.

    python -m bench.terms [CASES]

Every sixth case has a clock that runs. On the database of ARASHA_DATABASE, which must be empty; without it,
on a SQLite file that is thrown away. On PostgreSQL as the desk's role, behind row-level security.
"""

import datetime as dt
import statistics
import sys
import time

from bench.access import NOW, _grant, prepare  # noqa: F401 - settles the settings first

# isort: split
from django.core.management import call_command
from django.db import connection
from django.urls import set_urlconf

from arasha.access.models import Grant
from arasha.access.viewing import viewing
from arasha.actors import TICK, Actor
from arasha.cases.models import Case, Deadline
from arasha.cases.tick import tick
from arasha.desk.terms import calendar, my_terms
from arasha.people.models import Institution
from bench.people import execute, post

CASES, OFFICES, RUNNING = 200_000, 20, 6
BATCH, ROUNDS = 5_000, 20
DAY = dt.timedelta(days=1)


def main() -> int:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    call_command("migrate", verbosity=0)
    set_urlconf("arasha.config.urls.desk")
    viewer = fill(cases)
    if connection.vendor == "postgresql":
        call_command("secure_database", verbosity=0)
        execute("VACUUM ANALYZE", "GRANT arasha_desk TO CURRENT_USER", "SET ROLE arasha_desk")
    else:
        execute("ANALYZE")
    say(f"{connection.vendor}: {cases:,} cases, {cases // RUNNING:,} clocks that run")
    for page in ("1", "2", "30"):
        say(f"  page {page:<3} {line(viewer, page)}")
    say(f"  calendar {of_calendar(viewer)}")
    if connection.vendor != "postgresql":
        say(f"  a tick with nothing new: {of_tick()}")
    return 0


def line(viewer: Actor, page: str) -> str:
    def act() -> None:
        my_terms(viewer=viewer, at=NOW, number=page)

    return timed(viewer, act)


def of_calendar(viewer: Actor) -> str:
    def act() -> None:
        calendar(viewer=viewer, at=NOW, has_numbers=True, language="kk", base="https://a.example")

    return timed(viewer, act)


def of_tick() -> str:
    def act() -> None:
        tick(at=NOW - 400 * DAY)

    return timed(TICK, act)


def timed(viewer: Actor, act: object) -> str:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with viewing(viewer):
            act()  # type: ignore[operator]
        took.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(took, n=20)[-1]
    return f"p50 {statistics.median(took):6.1f} ms, p95 {p95:6.1f} ms"


def fill(cases: int) -> Actor:
    """Cases of twenty offices, a third of them in one; who asks works there."""
    offices = [
        Institution.objects.create(code=f"office-{n}", kind="prosecutor", name={})
        for n in range(OFFICES)
    ]
    for first in range(0, cases, BATCH):
        made = [
            Case(
                number=f"KZ-{n}",
                holder=offices[0 if n % 3 == 0 else n % OFFICES],
                registered_at=NOW,
                stage="investigation" if n % RUNNING == 0 else "closed",
            )
            for n in range(first, min(first + BATCH, cases))
        ]
        Case.objects.bulk_create(made, 1_000)
        Grant.objects.bulk_create(
            [_grant(each.pk, each.holder_id, "assigned") for each in made], 1_000
        )
        Deadline.objects.bulk_create([_clock(each, n) for n, each in enumerate(made)], 1_000)
    return post(offices[0], "prosecutor")


def _clock(case: Case, n: int) -> Deadline:
    due = NOW + (n % 80 - 5) * DAY
    is_open = case.stage == "investigation"
    return Deadline(
        case=case,
        rule="investigation",
        started_at=NOW - 30 * DAY,
        due_at=due,
        motion_due_at=due - 5 * DAY if is_open else None,
        met_at=None if is_open else NOW,
        law_answer={"term": {"amount": 2, "unit": "months"}},
    )


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
