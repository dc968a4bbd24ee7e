"""How long it takes to find a person by name among a million, in any spelling.

    python -m bench.people [PERSONS]

Five persons a case, invented by the generator of tests/engines/names. On the database of ARASHA_DATABASE,
which must be empty; without it, on a SQLite file that is thrown away. On PostgreSQL as the desk's role,
behind row-level security. Somebody who leads the country (all cases), and somebody of one office.
"""

import statistics
import sys
import time
from random import Random  # noqa: TID251 - seeded: the same country each time

from bench.access import NOW, _grant, prepare  # noqa: F401 - settles the settings first

# isort: split
from django.core.management import call_command
from django.db import connection

from arasha.access.models import Grant
from arasha.access.viewing import viewing
from arasha.actors import Actor
from arasha.cases.models import Case, Identity, Person
from arasha.cases.naming import folding_of
from arasha.cases.selectors import find_by_name
from arasha.country import country
from arasha.people.models import Appointment, Institution, Post, User
from tests.engines.names.crowd import SCRIPTS, Crowd

PERSONS, PER_CASE, OFFICES = 1_000_000, 5, 20
ASKED = 60
BATCH = 5_000
AIM_MS = 150


def main() -> int:
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    call_command("migrate", verbosity=0)
    country()  # read before the clock runs
    began = time.perf_counter()
    viewers, names = fill(persons)
    say(
        f"{connection.vendor}: {persons // PER_CASE:,} cases, {persons:,} persons,"
        f" filled in {time.perf_counter() - began:.0f} s"
    )
    if connection.vendor == "postgresql":
        call_command("secure_database", verbosity=0)
        execute("VACUUM ANALYZE", "GRANT arasha_desk TO CURRENT_USER", "SET ROLE arasha_desk")
    for who, viewer in viewers.items():
        for what, asked in names.items():
            say(f"  {who:<8} {what:<28} {line(viewer, asked)}")
    if connection.vendor == "postgresql":
        say(f"  scans of the index of parts, as the desk's role: {scans()}")
    return 0


def line(viewer: Actor, asked: list[str]) -> str:
    took, found = [], []
    for text in asked:
        began = time.perf_counter()
        with viewing(viewer):
            found.append(len(find_by_name(viewer=viewer, text=text)))
        took.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(took, n=20)[-1]
    return (
        f"p50 {statistics.median(took):6.1f} ms, p95 {p95:6.1f} ms, most {max(took):6.1f} ms;"
        f" found {statistics.median(found):.0f}, {sum(not each for each in found)} of {len(found)} nothing"
    )


def scans() -> int:
    """What the function did inside, which EXPLAIN does not show."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'identity_by_part_of_name'"
        )
        return int(cursor.fetchone()[0])


def fill(persons: int) -> tuple[dict[str, Actor], dict[str, list[str]]]:
    """Cases, people and grants; who asks, and what for."""
    crowd, chance = Crowd(7), Random(7)  # noqa: S311 - no secret
    offices = [
        Institution.objects.create(code=f"office-{n}", kind="prosecutor", name={})
        for n in range(OFFICES)
    ]
    lead = Institution.objects.create(code="lead", kind="prosecutor", name={})
    people = crowd.people(min(persons // 2, 60_000))
    known = []
    for first in range(0, persons // PER_CASE, BATCH):
        cases = [
            Case(number=f"KZ-{n}", holder=offices[n * n % OFFICES], registered_at=NOW)
            for n in range(first, min(first + BATCH, persons // PER_CASE))
        ]
        Case.objects.bulk_create(cases, 1_000)
        Grant.objects.bulk_create(
            [_grant(each.pk, each.holder_id, "assigned") for each in cases], 1_000
        )
        Grant.objects.bulk_create([_grant(each.pk, lead.pk, "supervises") for each in cases], 1_000)
        rows = [
            Person(case=case, code=f"P{n}", role="witness", added_at=NOW)
            for case in cases
            for n in range(PER_CASE)
        ]
        Person.objects.bulk_create(rows, 1_000)
        chosen = [chance.choice(people) for _ in rows]
        names = [crowd.written(who, chance.choice(SCRIPTS), typos=0.03) for who in chosen]
        Identity.objects.bulk_create(
            [
                Identity(case_id=row.case_id, person=row, name=name, **folding_of(name))
                for row, name in zip(rows, names, strict=True)
            ],
            1_000,
        )
        known += list(zip(chosen[:3], names[:3], strict=True))
    some = [chance.choice(known) for _ in range(ASKED)]
    asked = {
        "surname and given name": [f"{who.surname} {who.given}" for who, _ in some],
        "whole, in another script": [crowd.written(who, chance.choice(SCRIPTS)) for who, _ in some],
        "surname": [who.surname for who, _ in some],
        "given name": [who.given for who, _ in some],
        "its first four letters": [who.surname[:4] for who, _ in some],
        "a stranger": [f"{who.surname}ский {who.father}" for who in crowd.people(ASKED)],
    }
    return {"country": post(lead, "supervisor"), "office": post(offices[1], "prosecutor")}, asked


def post(office: Institution, role: str) -> Actor:
    user = User.objects.create(email=f"{role}@arasha.example", full_name=role)
    held = Post.objects.create(institution=office, role=role, title={})
    Appointment.objects.create(user=user, post=held, from_day=NOW.date().replace(year=2020))
    return Actor.user(user.pk)


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
