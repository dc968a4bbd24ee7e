"""Row-level security: what PostgreSQL lets a door's role write, whatever a service forgot."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from arasha.access import services
from arasha.access.viewing import viewing
from arasha.actors import TICK, WORLD, Actor
from arasha.appeals.models import Appeal, Ciphertext
from arasha.cases.models import Allegation, Case, Deadline, Number
from arasha.journal import services as journal
from arasha.journal.models import Entry, Salt
from arasha.people.models import User
from tests.access import cast, rows
from tests.access.locking import Become

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


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


def test_the_head_writes_what_a_decision_moves_and_nothing_else(case: Case, become: Become) -> None:
    head = cast.person("supervisor", office := cast.institution())
    cast.give("case", case.key, office, "assigned")
    become("arasha_desk")

    with viewing(cast.actor(head)):
        assert Case.objects.filter(pk=case.pk).update(stage="investigation") == 1
        Deadline.objects.create(
            case=case,
            rule="returned_case",
            started_at=cast.NOW,
            due_at=cast.TOMORROW,
            law_answer={},
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Number.objects.create(
                case=case, register="erdr", number="1", folded="1", given_day=cast.NOW.date()
            )


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


@pytest.mark.parametrize("role", ["arasha_desk", "arasha_gateway", "arasha_jobs"])
def test_every_staff_door_and_the_gateway_may_add_to_the_journal(role: str, become: Become) -> None:
    become(role)

    entry = journal.record(
        act="case.read", subject_kind="case", subject_key=uuid.uuid4(), by=TICK, at=cast.NOW
    )

    assert entry.leaf_id is not None


@pytest.mark.parametrize("table", [Entry, Salt])
def test_the_gateway_reads_no_act_and_no_salt(table: type[Model], become: Become) -> None:
    become("arasha_gateway")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        table._default_manager.exists()


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
