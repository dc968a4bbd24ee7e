"""`./run`, the door for people: what it refuses, and how."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
TOOLS = (
    "basename",
    "cat",
    "cksum",
    "date",
    "dirname",
    "find",
    "id",
    "sort",
    "tr",
    "xargs",
    "mkdir",
    "rm",
)


def run(
    *words: str,
    checkout: Path = CHECKOUT,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", checkout / "run", *words],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A checkout that has never been set up, in a folder whose name has a space."""
    folder = tmp_path / "two words"
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(CHECKOUT / "run", folder)
    return folder


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PATH that holds a shell's tools and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def test_help_lists_every_verb_from_any_folder(tmp_path: Path) -> None:
    done = run("help", cwd=tmp_path)

    assert done.returncode == 0
    for verb in (
        "test",
        "check",
        "bench",
        "shell",
        "tick",
        "verify",
        "backup",
        "restore",
        "doctor",
    ):
        assert f"./run {verb}" in done.stdout


def test_an_unknown_verb_is_refused_with_the_list() -> None:
    done = run("serv")

    assert done.returncode == 1
    assert "There is no verb 'serv'." in done.stderr
    assert "./run test" in done.stderr


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_a_backup_without_a_file_is_refused(verb: str) -> None:
    assert f"./run {verb} FILE" in run(verb).stderr


@pytest.mark.parametrize("words", [("a.zip", "b.zip"), ("--over",), ("--over", "a.zip", "b.zip")])
def test_a_backup_goes_into_one_file(words: tuple[str, ...]) -> None:
    assert "--over to replace" in run("backup", *words).stderr


def test_a_machine_without_python_is_told_the_line_to_install_it(
    elsewhere: Path, bare: Path
) -> None:
    done = run("check", checkout=elsewhere, env={"PATH": str(bare)})

    assert done.returncode == 1
    assert "apt-get install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old_does_not_count(elsewhere: Path, bare: Path) -> None:
    script(bare / "python3", "exit 1")

    assert "3.11 or newer" in run("check", checkout=elsewhere, env={"PATH": str(bare)}).stderr


def test_a_missing_python3_venv_is_named(elsewhere: Path, bare: Path) -> None:
    script(bare / "python3", "case $2 in *ensurepip*) exit 1 ;; esac")

    done = run("check", checkout=elsewhere, env={"PATH": str(bare)})

    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_a_step_that_fails_shows_what_it_said(elsewhere: Path, bare: Path) -> None:
    for name in ("sleep", "tail"):
        (bare / name).symlink_to(str(shutil.which(name)))
    script(bare / "python3", 'case $2 in venv) echo "no room on the disk"; exit 1 ;; esac')

    done = run("check", checkout=elsewhere, env={"PATH": str(bare)})

    assert done.returncode == 1
    assert "Making .venv: failed" in done.stderr
    assert "no room on the disk" in done.stderr


def script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def test_the_door_can_be_opened() -> None:
    assert os.access(CHECKOUT / "run", os.X_OK)
    assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)
