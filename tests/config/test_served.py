"""What serves a door is whole before its first visitor."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import gc, sys
from arasha.config.wsgi.{door} import application
views = [name for name in sys.modules if ".views" in name and name.startswith("arasha.")]
gc.collect()
print(callable(application), bool(views), gc.get_freeze_count() > 1_000, len(gc.get_objects()) < 1_000)
"""


@pytest.mark.parametrize("door", ["desk", "public", "gateway"])
def test_a_door_has_read_its_views_and_the_collector_leaves_them_alone(
    door: str, tmp_path: Path
) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "django").write_text("only-for-this-test-" * 3)
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(door=door)],
        env=os.environ | {"ARASHA_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["True"] * 4
