"""Files that came before their appeal are found without going through all that waits."""

import secrets

from django.db import connection

from arasha.actors import ANONYMOUS
from arasha.channel.models import Piece
from arasha.channel.models.arriving import Beginning
from arasha.channel.selectors.arriving import waiting_for
from arasha.country import local_day
from arasha.engines.channel.up import Kind
from tests.walk import NOW

LEAF = bytes([7] * 32)


def piece(beginning: bytes, *, number: int = 0, kind: Kind = Kind.ATTACHMENT) -> Piece:
    return Piece.objects.create(
        object=secrets.token_bytes(32),
        kind=kind,
        total=100_000,
        number=number,
        data=beginning + secrets.token_bytes(4_000),
        came_day=local_day(NOW),
    )


def test_files_are_found_by_the_filing_that_they_begin_with(db: None) -> None:
    mine = [piece(LEAF) for _ in range(2)]
    piece(secrets.token_bytes(32))
    piece(LEAF, number=1)
    piece(LEAF, kind=Kind.FILING)

    assert waiting_for(viewer=ANONYMOUS, leaf=LEAF) == {each.object for each in mine}


def test_an_index_answers_however_many_pieces_wait(db: None) -> None:
    asked = Piece.objects.alias(leaf=Beginning("data")).filter(leaf=LEAF)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # in an empty table it would rather read it all
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert "pieces_by_their_beginning" in asked.explain()
