"""The public door serves the root of trust to whoever wants to check it."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from arasha.actors import WORLD
from arasha.worlds.ceremony import Ceremony

NOON = dt.datetime(2026, 6, 26, 12, tzinfo=dt.UTC)


@pytest.fixture
def trust(db: None, door: Client, tmp_path: Path) -> Client:
    ceremony = Ceremony.begin(tmp_path / "trust", at=NOON, demo=False)
    ceremony.bring(by=WORLD, at=NOON)
    return door


def test_the_newest_stamp_is_asked_for_each_time_and_the_rest_once(trust: Client) -> None:
    stamp, root = trust.get("/trust/timestamp.json"), trust.get("/trust/1.root.json")

    assert (stamp.status_code, stamp["Cache-Control"]) == (200, "public, no-cache")
    assert "immutable" in root["Cache-Control"]
    assert root["Access-Control-Allow-Origin"] == "*"
    assert not root.cookies


@pytest.mark.parametrize("name", ["2.root.json", "targets/log/vkey", "..%2Fkeys%2Flog"])
def test_another_name_is_not_found(trust: Client, name: str) -> None:
    assert trust.get(f"/trust/{name}").status_code == 404


def test_before_the_first_import_there_is_nothing(db: None, door: Client) -> None:
    assert door.get("/trust/timestamp.json").status_code == 404
