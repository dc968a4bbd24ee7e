"""Replies at the public door: one size for every bucket, so that asking says nearly nothing."""

import secrets
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from arasha.appeals.buckets import MOST_REPLIES, PLACE_BYTES, unpacked
from arasha.appeals.models import Appeal, Reply
from arasha.engines.sealing import Reply as Words
from arasha.engines.sealing import pack_reply
from arasha.worlds.sealing import sealed
from tests.walk import identities

SIZE = MOST_REPLIES * PLACE_BYTES


@pytest.fixture
def door(settings) -> Client:
    """The public door, as far as the mailbox goes."""
    settings.ROOT_URLCONF = "arasha.config.urls.public"
    settings.MIDDLEWARE = import_module("arasha.config.settings.public").MIDDLEWARE
    settings.ARASHA_DOOR = "public"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns
    return Client()


def answered(appeal: Appeal, tag: bytes) -> Reply:
    keys = [str(identities()[0].to_public())]
    return Reply.objects.create(
        appeal=appeal,
        tag=tag,
        sealed=sealed(pack_reply(Words("Somebody comes.", "safe", "en")), to=keys),
        shown="safe",
        on_day=timezone.localdate(),
        by_key="0b6f3c1e-0000-4000-8000-000000000001",
    )


@pytest.mark.parametrize("prefix", ["", "abc", "abcde", "ABCD", "wxyz"])
@pytest.mark.django_db
def test_another_length_or_sign_is_no_bucket(prefix: str, door: Client) -> None:
    assert door.get(f"/mailbox/{prefix}").status_code == 404


def test_an_empty_bucket_looks_like_a_full_one(appeal: Appeal, door: Client) -> None:
    empty = door.get("/mailbox/abcd")
    for _ in range(MOST_REPLIES + 3):
        answered(appeal, b"\xab\xcd" + secrets.token_bytes(14))

    full = door.get("/mailbox/abcd")
    assert len(empty.content) == len(full.content) == SIZE
    assert (unpacked(empty.content), len(unpacked(full.content))) == ([], MOST_REPLIES)
    assert dict(empty.headers) == dict(full.headers)


def test_a_reply_is_in_the_bucket_of_its_tag_and_in_no_other(appeal: Appeal, door: Client) -> None:
    kept = answered(appeal, bytes.fromhex("abcd" + "7" * 28))

    assert unpacked(door.get("/mailbox/abcd").content) == [(kept.tag, kept.sealed)]
    assert unpacked(door.get("/mailbox/abce").content) == []


def test_the_door_asks_one_thing_and_sets_no_cookie(
    appeal: Appeal, door: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1 if connection.vendor == "sqlite" else 5):
        answer = door.get("/mailbox/abcd")
    assert not answer.cookies
