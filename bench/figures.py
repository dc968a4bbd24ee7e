"""How long cohorts and the national form take over a large register, and the public page from a release.

    python -m bench.figures [CASES]

Fills a database that is thrown away (SQLite, or the PostgreSQL of ARASHA_DATABASE) with cases, their decisions
and classifications, releases the figures once, and asks the public page.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

CASES, ROUNDS, AT_ONCE = 200_000, 100, 5_000
FOLDER = Path(tempfile.mkdtemp(prefix="arasha-bench-"))
os.environ["ARASHA_VAR"] = str(FOLDER)
os.environ["ARASHA_DEMO"] = "True"
os.environ["DJANGO_SETTINGS_MODULE"] = "arasha.config.settings.public"
(FOLDER / "keys").mkdir(parents=True, exist_ok=True)
(FOLDER / "keys" / "django").write_text("only-for-the-bench-" * 3)
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from arasha.access.viewing import viewing  # noqa: E402
from arasha.actors import FIGURES, WORLD, Actor  # noqa: E402
from arasha.cases import national_form  # noqa: E402
from arasha.cases.cohorts import standings  # noqa: E402
from arasha.cases.models import Case, Classification, Decision  # noqa: E402
from arasha.country import local_day, midnight  # noqa: E402
from arasha.people import services as people  # noqa: E402
from arasha.people.models import Institution  # noqa: E402
from arasha.publications import cohorts, services  # noqa: E402

LAW: dict[str, Any] = {"law_question": {}, "law_answer": {}, "pack_hash": "0" * 64}
COURSES = (
    ("registered", "terminated"),
    ("registered", "investigation_opened"),
    ("registered", "investigation_opened", "terminated", "termination_reversed"),
    ("registered", "sent_to_court", "convicted"),
    ("registered", "interrupted"),
)
KINDS = (
    ("torture", "146.2", dt.date(2023, 3, 29)),
    ("ill_treatment", "146.1", dt.date(2023, 3, 29)),
    ("torture", "146.1", dt.date(2015, 1, 1)),
    None,
)
FIRST, DAY = dt.date(2015, 1, 1), dt.timedelta(days=1)


def main() -> int:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS.append("testserver")
    (FOLDER / "static").mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    now = timezone.now()
    with viewing(WORLD):
        analyst, office = _people(now)
        for number in range(0, cases, AT_ONCE):
            _fill(office, range(number, min(number + AT_ONCE, cases)), now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    today = local_day(now)
    say(f"{connection.vendor}, {cases:,} cases, {Decision.objects.count():,} decisions")
    with viewing(FIGURES):
        say(timed("cohorts: the query", lambda: standings(viewer=FIGURES, until=today)))
        say(timed("cohorts: all that a release tells", lambda: cohorts.counted(until=today)))
        ask_form = lambda: national_form.numbers(viewer=FIGURES, until=today, offices=None)  # noqa: E731
        say(timed("the national form, every column", ask_form))
    begun = time.perf_counter()
    services.release(by=analyst, at=now)
    say(f"a release with its leaf: {time.perf_counter() - begun:.2f} s")
    say(page("/en/figures/"))
    say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


def timed(name: str, ask: Callable[[], object]) -> str:
    """The median of three."""
    rounds = []
    for _ in range(3):
        begun = time.perf_counter()
        ask()
        rounds.append(time.perf_counter() - begun)
    return f"{name}: {statistics.median(rounds):.2f} s"


def page(address: str) -> str:
    client, rounds = Client(), []
    size = len(client.get(address).content)
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        client.get(address)
        rounds.append((time.perf_counter() - begun) * 1000)
    p95 = statistics.quantiles(rounds, n=20)[-1]
    return f"the public page ({size:,} bytes): p50 {statistics.median(rounds):.0f} ms, p95 {p95:.0f} ms"


def _people(now: dt.datetime) -> tuple[Actor, Institution]:
    at = now - 30 * DAY
    office = people.register_institution(
        code="office", kind="prosecutor", name={"en": "Office"}, by=WORLD, at=at
    )
    post = people.open_post(institution=office, role="analyst", title={"en": "A"}, by=WORLD, at=at)
    user = people.add_person(email="a@bench.invalid", full_name="Analyst", by=WORLD, at=at)
    people.appoint(user=user, post=post, from_day=at.date(), by=WORLD, at=at)
    return Actor.user(user.pk), office


def _fill(office: Institution, numbers: range, now: dt.datetime) -> None:
    days = {n: FIRST + (n * 4_000 // CASES % 4_000) * DAY for n in numbers}
    made = {
        n: Case(number=f"B-{n}", holder=office, registered_at=midnight(days[n])) for n in numbers
    }
    Case.objects.bulk_create(made.values(), 500)
    Decision.objects.bulk_create(
        [
            Decision(
                case=made[n],
                kind=kind,
                day=days[n] + step * 20 * DAY,
                persons=int(kind in ("sent_to_court", "convicted")),
                base_version=step,
                recorded_at=now,
                **LAW,
            )
            for n in numbers
            for step, kind in enumerate(COURSES[n % len(COURSES)])
        ],
        500,
    )
    Classification.objects.bulk_create(
        [
            Classification(
                case=made[n],
                number=1,
                conduct=kind[0],
                capacity="official",
                criteria=[],
                provision=kind[1],
                provision_from_day=kind[2],
                body_kind="prosecutor",
                signed_at=midnight(days[n] + DAY),
                base_version=1,
                **LAW,
            )
            for n in numbers
            if (kind := KINDS[n // 7 % len(KINDS)])
        ],
        500,
    )


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
