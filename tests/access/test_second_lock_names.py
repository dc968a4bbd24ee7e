"""Names behind row-level security: found by an index, by whom they are open to; and pairs of cases."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.access import selectors as access
from arasha.access.viewing import viewing
from arasha.actors import TICK, WORLD
from arasha.cases import selectors, services
from arasha.cases.models import Case, Identity, Person, SameEvent
from arasha.cases.naming import folding_of
from arasha.people.models import Institution, User
from tests.access import cast, rows
from tests.access.locking import Become, count_by_sql

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
NAME = "Серік Болатұлы Ахметов"
AT = dt.datetime.now(dt.UTC)


def named(case: Case, name: str = NAME) -> Identity:
    person = Person.objects.create(case=case, code="V1", role="victim", added_at=AT)
    return Identity.objects.create(case=case, person=person, name=name, **folding_of(name))


def twice(office: Institution, other_office: Institution) -> tuple[Case, Case]:
    """Two cases of two offices in which the same person tells of the same day."""
    cases = rows.case(), rows.case()
    for case, holder in zip(cases, (office, other_office), strict=True):
        named(case)
        rows.allegation(case)
        cast.give("case", case.key, holder, "assigned")
    return cases


def compared_by_the_jobs(case: Case, become: Become) -> int:
    become("arasha_jobs")
    with viewing(TICK):
        found = services.compare(case=case, by=TICK, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    return found


@pytest.mark.parametrize("few", [access.FEW, 0], ids=["one by one", "by the index"])
def test_a_name_is_found_by_whom_it_is_open_to_and_by_nobody_else(
    few: int, become: Become, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "FEW", few)
    case, office = rows.case(), cast.institution()
    named(case)
    cast.give("case", case.key, office, "assigned")
    ours, officer = cast.person("prosecutor", office), cast.person("officer", office)
    barred, stranger = cast.person("prosecutor", office), cast.person("prosecutor")
    cast.keep_away("case", case.key, barred)
    become("arasha_desk")

    with viewing(cast.actor(ours)):
        [hit] = selectors.find_by_name(viewer=cast.actor(ours), text="akhmetov serik")
        assert hit.name == NAME
    for other in (officer, barred, stranger):
        with viewing(cast.actor(other)):
            # As if the first lock were forgotten.
            assert selectors.find_by_name(viewer=WORLD, text=NAME) == []


def test_the_function_tells_the_keys_of_what_is_open_and_takes_no_sql(become: Become) -> None:
    case, office = rows.case(), cast.institution()
    named(case)
    cast.give("case", case.key, office, "assigned")
    ours, stranger = cast.person("prosecutor", office), cast.person("prosecutor")
    become("arasha_desk")

    def asked(viewer: User, pattern: str) -> int:
        with viewing(cast.actor(viewer)), connection.cursor() as cursor:
            asked = "SELECT count(*) FROM arasha_named(%s, %s, %s)"
            cursor.execute(asked, [[pattern], [0], [0]])
            return int(cursor.fetchone()[0])

    assert (asked(ours, "% ahmetov%"), asked(stranger, "% ahmetov%")) == (1, 0)
    assert asked(stranger, "x' OR true --") == 0


def test_another_door_cannot_call_it(become: Become) -> None:
    become("arasha_gateway")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM arasha_named(ARRAY['%a%'], ARRAY[0], ARRAY[0])")


def test_a_suggestion_is_seen_only_by_whoever_may_read_both(become: Become) -> None:
    office, other_office = cast.institution(), cast.institution()
    both = cast.institution()
    one, other = twice(office, other_office)
    for case in (one, other):
        cast.give("case", case.key, both, "supervises")
    people = [
        cast.person("prosecutor", office),
        cast.person("prosecutor", other_office),
        cast.person("supervisor", both),
    ]
    assert compared_by_the_jobs(one, become) == 1
    become("arasha_desk")

    for viewer, rows_open in zip(people, (0, 0, 2), strict=True):
        with viewing(cast.actor(viewer)):
            assert count_by_sql("cases_sameevent") == rows_open
            assert len(selectors.same_events(viewer=cast.actor(viewer), case=one)) == rows_open / 2


def test_who_reads_both_settles_both_sides(become: Become) -> None:
    both = cast.institution()
    one, other = twice(both, both)
    lead = cast.person("supervisor", both)
    compared_by_the_jobs(one, become)
    become("arasha_desk")

    with viewing(cast.actor(lead)):
        pair = SameEvent.objects.get(case=one)
        services.settle(
            pair=pair,
            answer="linked",
            words="",
            base_version=pair.case.version,
            by=cast.actor(lead),
            at=AT,
        )
        assert set(SameEvent.objects.values_list("case_id", "state")) == {
            (one.key, "linked"),
            (other.key, "linked"),
        }
