"""Row-level security: what PostgreSQL shows a door's role, whatever the selectors forgot."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.access import services
from arasha.access.models import Grant
from arasha.access.records import find_record
from arasha.access.rls import install, weakness
from arasha.access.services.breakglass import break_glass
from arasha.access.viewing import streamed, viewing
from arasha.actors import ANONYMOUS, FIGURES, TICK, WORLD, Actor
from arasha.appeals.models import Appeal, Ciphertext
from arasha.cases.models import Allegation, Case, Deadline, Number
from arasha.journal import services as journal
from arasha.people.models import User
from tests.access import cast, rows

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
Become = Callable[[str], None]


@pytest.fixture
def case() -> Case:
    return rows.case()


@pytest.fixture
def prosecutor(case: Case) -> User:
    """Somebody to whom the case is assigned; there are two other cases."""
    rows.case(), rows.case()
    user = cast.person("prosecutor", cast.institution(), on_duty=True)
    cast.give("case", case.key, user, "assigned")
    return user


@pytest.fixture
def become() -> Iterator[Become]:
    """Go on as a door's role, once the tables' owner has built the second lock."""

    def change(role: str) -> None:
        lock()
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT {role} TO arasha_owner")
            cursor.execute(f"SET LOCAL ROLE {role}")

    yield change
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def lock() -> None:
    connection.check_constraints()  # a table with unchecked rows cannot be altered
    install(connection)


def count_by_sql(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        (count,) = cursor.fetchone()
    return int(count)


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


def test_a_task_in_the_name_of_a_person_sees_what_they_see(
    prosecutor: User, case: Case, become: Become
) -> None:
    become("arasha_jobs")

    with viewing(cast.actor(prosecutor)):
        assert list(Case.objects.all()) == [case]


def test_reading_is_not_writing(case: Case, become: Become) -> None:
    supervisor = cast.person("supervisor")
    cast.give("case", case.key, supervisor, "supervises")
    become("arasha_desk")

    with viewing(cast.actor(supervisor)):
        assert Case.objects.count() == 1
        assert Case.objects.update(next_due_rule="never") == 0


def test_who_writes_may_change_and_add(prosecutor: User, case: Case, become: Become) -> None:
    become("arasha_desk")

    with viewing(cast.actor(prosecutor)):
        assert Case.objects.filter(pk=case.pk).update(next_due_rule="investigation") == 1
        Deadline.objects.create(
            case=case,
            rule="investigation",
            started_at=cast.NOW,
            due_at=cast.TOMORROW,
            law_answer={},
        )
        assert Case.objects.select_for_update(of=("self",)).get(pk=case.pk) == case


def test_a_row_of_a_foreign_case_is_refused(prosecutor: User, become: Become) -> None:
    foreign = rows.case()
    become("arasha_desk")

    with (
        viewing(cast.actor(prosecutor)),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Number.objects.create(
            case=foreign, register="erdr", number="1", folded="1", given_day=cast.NOW.date()
        )


def test_a_record_comes_after_its_grant_and_not_without(become: Become) -> None:
    officer, office = cast.person("officer"), cast.institution()
    become("arasha_desk")

    with viewing(cast.actor(officer)):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            rows.allegation(key=uuid.uuid4())
        key = uuid.uuid4()
        cast.give(
            "allegation", key, office, "assigned", since_at=dt.datetime.now(dt.UTC),
            by=cast.actor(officer),
        )  # fmt: skip
        rows.allegation(key=key)
        assert Allegation.objects.count() == 0  # passed on: no longer theirs to read


def test_a_grant_counts_in_its_own_transaction(become: Become) -> None:
    prosecutor = cast.person("prosecutor", office := cast.institution())
    become("arasha_desk")

    with viewing(cast.actor(prosecutor)):
        key = uuid.uuid4()
        cast.give(
            "case", key, office, "assigned", since_at=dt.datetime.now(dt.UTC),
            by=cast.actor(prosecutor),
        )  # fmt: skip
        made = Case.objects.create(key=key, number="KZ-1", holder=office, registered_at=cast.NOW)
        assert list(Case.objects.all()) == [made]


def test_nobody_gives_a_grant_in_anothers_name(become: Become) -> None:
    office, forger = cast.institution(), cast.person("prosecutor")
    become("arasha_desk")

    with (
        viewing(cast.actor(forger)),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        cast.give("case", uuid.uuid4(), office, "assigned", by=WORLD)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET act = 'other'",
        "DELETE FROM journal_entry",
        "UPDATE journal_leaf SET text = 'other'",
        "DELETE FROM journal_salt",
        "TRUNCATE journal_entry",
        "UPDATE access_grant SET basis = 'assigned'",
        "DELETE FROM access_grant",
        'INSERT INTO access_cell (kind, compartment, basis, role, "right")'
        " VALUES ('appeal', 'sealed', 'breakglass', 'prosecutor', 'rw')",
        "UPDATE access_breaking SET reason = 'other'",
        "DELETE FROM cases_case",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE drawer (x int)",
    ],
)
@pytest.mark.parametrize("role", ["arasha_desk", "arasha_gateway", "arasha_public"])
def test_a_door_cannot_change_what_is_written_for_ever(
    role: str, statement: str, become: Become
) -> None:
    become(role)

    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("role", ["arasha_desk", "arasha_gateway", "arasha_jobs"])
def test_every_staff_door_and_the_gateway_may_add_to_the_journal(role: str, become: Become) -> None:
    become(role)

    entry = journal.record(
        act="case.read", subject_kind="case", subject_key=uuid.uuid4(), by=TICK, at=cast.NOW
    )

    assert entry.leaf_id is not None


def test_the_public_door_reads_no_record_at_all(become: Become) -> None:
    become("arasha_public")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Case.objects.count()


def test_the_gateway_files_and_finds_its_filing_again_but_reads_no_case(become: Become) -> None:
    set_of = rows.appeal().recipient_set
    key, device = uuid.uuid4(), Actor.device(uuid.uuid4())
    become("arasha_gateway")

    with viewing(device):
        services.grant_by_rule(
            subject_kind="appeal",
            subject_key=key,
            holder_kind="institution",
            holder_key=set_of.institution_id,
            basis="assigned",
            at=cast.NOW,
        )
        appeal = Appeal.objects.create(
            key=key, leaf_hash=b"h", code="c", recipient_set=set_of, received_day=cast.NOW.date()
        )
        Ciphertext.objects.create(appeal=appeal, envelope=b"sealed")
        assert Appeal.objects.select_related("ciphertext").get(leaf_hash=b"h") == appeal
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Case.objects.count()
    assert Appeal.objects.count() == 0


def test_an_appeal_without_a_grant_is_not_filed(become: Become) -> None:
    set_of = rows.appeal().recipient_set
    become("arasha_gateway")

    with (
        viewing(Actor.device(uuid.uuid4())),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Appeal.objects.create(
            leaf_hash=b"h", code="c", recipient_set=set_of, received_day=cast.NOW.date()
        )


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
