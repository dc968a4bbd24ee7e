import datetime as dt
import uuid

import pytest

from arasha.actors import ANONYMOUS, TICK, Actor
from arasha.engines.translog import commitment, leaf
from arasha.journal import epochs, selectors, services
from arasha.journal.digests import READ, batch_commitment, digest_of
from arasha.journal.models import Entry, Leaf, Salt

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)
OFFICER = Actor.user(uuid.UUID(int=1))
CASE = uuid.UUID(int=7)


def record() -> Entry:
    return services.record(
        act="case.sent_to_court", subject_kind="case", subject_key=CASE, by=OFFICER, at=NOON
    )


def test_an_act_has_a_pending_leaf_of_its_own() -> None:
    entry = record()

    stored = Entry.objects.select_related("leaf", "salt").get(pk=entry.key)
    committed = commitment(bytes(stored.salt.value), digest_of(stored))
    assert stored.leaf is not None
    assert stored.leaf.text == leaf("event", committed).decode()
    assert stored.leaf.epoch is None


def test_the_same_act_twice_has_two_leaves_that_nobody_can_compare() -> None:
    first, second = record(), record()

    assert first.leaf != second.leaf
    assert first.commitment != second.commitment


def test_many_acts_are_recorded_like_single_ones() -> None:
    acts = [
        services.Act(act="case.opened", subject_kind="case", subject_key=CASE, by=TICK, at=NOON)
        for _ in range(3)
    ]
    services.record_many(acts=acts)

    for entry in Entry.objects.select_related("leaf"):
        assert entry.leaf is not None
        assert entry.leaf.text == leaf("event", bytes(entry.commitment or b"")).decode()
        assert bytes(entry.digest) == digest_of(entry)
    assert Salt.objects.count() == 3


def test_reads_get_one_leaf_together_at_the_next_epoch() -> None:
    subjects = [("case", CASE), ("case", uuid.UUID(int=8))]
    services.record_reads(viewer=OFFICER, subjects=subjects, at=NOON)
    assert Leaf.objects.count() == 0

    batch = epochs.close_batch_of_reads()

    reads = Entry.objects.filter(act=READ)
    committed = batch_commitment(bytes(read.commitment or b"") for read in reads)
    assert batch is not None
    assert batch.text == leaf("event", committed).decode()
    assert {read.leaf for read in reads} == {batch}


def test_without_reads_there_is_no_batch() -> None:
    record()

    assert epochs.close_batch_of_reads() is None
    assert Leaf.objects.count() == 1


def test_who_has_seen_a_record_is_told_to_people_newest_first_and_to_nobody_else() -> None:
    record()
    later = NOON + dt.timedelta(hours=1)
    services.record_reads(viewer=TICK, subjects=[("case", CASE)], at=later)
    services.record_reads(viewer=TICK, subjects=[("case", uuid.UUID(int=8))], at=later)

    told = selectors.entries_of(viewer=OFFICER, subject_kind="case", subject_key=CASE)
    assert [entry.act for entry in told] == [READ, "case.sent_to_court"]
    assert not selectors.entries_of(viewer=ANONYMOUS, subject_kind="case", subject_key=CASE)


def test_people_see_what_they_did_themselves_and_not_what_colleagues_did() -> None:
    record()
    colleague = Actor.user(uuid.UUID(int=2))

    assert selectors.entries_by(viewer=OFFICER, actor=OFFICER).count() == 1
    assert selectors.entries_by(viewer=colleague, actor=OFFICER).count() == 0


def test_an_erased_salt_is_gone_and_the_erasure_is_recorded() -> None:
    entry = record()
    services.erase_salt(entry=entry, by=OFFICER, at=NOON, reason_code="retention")

    assert not Salt.objects.filter(entry=entry).exists()
    erased = Entry.objects.get(act="journal.salt_erased")
    assert (erased.subject_key, erased.reason_code) == (entry.key, "retention")
