"""What else may lie on a stick: whoever had it in hand may have put it there."""

import os
from pathlib import Path

from arasha.engines.channel.stick import Head, Way
from arasha.wire.stick import files_on, write_files


def test_links_pipes_and_folders_on_a_stick_are_passed_over(tmp_path: Path) -> None:
    (good,) = write_files(tmp_path, Head(Way.UP), [])
    os.mkfifo(tmp_path / "0-pipe.bin")
    (tmp_path / "0-folder.bin").mkdir()
    (tmp_path / "0-nowhere.bin").symlink_to("/nonexistent")
    (tmp_path / "0-itself.bin").symlink_to("0-itself.bin")
    (tmp_path / "0-again.bin").symlink_to(good)

    assert [each.path for each in files_on(tmp_path, Way.UP)] == [good]
