"""What a list, a count and one record cost, for somebody whose office holds 6,000 of 20,000 cases.

    python -m bench.access [TIMES]

On the database of ARASHA_DATABASE, which must be empty; without it, on a SQLite file that is thrown
away. On PostgreSQL with the first lock alone, then as the desk's role with both.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import django
from django.apps import apps

CASES, PASSED_ON = 20_000, 26_000  # grants: one for each case, and those who passed it on
OFFICES, LARGEST_OF_TEN = 20, 3
ROUNDS = 15
NOW = dt.datetime.now(dt.UTC)


def prepare() -> None:
    """Settings and an empty folder, before anything of Django is read."""
    folder = Path(tempfile.mkdtemp(prefix="arasha-bench-"))
    (folder / "keys").mkdir()
    (folder / "keys" / "django").write_text("only-for-the-bench-" * 3)
    os.environ["ARASHA_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "arasha.config.settings.jobs"
    django.setup()


if not apps.ready:
    prepare()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402

from arasha.access.models import Grant  # noqa: E402
from arasha.access.selectors import visible  # noqa: E402
from arasha.access.viewing import viewing  # noqa: E402
from arasha.actors import Actor  # noqa: E402
from arasha.cases.models import Case  # noqa: E402
from arasha.people.models import Appointment, Institution, Post, User  # noqa: E402


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    call_command("migrate", verbosity=0)
    viewer = fill(times)
    say(f"{connection.vendor}: {CASES * times:,} cases, {(CASES + PASSED_ON) * times:,} grants")
    report(viewer, "first lock")
    if connection.vendor == "postgresql":
        call_command("secure_database", verbosity=0)
        _execute("GRANT arasha_desk TO CURRENT_USER", "SET ROLE arasha_desk")
        report(viewer, "both locks")
    return 0


def report(viewer: Actor, locks: str) -> None:
    with viewing(viewer):
        one = seen_by(viewer)[:1][0].pk
        measured: dict[str, Callable[[], object]] = {
            "25 by registration": lambda: list(seen_by(viewer).order_by("-registered_at")[:25]),
            "25 most urgent": lambda: list(seen_by(viewer)[:25]),
            "count": lambda: seen_by(viewer).count(),
            "count to 500": lambda: seen_by(viewer)[:500].count(),
            "one record": lambda: seen_by(viewer).filter(pk=one).first(),
        }
        say(f"  {locks}: {seen_by(viewer).count():,} visible")
        for what, act in measured.items():
            say(f"    {what:<18} {milliseconds(act):8.2f} ms")


def seen_by(viewer: Actor) -> QuerySet[Case]:
    """As the desk asks it: the posts of the viewer, then one query."""
    may = visible(viewer=viewer, kind="case", compartment="summary")
    return Case.objects.filter(may).order_by("next_due_at", "-registered_at", "key")


def fill(times: int) -> Actor:
    offices = [uuid.uuid4() for _ in range(OFFICES)]
    Institution.objects.bulk_create(
        Institution(key=key, code=key.hex, kind="prosecutor", name={}) for key in offices
    )
    cases = [
        Case(
            number=f"KZ-{number}",
            holder_id=offices[0] if number % 10 < LARGEST_OF_TEN else offices[number % OFFICES],
            registered_at=NOW - dt.timedelta(minutes=number),
            next_due_at=NOW + dt.timedelta(minutes=number % 5_000),
        )
        for number in range(CASES * times)
    ]
    Case.objects.bulk_create(cases, batch_size=2_000)
    holders = [(case.pk, case.holder_id, "assigned") for case in cases]
    holders += [
        (cases[number % len(cases)].pk, offices[number % OFFICES], "referral")
        for number in range(PASSED_ON * times)
    ]
    Grant.objects.bulk_create((_grant(*holder) for holder in holders), batch_size=2_000)
    if connection.vendor == "postgresql":
        _execute("ANALYZE")
    return _prosecutor(offices[0])


def _grant(case: uuid.UUID, office: uuid.UUID, basis: str) -> Grant:
    return Grant(
        subject_kind="case",
        subject_key=case,
        holder_kind="institution",
        holder_key=office,
        basis=basis,
        since_at=NOW - dt.timedelta(days=1),
        given_by_kind="job",
        given_by_key="world",
    )


def _prosecutor(office: uuid.UUID) -> Actor:
    user = User.objects.create(email=f"{office.hex}@arasha.example", full_name="A prosecutor")
    post = Post.objects.create(institution_id=office, role="prosecutor", title={})
    Appointment.objects.create(user=user, post=post, from_day=NOW.date() - dt.timedelta(days=9))
    return Actor.user(user.pk)


def milliseconds(act: Callable[[], object]) -> float:
    """The median of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


if __name__ == "__main__":
    sys.exit(main())
