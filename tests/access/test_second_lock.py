"""Row-level security: what PostgreSQL shows a door's role, whatever the selectors forgot."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from arasha.access.models import Grant
from arasha.access.records import find_record
from arasha.access.rls import weakness
from arasha.access.services.breakglass import break_glass
from arasha.access.viewing import look_one_by_one, streamed, viewing
from arasha.actors import ANONYMOUS, FIGURES, TICK, WORLD, Actor
from arasha.appeals.models import Appeal, Ciphertext
from arasha.cases.models import Case, Number
from arasha.people.models import User
from tests.access import cast, rows
from tests.access.locking import Become, count_by_sql, lock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_without_a_viewer_there_are_no_rows(prosecutor: User, become: Become) -> None:
    become("arasha_desk")

    assert list(Case.objects.all()) == []
    assert count_by_sql("cases_case") == 0


def test_the_viewers_grants_open_their_rows_to_the_orm_and_to_raw_sql(
    prosecutor: User, case: Case, become: Become
) -> None:
    become("arasha_desk")

    with viewing(cast.actor(prosecutor)):
        assert list(Case.objects.all()) == [case]
        assert count_by_sql("cases_case") == 1
        assert [found.pk for found in Case.objects.raw("SELECT * FROM cases_case")] == [case.pk]


def test_a_wrong_viewer_sees_nothing(prosecutor: User, become: Become) -> None:
    become("arasha_desk")
    wrong = [cast.actor(cast.person("prosecutor")), ANONYMOUS, Actor.device(uuid.uuid4()), TICK]

    for viewer in [*wrong, WORLD, Actor("user", "no key"), Actor("user", "' OR true --")]:
        with viewing(viewer):
            assert count_by_sql("cases_case") == 0


def test_a_lazy_list_is_empty_once_its_viewer_has_gone(prosecutor: User, become: Become) -> None:
    become("arasha_desk")
    with viewing(cast.actor(prosecutor)):
        lazy, eager = Case.objects.all(), list(Case.objects.all())

    assert len(eager) == 1
    assert list(lazy) == []


def test_a_streamed_list_is_read_as_its_own_viewer(
    prosecutor: User, case: Case, become: Become
) -> None:
    become("arasha_desk")
    with viewing(cast.actor(prosecutor)):
        bare = Case.objects.iterator(chunk_size=1)
        right = streamed(cast.actor(prosecutor), Case.objects.iterator(chunk_size=1))

    assert list(bare) == []
    assert list(right) == [case]


def test_an_inner_viewer_gives_way_to_the_outer_again(prosecutor: User, become: Become) -> None:
    become("arasha_desk")
    with viewing(cast.actor(prosecutor)):
        with viewing(ANONYMOUS):
            assert count_by_sql("cases_case") == 0
        assert count_by_sql("cases_case") == 1
        with pytest.raises(ValueError, match="inside"), viewing(ANONYMOUS):
            raise ValueError("inside")
        assert count_by_sql("cases_case") == 1


def test_grants_stop_opening_rows_as_in_the_first_lock(
    prosecutor: User, case: Case, become: Become
) -> None:
    grant, viewer = Grant.objects.get(), cast.actor(prosecutor)
    begun = {"since_at": cast.LONG_AGO, "until_at": None, "withdrawn_at": None}
    become("arasha_jobs")

    for change in (
        {"until_at": cast.YESTERDAY},
        {"withdrawn_at": cast.YESTERDAY},
        {"since_at": cast.TOMORROW},
    ):
        Grant.objects.filter(pk=grant.pk).update(**(begun | change))
        with viewing(viewer):
            assert count_by_sql("cases_case") == 0
    Grant.objects.filter(pk=grant.pk).update(**begun)
    with viewing(viewer):
        assert count_by_sql("cases_case") == 1


def test_looked_up_one_by_one_the_same_rows_are_closed_and_open(
    prosecutor: User, case: Case, become: Become
) -> None:
    other = cast.person("prosecutor")
    barred = Case.objects.exclude(pk=case.pk)[0]
    cast.give("case", barred.key, prosecutor, "assigned")
    cast.keep_away("case", barred.key, prosecutor)
    become("arasha_desk")

    for viewer in (ANONYMOUS, cast.actor(other), TICK):
        with viewing(viewer):
            look_one_by_one()
            assert list(Case.objects.all()) == []
    with viewing(cast.actor(prosecutor)):
        look_one_by_one()
        assert list(Case.objects.all()) == [case]
        assert Case.objects.filter(pk=barred.pk).update(conduct="") == 0
        with viewing(ANONYMOUS):
            assert list(Case.objects.all()) == []


def test_a_bar_beats_every_grant(prosecutor: User, case: Case, become: Become) -> None:
    rows.allegation(case)
    cast.keep_away("case", case.key, prosecutor)
    become("arasha_desk")

    with viewing(cast.actor(prosecutor)):
        assert count_by_sql("cases_case") == 0
        assert count_by_sql("cases_allegation") == 0


def test_who_has_left_sees_nothing(prosecutor: User, become: Become) -> None:
    User.objects.filter(pk=prosecutor.pk).update(left_at=cast.YESTERDAY)
    become("arasha_desk")

    with viewing(cast.actor(prosecutor)):
        assert count_by_sql("cases_case") == 0


def test_tick_sees_summaries_and_never_what_is_sealed(become: Become) -> None:
    rows.ciphertext()
    become("arasha_jobs")

    with viewing(TICK):
        assert (Appeal.objects.count(), Ciphertext.objects.count()) == (1, 0)
    with viewing(FIGURES):
        assert Appeal.objects.count() == 1
        assert Appeal.objects.update(stale_set=True) == 0
    assert Appeal.objects.count() == 0


def test_the_desk_counts_figures_of_summaries_and_changes_none(become: Become) -> None:
    rows.ciphertext()
    become("arasha_desk")

    with viewing(FIGURES):
        assert (Appeal.objects.count(), Ciphertext.objects.count()) == (1, 0)
        assert Appeal.objects.update(stale_set=True) == 0


def test_a_task_in_the_name_of_a_person_sees_what_they_see(
    prosecutor: User, case: Case, become: Become
) -> None:
    become("arasha_jobs")

    with viewing(cast.actor(prosecutor)):
        assert list(Case.objects.all()) == [case]


def test_the_public_door_reads_no_record_at_all(become: Become) -> None:
    become("arasha_public")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Case.objects.count()


def test_the_glass_is_broken_by_a_number_through_both_locks(case: Case, become: Become) -> None:
    office = cast.institution()
    breaker, _told = (
        cast.person("prosecutor", office, on_duty=True),
        cast.person("supervisor", office),
    )
    rows.allegation(case)
    become("arasha_desk")

    with viewing(cast.actor(breaker)):
        assert count_by_sql("cases_case") == 0
        record = find_record(case.number.lower())
        assert record is not None
        assert (record.kind, record.key) == ("case", case.key)
        break_glass(
            subject_kind=record.kind,
            subject_key=record.key,
            reason_code="danger",
            reason="He is in danger",
            by=cast.actor(breaker),
            at=dt.datetime.now(dt.UTC),
        )
        assert (count_by_sql("cases_case"), count_by_sql("cases_allegation")) == (1, 1)


def test_even_the_owner_sees_no_row_by_mistake(prosecutor: User) -> None:
    lock()

    with viewing(cast.actor(prosecutor)):
        assert count_by_sql("cases_case") == 0
    assert weakness(connection) == ""


def test_without_the_second_lock_the_doctor_hears_of_it() -> None:
    assert "secure_database" in weakness(connection)


def test_building_the_lock_again_changes_nothing(prosecutor: User, become: Become) -> None:
    lock()
    before = policies()

    become("arasha_desk")

    assert policies() == before
    with viewing(cast.actor(prosecutor)):
        assert count_by_sql("cases_case") == 1


def policies() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check"
            " FROM pg_policies ORDER BY 1, 2"
        )
        return list(cursor.fetchall())


def test_who_leads_the_holder_may_move_its_case_and_gives_no_numbers(
    case: Case, become: Become
) -> None:
    """What the head decides (ADR 0026) moves the case; numbers are the prosecutor's."""
    office = cast.institution()
    lead = cast.person("supervisor", office)
    cast.give("case", case.key, office, "assigned")
    become("arasha_desk")

    with viewing(cast.actor(lead)):
        assert count_by_sql("cases_case") == 1
        assert Case.objects.update(version=9) == 1
        with pytest.raises(ProgrammingError), transaction.atomic():
            Number.objects.create(
                case=case, register="erdr", number="26-9", given_day=dt.date(2026, 1, 9)
            )
