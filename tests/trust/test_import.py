"""The server takes what a ceremony signed: all of it or nothing, and checks it as a terminal does."""

import datetime as dt
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import call_command

from arasha.actors import ANONYMOUS, TICK, WORLD
from arasha.engines.sealing import RecipientSet
from arasha.engines.translog import leaf_hash
from arasha.journal import services as journal
from arasha.journal.models import Leaf
from arasha.people.models import Institution
from arasha.trust import selectors, services
from arasha.trust.errors import (
    FreshnessKeyError,
    NoRootError,
    NotBelievedError,
    NotStampedError,
    OlderFolderError,
    OtherRootError,
    TrustDamagedError,
)
from arasha.trust.models import RecipientSet as PublishedSet
from arasha.trust.models import Standing, TrustFile
from arasha.trust.tick import tick
from arasha.wire.keyfile import write_private
from arasha.wire.trust import first, follow, making
from arasha.wire.trust.keys import new_key
from arasha.worlds.ceremony import Ceremony
from tests.walk import DAY, LONG_AGO, NOW, publish, recipient_set


def take(ceremony: Ceremony, *, root: bytes | None = None, at: dt.datetime = NOW) -> None:
    services.import_folder(path=ceremony.folder.path, root=root, by=WORLD, at=at)


def test_the_first_import_needs_a_root_that_people_compared(ceremony: Ceremony) -> None:
    with pytest.raises(NoRootError, match="compared aloud"):
        take(ceremony)


def test_another_root_is_no_rotation(recipients: RecipientSet, tmp_path: Path) -> None:
    other = Ceremony.begin(tmp_path / "other", at=NOW, demo=False)

    with pytest.raises(OtherRootError, match="only by rotation"):
        other.bring(by=WORLD, at=NOW)


def test_a_demo_s_root_is_refused_by_a_real_build(db: None, tmp_path: Path) -> None:
    demo = Ceremony.begin(tmp_path / "demo", at=NOW)

    with pytest.raises(NotBelievedError, match=r"everybody has its keys.* the real ceremony"):
        demo.bring(by=WORLD, at=NOW)
    assert not Standing.objects.exists()


def test_a_folder_that_is_none_is_refused_in_words(db: None, tmp_path: Path) -> None:
    root = Ceremony.begin(tmp_path / "real", at=NOW, demo=False).root

    with pytest.raises(TrustDamagedError, match="holds no root"):
        services.import_folder(path=tmp_path / "empty", root=root, by=WORLD, at=NOW)


def test_a_folder_that_nobody_stamped_is_sent_to_the_freshness_key(
    recipients: RecipientSet, ceremony: Ceremony
) -> None:
    (ceremony.folder.path / "timestamp.json").unlink()

    with pytest.raises(NotStampedError, match=r"Stamp the folder.*or put the freshness key"):
        take(ceremony)


def test_an_older_folder_is_sent_back_for_the_newest(
    recipients: RecipientSet, ceremony: Ceremony, tmp_path: Path
) -> None:
    older = copytree(ceremony.folder.path, tmp_path / "older")
    publish(ceremony, recipient_set(version=2))

    with pytest.raises(OlderFolderError, match="Import the newest folder"):
        services.import_folder(path=older, by=WORLD, at=NOW)


def test_a_spoilt_freshness_key_is_named_and_the_folder_is_not_blamed(
    recipients: RecipientSet, ceremony: Ceremony, settings, tmp_path: Path
) -> None:
    settings.ARASHA_KEYS_DIR = tmp_path / "keys"
    write_private(tmp_path / "keys" / "freshness", ceremony.freshness.to_json("a passphrase"))

    with pytest.raises(FreshnessKeyError, match=r"sealed with a passphrase.*take it away"):
        take(ceremony)
    (tmp_path / "keys" / "freshness").chmod(0o644)
    with pytest.raises(FreshnessKeyError, match="chmod 600"):
        take(ceremony)


def test_one_refused_file_keeps_all_of_the_folder_out(
    recipients: RecipientSet, ceremony: Ceremony
) -> None:
    before = set(TrustFile.objects.values_list("name", flat=True))
    ceremony.publish(recipient_set(version=2))
    ceremony.freshen(NOW)
    [newest] = ceremony.folder.path.glob("2.body-ombudsperson.json")
    newest.write_bytes(newest.read_bytes().replace(b'"version":2', b'"version":3'))

    with pytest.raises(NotBelievedError, match="body-ombudsperson"):
        take(ceremony)
    assert set(TrustFile.objects.values_list("name", flat=True)) == before
    assert PublishedSet.objects.get().version == 1


def test_the_same_folder_again_changes_nothing(
    recipients: RecipientSet, ceremony: Ceremony
) -> None:
    before = TrustFile.objects.count(), Leaf.objects.count()

    take(ceremony)

    assert (TrustFile.objects.count(), Leaf.objects.count()) == before


def test_every_version_of_every_file_has_a_leaf_that_anybody_can_compute(
    recipients: RecipientSet, ceremony: Ceremony
) -> None:
    publish(ceremony, recipient_set(version=2))

    names = set(TrustFile.objects.values_list("name", flat=True))
    assert {"1.root.json", "1.body-ombudsperson.json", "2.body-ombudsperson.json"} <= names
    assert len([name for name in names if name.startswith("targets/sets/")]) == 2
    for each in TrustFile.objects.all():
        text = services.leaf_of(name=each.name, content=bytes(each.content))
        assert Leaf.objects.filter(hash=leaf_hash(text.encode())).exists()


def test_sets_and_what_signs_them_are_told_apart_in_the_log() -> None:
    kinds = {
        name: services.leaf_of(name=name, content=b"").split("\n")[1]
        for name in ("1.body-npm.json", "targets/sets/npm/0.npm-1.txt", "1.root.json")
    }

    assert list(kinds.values()) == ["recipients", "recipients", "policy"]
    for name in ("3.images.json", "targets/kiosk/0.7.json"):
        assert services.leaf_of(name=name, content=b"").split("\n")[1] == "image"


def test_a_client_follows_what_the_doors_serve(
    recipients: RecipientSet, ceremony: Ceremony
) -> None:
    def fetch(name: str) -> bytes | None:
        return selectors.trust_file(viewer=ANONYMOUS, name=name)

    followed = follow(first(ceremony.root, demo=False), fetch, demo=False)

    assert followed.refused == ()
    assert [each.recipients for each in followed.held.sets()] == [recipients]


# Freshness


@pytest.fixture
def freshness(ceremony: Ceremony, settings, tmp_path: Path) -> Ceremony:
    """This server holds the freshness key."""
    settings.ARASHA_KEYS_DIR = tmp_path / "keys"
    write_private(settings.ARASHA_KEYS_DIR / "freshness", ceremony.freshness.to_json())
    return ceremony


def test_the_server_stamps_once_a_day_what_it_believes(
    freshness: Ceremony, recipients: RecipientSet
) -> None:
    later = LONG_AGO + 4 * DAY
    believed = selectors.held(viewer=WORLD)
    assert believed is not None
    assert not believed.is_fresh_at(later)

    assert (tick(at=later), tick(at=later)) == (1, 0)

    fresh = selectors.held(viewer=WORLD)
    assert fresh is not None
    assert fresh.is_fresh_at(later)
    assert list(fresh.sets()) == list(believed.sets())


def test_a_spoilt_freshness_key_stops_no_other_bell(
    freshness: Ceremony, recipients: RecipientSet, settings, caplog: pytest.LogCaptureFixture
) -> None:
    (settings.ARASHA_KEYS_DIR / "freshness").write_text("{")

    assert tick(at=LONG_AGO + 4 * DAY) == 0
    assert "cannot be used" in caplog.text


def test_without_the_freshness_key_nothing_is_stamped(recipients: RecipientSet) -> None:
    assert tick(at=NOW) == 0


def test_a_freshness_key_that_the_root_does_not_name_stamps_nothing(
    ceremony: Ceremony, recipients: RecipientSet, settings, tmp_path: Path
) -> None:
    settings.ARASHA_KEYS_DIR = tmp_path / "keys"
    write_private(settings.ARASHA_KEYS_DIR / "freshness", new_key("stranger").to_json())

    assert services.refresh(by=TICK, at=NOW) is False


def test_a_folder_without_stamps_is_stamped_on_import(
    freshness: Ceremony, ombudsperson: Institution
) -> None:
    freshness.publish(recipient_set())

    take(freshness, root=freshness.root)
    tick(at=NOW + 2 * DAY)
    freshness.publish(recipient_set(version=2))
    take(freshness, at=NOW + 3 * DAY)

    assert [each.version for each in selectors.newest_sets(viewer=WORLD)] == [2]


def test_the_keepers_may_change_and_the_server_follows(
    recipients: RecipientSet, ceremony: Ceremony
) -> None:
    ceremony.freshness = new_key("fresh again")
    making.rotate(ceremony.folder, freshness=ceremony.freshness.public, at=NOW)
    ceremony.sign()
    ceremony.bring(by=WORLD, at=NOW)

    held = selectors.held(viewer=WORLD)
    assert held is not None
    assert held.root_metadata.version == 2
    assert TrustFile.objects.filter(name="2.root.json").exists()


# A power cut


def test_an_import_that_dies_half_way_leaves_the_old_trust_whole(
    recipients: RecipientSet, ceremony: Ceremony, monkeypatch: pytest.MonkeyPatch
) -> None:
    believed = selectors.held(viewer=WORLD)
    files, leaves = TrustFile.objects.count(), Leaf.objects.count()
    ceremony.publish(recipient_set(version=2))
    ceremony.freshen(NOW)
    keep, kept = journal.add_leaf, []

    def die_at_the_third(*, text: str) -> Leaf:
        kept.append(text)
        if len(kept) == 3:
            raise KeyboardInterrupt
        return keep(text=text)

    monkeypatch.setattr(journal, "add_leaf", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        take(ceremony)
    monkeypatch.undo()

    assert selectors.held(viewer=WORLD) == believed
    assert (TrustFile.objects.count(), Leaf.objects.count()) == (files, leaves)
    take(ceremony)
    assert [each.version for each in selectors.newest_sets(viewer=WORLD)] == [2]


def test_the_command_says_what_it_took(
    ombudsperson: Institution, ceremony: Ceremony, capsys: pytest.CaptureFixture[str]
) -> None:
    ceremony.publish(recipient_set())
    ceremony.freshen(NOW)
    root = str(ceremony.folder.path / "1.root.json")

    call_command("trust_import", str(ceremony.folder.path), root=Path(root))

    said = capsys.readouterr().out
    assert "imported: root 1" in said
    assert "set ombudsperson-1" in said
