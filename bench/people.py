"""How long lists of cases, a person by name and "My terms" take over a country's register.

    python -m bench.people [PERSONS]

Five persons a case, invented by the generator of tests/engines/names. On the database of ARASHA_DATABASE,
which must be empty or filled by this; without it, on a SQLite file that is thrown away. On PostgreSQL as the
desk's role, behind row-level security. Somebody who leads the country (all cases), somebody of an office
with a fifth of them, and two of small offices with 40 and 400 terms. Of a page all that is asked of the
database, without the drawing of it.
"""

import datetime as dt
import gc
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from random import Random  # noqa: TID251 - seeded: the same country each time

from bench.access import NOW, _grant, prepare  # noqa: F401 - settles the settings first

# isort: split
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import set_urlconf

from arasha.access.models import Grant
from arasha.access.viewing import viewing
from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.models import Case, Deadline, Identity, Number, Person
from arasha.cases.naming import folding_of
from arasha.country import country
from arasha.desk.terms import my_terms
from arasha.engines.names import fold
from arasha.engines.names.folding import DAUGHTER, SON
from arasha.people.models import Appointment, Institution, Post, User
from arasha.rows import LongList
from tests.engines.names.crowd import DIAERESIS_2021, MOST_USED, RUSSIAN, SCRIPTS, Crowd
from tests.engines.names.crowd import Person as Man

Ask = Callable[[], int]  # how many it found
PERSONS, PER_CASE, OFFICES = 1_000_000, 5, 20
ASKED, ROUNDS = 40, 20
BATCH = 5_000
SEED = 7
SMALL, TERMS = 2_000, (40, 400)  # cases of two offices, and how many terms run in each
RUNNING = 7  # every seventh case of the others is open
ENDED = ("closed", "court")
DAY = dt.timedelta(days=1)
AIM_MS = 150


def main() -> int:
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    call_command("migrate", verbosity=0)
    country()  # read before the clock runs
    if not Institution.objects.filter(code="lead").exists():
        began = time.perf_counter()
        fill(persons)
        say(f"filled in {time.perf_counter() - began:.0f} s")
    if connection.vendor == "postgresql":
        call_command("secure_database", verbosity=0)
        execute("VACUUM ANALYZE", "GRANT arasha_desk TO CURRENT_USER", "SET ROLE arasha_desk")
    else:
        execute("ANALYZE")
    viewers = {user.full_name: Actor.user(user.pk) for user in User.objects.order_by("email")}
    with viewing(viewers["lead"]):
        cases = Case.objects.count()
        say(f"{connection.vendor}: {cases:,} cases, {Identity.objects.count():,} persons")
        asked = names_to_ask(cases)
    numbers = [f"KZ-2026-{n * 997 % cases:06}" for n in range(ASKED)]
    set_urlconf("arasha.config.urls.desk")
    gc.collect()
    gc.freeze()  # as each door does at its start
    for who, viewer in viewers.items():
        for what, acts in {
            **lists(viewer, numbers),
            **searches(viewer, asked),
            **terms(viewer),
        }.items():
            say(f"  {who:<10} {what:<34} {line(viewer, acts)}")
    if connection.vendor == "postgresql":
        say(f"  scans of the index of parts, as the desk's role: {scans()}")
    return 0


def lists(viewer: Actor, numbers: list[str]) -> dict[str, list[Ask]]:
    """What the page of cases asks: the rows, how many there are, and since when terms stand."""

    def page(number: int = 1, **asked: str) -> int:
        found = LongList(selectors.cases(viewer=viewer, **asked)).get_page(number)
        selectors.standing_of(viewer=viewer, cases=found.object_list)
        return found.paginator.count

    return {
        "cases, open, first page": [partial(page, stage=selectors.OPEN)] * ROUNDS,
        "cases, all, first page": [page] * ROUNDS,
        "cases, all, last page (40)": [partial(page, 40)] * ROUNDS,
        "cases, one stage": [partial(page, stage="court")] * ROUNDS,
        "cases, by our number": [partial(page, text=each) for each in numbers],
        "cases, by another body's number": [
            partial(page, text=f"26{each[-6:]}0031") for each in numbers
        ],
    }


def searches(viewer: Actor, asked: dict[str, list[str]]) -> dict[str, list[Ask]]:
    def find(text: str) -> int:
        return len(selectors.find_by_name(viewer=viewer, text=text))

    return {what: [partial(find, text) for text in texts] for what, texts in asked.items()}


def terms(viewer: Actor) -> dict[str, list[Ask]]:
    def page(number: str) -> int:
        return my_terms(viewer=viewer, at=NOW, number=number).page.paginator.count

    return {f"my terms, page {n}": [partial(page, n)] * ROUNDS for n in ("1", "2", "14")}


def names_to_ask(cases: int) -> dict[str, list[str]]:
    """What somebody types who looks for people of the register, and for one who is not in it."""
    chance, crowd = Random(SEED), Crowd(SEED + 1)  # noqa: S311 - no secret
    numbers = [f"KZ-2026-{chance.randrange(cases):06}" for _ in range(ASKED * 6)]
    written = Identity.objects.filter(case__number__in=numbers, person__code="P0")
    names = list(written.order_by("case__number").values_list("name", flat=True))
    chance.shuffle(names)
    words = [[w for w in fold(name).split() if not w.endswith((SON, DAUGHTER))] for name in names]
    surnames = [max(each, key=len) for each in words if each][:ASKED]
    fathers = [w for name in names for w in fold(name).split() if w.endswith((SON, DAUGHTER))]
    cyrillic = [name for name in names if not name.isascii() and name.translate(RUSSIAN) != name]
    return {
        "a common given name": [chance.choice(crowd.whole[:MOST_USED]) for _ in range(ASKED)],
        "a surname": surnames,
        "its first four letters": [each[:4] for each in surnames],
        "a surname with one mistake": [mistyped(each, chance) for each in surnames],
        "surname and given name": [" ".join(each[:2]) for each in words if len(each) > 1][:ASKED],
        "a whole name": names[:ASKED],
        "a whole Kazakh name in Latin": [
            each.lower().translate(DIAERESIS_2021).title() for each in cyrillic[:ASKED]
        ],
        "a patronymic": fathers[:ASKED],
        "one word of a stranger": [f"{who.surname}ский" for who in crowd.people(ASKED)],
        "a stranger": [f"{who.surname}ский {who.father}" for who in crowd.people(ASKED)],
    }


def mistyped(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice((
        word[:at] + word[at + 1 :],
        word[:at] + chance.choice("aeikmnt") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ))  # fmt: skip


def line(viewer: Actor, acts: list[Ask]) -> str:
    took, worked, found = [], [], []
    with viewing(viewer):
        acts[0]()  # reads what is read once in a process
    for act in acts:
        began, before = time.perf_counter(), processor()
        with viewing(viewer):
            found.append(act())
        worked.append((processor() - before) * 1000)
        took.append((time.perf_counter() - began) * 1000)
    p95, of_processor = (statistics.quantiles(each, n=20)[-1] for each in (took, worked))
    over = "  OVER" if of_processor > AIM_MS else ""
    return (
        f"p50 {statistics.median(took):6.1f} ms, p95 {p95:6.1f} ms; of the processor"
        f" p50 {statistics.median(worked):6.1f} ms, p95 {of_processor:6.1f} ms;"
        f" found {statistics.median(found):.0f}, {sum(not each for each in found)} of {len(found)}"
        f" nothing{over}"
    )


def processor() -> float:
    """Seconds on a processor, here and in PostgreSQL's process for us: what other work does not change."""
    if connection.vendor != "postgresql":
        return time.process_time()
    return time.process_time() + int(_of_server().read_text().split()[0]) / 1e9


@cache
def _of_server() -> Path:
    """Linux counts the nanoseconds of a process; so the server must be on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/schedstat")


def scans() -> int:
    """What the function did inside, which EXPLAIN does not show."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'identity_by_part_of_name'"
        )
        return int(cursor.fetchone()[0])


def fill(persons: int) -> None:
    """Cases of many offices, their clocks, and people; one office leads them all."""
    crowd, chance = Crowd(SEED), Random(SEED)  # noqa: S311 - no secret
    offices = [_office(f"office-{n}") for n in range(OFFICES)]
    holding = [_office(f"terms-{terms}") for terms in TERMS]
    lead = _office("lead")
    post(lead, "supervisor")
    for office in (offices[1], *holding):
        post(office, "prosecutor")
    people = crowd.people(min(persons // 2, 60_000))
    for first in range(0, persons // PER_CASE, BATCH):
        numbers = range(first, min(first + BATCH, persons // PER_CASE))
        with transaction.atomic():
            cases = [_case(n, _holder(n, offices, holding)) for n in numbers]
            _store_cases(cases, lead)
            _store_people(cases, crowd, chance, people)


def _holder(n: int, offices: list[Institution], holding: list[Institution]) -> Institution:
    """A fifth of the country is in one office; two small ones have as many terms as their names say."""
    return holding[n // SMALL] if n < SMALL * len(holding) else offices[n * n % OFFICES]


def _case(n: int, holder: Institution) -> Case:
    small = n // SMALL
    is_open = n % SMALL < TERMS[small] // 2 if small < len(TERMS) else n % RUNNING == 0
    return Case(
        number=f"KZ-2026-{n:06}",
        holder=holder,
        stage="investigation" if is_open else ENDED[n % len(ENDED)],
        registered_at=NOW - n * dt.timedelta(minutes=5),
        next_due_at=NOW + (n % 80 - 5) * DAY if is_open else None,
    )


def _store_cases(cases: list[Case], lead: Institution) -> None:
    Case.objects.bulk_create(cases, 1_000)
    grants = [_grant(each.pk, each.holder_id, "assigned") for each in cases]
    grants += [_grant(each.pk, lead.pk, "supervises") for each in cases]
    Grant.objects.bulk_create(grants, 1_000)
    Deadline.objects.bulk_create([_clock(each) for each in cases], 1_000)
    Number.objects.bulk_create([_erdr(each) for each in cases], 1_000)


def _clock(case: Case) -> Deadline:
    due = case.next_due_at
    return Deadline(
        case=case,
        rule="investigation",
        started_at=NOW - 30 * DAY,
        due_at=due or NOW - DAY,
        # The last day to ask is still to come, so that each open case is two terms.
        motion_due_at=max(due - 5 * DAY, NOW + DAY) if due else None,
        met_at=None if due else NOW,
        law_answer={"term": {"amount": 2, "unit": "months"}},
    )


def _erdr(case: Case) -> Number:
    number = f"26{case.number[-6:]}0031"
    return Number(case=case, register="erdr", number=number, folded=number, given_day=NOW.date())


def _store_people(cases: list[Case], crowd: Crowd, chance: Random, people: list[Man]) -> None:
    rows = [
        Person(case=case, code=f"P{n}", role="witness", added_at=NOW)
        for case in cases
        for n in range(PER_CASE)
    ]
    Person.objects.bulk_create(rows, 1_000)
    names = [crowd.written(chance.choice(people), chance.choice(SCRIPTS), typos=0.03) for _ in rows]
    Identity.objects.bulk_create(
        [
            Identity(case_id=row.case_id, person=row, name=name, **folding_of(name))
            for row, name in zip(rows, names, strict=True)
        ],
        1_000,
    )


def _office(code: str) -> Institution:
    return Institution.objects.create(code=code, kind="prosecutor", name={})


def post(office: Institution, role: str) -> Actor:
    user = User.objects.create(email=f"{office.code}@arasha.example", full_name=office.code)
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
