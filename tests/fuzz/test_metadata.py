"""Spoilt metadata of the root of trust: what was held before stays held, and nothing crashes."""

import datetime as dt

import pytest

from arasha.wire.trust import Held, first, follow
from arasha.worlds.ceremony import Ceremony
from tests.fuzz.mutating import Dice, mutated
from tests.wire.trust.test_following import set_of

AT = dt.datetime(2026, 3, 1, 7, tzinfo=dt.UTC)
TURNS = 60


@pytest.fixture(scope="module")
def ceremony(tmp_path_factory: pytest.TempPathFactory) -> Ceremony:
    """Two bodies and their sets; then one body has a newer set, and all of it was stamped again."""
    made = Ceremony.begin(tmp_path_factory.mktemp("trust") / "trust", at=AT, demo=False)
    for body in ("ombudsperson", "npm"):
        made.publish(set_of(body))
    made.freshen(AT)
    return made


@pytest.fixture(scope="module")
def held(ceremony: Ceremony) -> Held:
    before = follow(first(ceremony.root, demo=False), ceremony.folder.fetch, demo=False).held
    ceremony.publish(set_of("npm", 2))
    ceremony.freshen(AT)
    return before


def newest(held: Held) -> list[str]:
    return sorted(each.recipients.set_id for each in held.sets())


def test_one_spoilt_file_takes_away_nothing_that_was_held(ceremony: Ceremony, held: Held) -> None:
    genuine = {"npm-1", "npm-2", "ombudsperson-1"}
    names = [name for name in ceremony.folder.files() if name != "1.root.json"]
    for name in names:
        whole, dice = ceremony.folder.fetch(name), Dice(name)
        assert whole is not None
        for _ in range(TURNS):
            spoilt = mutated(whole, dice)

            def fetch(wanted: str, name: str = name, spoilt: bytes = spoilt) -> bytes | None:
                return spoilt if wanted == name else ceremony.folder.fetch(wanted)

            after = follow(held, fetch, demo=False).held

            assert set(newest(after)) <= genuine
            assert len(newest(after)) == 2


def test_a_folder_with_a_stray_file_is_followed_as_before(ceremony: Ceremony, held: Held) -> None:
    (ceremony.folder.path / "stray.json").write_bytes(b"\xff\x00{}")

    assert newest(follow(held, ceremony.folder.fetch, demo=False).held) == [
        "npm-2",
        "ombudsperson-1",
    ]
