import datetime as dt
import uuid

import pytest

from arasha.access.models import Grant
from arasha.actors import ANONYMOUS, TICK, Actor
from arasha.channel.models import IngestKey
from arasha.commands.references import dangling_references, tables_by_kind
from arasha.journal import services as journal
from arasha.people.models import User

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)


@pytest.fixture
def user() -> User:
    return User.objects.create(email="a@example.org", full_name="A")


def record(by: Actor, key: uuid.UUID, kind: str = "person") -> None:
    journal.record(act="person.named", subject_kind=kind, subject_key=key, by=by, at=NOON)


def test_references_that_resolve_are_not_named(user: User) -> None:
    record(Actor.user(user.key), user.key)
    record(TICK, user.key)
    record(ANONYMOUS, user.key)

    assert list(dangling_references()) == []


def test_a_key_of_the_channel_is_named_by_its_own_bytes() -> None:
    kept, gone = uuid.uuid4(), uuid.uuid4()
    IngestKey.objects.create(key_id=kept.bytes, from_day=NOON.date(), until_day=NOON.date())
    record(TICK, kept, kind="ingest_key")
    record(TICK, gone, kind="ingest_key")

    assert list(dangling_references()) == [
        f"Entry.subject_key names ingest_key:{gone}, and there is none"
    ]


def test_a_reference_to_nothing_is_named_with_where_it_stands(user: User) -> None:
    nobody = uuid.uuid4()
    record(Actor.user(user.key), nobody)

    assert list(dangling_references()) == [
        f"Entry.subject_key names person:{nobody}, and there is none"
    ]


def test_an_actor_that_never_was_is_named(user: User) -> None:
    record(Actor.user(uuid.UUID(int=5)), user.key)

    (fault,) = dangling_references()
    assert fault.startswith("Entry.actor_key names user:00000000-0000-0000-0000-000000000005")


def test_a_kind_that_no_table_holds_is_named(user: User) -> None:
    record(TICK, user.key, kind="unicorn")

    (fault,) = dangling_references()
    assert f"unicorn:{user.key}, and no table holds that kind" in fault


def test_a_lone_key_says_its_kind_in_its_name(user: User) -> None:
    gone = uuid.uuid4()
    journal.record(
        act="x", subject_kind="person", subject_key=user.key, by=TICK, at=NOON, grant_key=gone
    )

    (fault,) = dangling_references()
    assert fault == f"Entry.grant_key names grant:{gone}, and there is none"


def test_every_kind_of_record_has_its_table() -> None:
    kinds = tables_by_kind()

    assert kinds["grant"] is Grant
    assert kinds["person"] is kinds["user"] is User
    assert {"appeal", "case", "place", "institution", "device", "entry"} <= set(kinds)
