"""`arasha verify`, as one administrator asks it."""

import shutil

from tests.commands.conftest import Server, said

ALL_IS_WELL = 5  # parts, each answered with a line that ends in "yes"


def test_an_untouched_server_is_whole(server: Server) -> None:
    assert server.arasha("sequencer", "--once").returncode == 0

    done = server.arasha("verify")

    assert done.returncode == 0, said(done)
    assert done.stdout.count("… yes") == ALL_IS_WELL


def test_a_lost_tile_is_named_and_ends_with_1(server: Server) -> None:
    assert server.arasha("sequencer", "--once").returncode == 0
    shutil.rmtree(server.var / "log" / "tile")

    done = server.arasha("verify")

    assert done.returncode == 1
    assert "tile/" in done.stdout
    assert done.stdout.count("… yes") < ALL_IS_WELL
