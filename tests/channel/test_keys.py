"""Ingest keys: made ahead, kept private, destroyed some days after their last day."""

import datetime as dt
import gc
import uuid
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command

from arasha.actors import TICK, WORLD
from arasha.channel import keyring, services
from arasha.channel.models import IngestKey
from arasha.commands.diagnosis import seeds_fault
from arasha.journal.selectors import entries_of
from arasha.wire import ingest
from tests.walk import DAY, NOW, keep_keys

FIRST = dt.date(2026, 1, 1)


@pytest.fixture
def made(db: None, settings, tmp_path: Path) -> list[ingest.IngestKey]:
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")
    return services.make_keys(count=3, each=14 * DAY, from_day=FIRST, by=WORLD, at=NOW)


def test_keys_follow_one_another_without_a_gap(made: list[ingest.IngestKey]) -> None:
    for before, after in pairwise(made):
        assert after.from_day == before.until_day + DAY
    assert made[-1].until_day == FIRST + 42 * DAY - DAY


def test_a_secret_half_is_its_owners_only(made: list[ingest.IngestKey], tmp_path: Path) -> None:
    files = list((tmp_path / "keys" / "ingest").iterdir())

    assert len(files) == 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_key_is_destroyed_two_weeks_after_its_last_day(made: list[ingest.IngestKey]) -> None:
    last = made[0].until_day
    assert services.destroy_old(day=last + 14 * DAY, by=TICK, at=NOW) == 0
    assert services.destroy_old(day=last + 15 * DAY, by=TICK, at=NOW) == 1

    assert keyring.secret_of(made[0].key_id) is None
    assert keyring.secret_of(made[1].key_id) is not None
    assert IngestKey.objects.exclude(destroyed_at=None).count() == 1


def test_the_journal_knows_when_a_key_was_made_and_destroyed_and_by_whom(
    made: list[ingest.IngestKey],
) -> None:
    last = made[0].until_day
    services.destroy_old(day=last + 15 * DAY, by=TICK, at=NOW + DAY)
    services.destroy_old(day=last + 15 * DAY, by=TICK, at=NOW + 2 * DAY)

    key = uuid.UUID(bytes=made[0].key_id)
    entries = entries_of(viewer=TICK, subject_kind="ingest_key", subject_key=key)
    assert {(each.act, each.actor_kind, each.actor_key, each.at) for each in entries} == {
        ("ingest_key.made", "job", "world", NOW),
        ("ingest_key.destroyed", "job", "tick", NOW + DAY),
    }


def test_a_key_that_could_not_be_kept_has_a_row_and_no_secret(
    db: None, settings, tmp_path: Path
) -> None:
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")
    (tmp_path / "keys" / "ingest").write_text("a file where the folder should be")

    with pytest.raises(OSError, match="ingest"):
        services.make_keys(count=1, each=14 * DAY, from_day=FIRST, by=WORLD, at=NOW)
    assert IngestKey.objects.filter(destroyed_at=None).exists()


def test_a_key_is_destroyed_once_and_again(made: list[ingest.IngestKey]) -> None:
    keyring.destroy(made[0].key_id)
    keyring.destroy(made[0].key_id)

    assert keyring.secret_of(made[0].key_id) is None


def test_who_used_a_key_does_not_keep_it(made: list[ingest.IngestKey], tmp_path: Path) -> None:
    seed = (tmp_path / "keys" / "ingest" / made[0].key_id.hex()).read_bytes()
    assert keyring.secret_of(made[0].key_id)
    assert len(list(keyring.secrets())) == 3

    secrets = [each for each in gc.get_objects() if type(each) is ingest.IngestSecret]
    assert seed not in {each.seed for each in secrets}


def test_the_doctor_names_each_secret_half_that_nothing_would_destroy(
    made: list[ingest.IngestKey], tmp_path: Path
) -> None:
    assert seeds_fault() == ""
    cut_off, (old, _, _) = tmp_path / "keys" / "ingest" / "cut-off.new", made
    cut_off.write_bytes(bytes(32))
    IngestKey.objects.filter(pk=old.key_id).update(destroyed_at=NOW)

    strays = sorted((old.key_id.hex(), "cut-off.new"))
    assert f"nothing destroys {', '.join(strays)} in" in seeds_fault()


def test_the_command_lays_public_halves_for_the_keepers(db: None, settings, tmp_path: Path) -> None:
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")
    call_command("ingest", "new", str(tmp_path / "out"), "--count", "2", "--from", "2026-01-01")

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["2026-01-01.json", "2026-01-15.json"]
    key = ingest.IngestKey.parse((tmp_path / "out" / names[0]).read_bytes())
    assert keyring.secret_of(key.key_id)
