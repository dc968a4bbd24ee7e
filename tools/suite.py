"""All checks and all tests, one after the other; the worst exit code wins (`./run test`, `./run check`)."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from ctypes.util import find_library
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import NoPostgreSQLError, programs

CHECKOUT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
PYTHON = sys.executable
CLOSING_LINE = re.compile(r"^=+ .*\bin \d[\d.]*s\b.* =+$")
DEVICE_CHECKS = {
    "shellcheck": "/usr/bin/shellcheck",
    "nftables": "/usr/sbin/nft",
    "espeak-ng": "/usr/bin/espeak-ng",
    "opus-tools": "/usr/bin/opusenc",
}
# What sets PDF pages: package -> the library that is looked for by its name.
PAGE_SETTERS = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
NOTO = Path("/usr/share/fonts/truetype/noto")
# Each test that starts a process would compile everything anew where nothing keeps what is compiled.
COMPILED = CHECKOUT / "build" / "bytecode"
CODE = ("arasha", "tests", "tools", "bench")


@dataclass(frozen=True)
class Part:
    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    part: Part
    code: int
    seconds: float
    closing_line: str = ""


@dataclass(frozen=True)
class Need:
    """Something of the operating system that a part cannot do without.

    Without a part only some tests need it: they are skipped, and the rest is run.
    """

    package: str
    part: str | None
    is_there: bool


def checks() -> list[Part]:
    code = [folder for folder in CODE if any((CHECKOUT / folder).rglob("*.py"))]
    return [
        Part("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        Part("ruff", [PYTHON, "-m", "ruff", "check", "."]),
        Part("types", [PYTHON, "-m", "mypy", *code]),
        Part("import contracts", [str(Path(PYTHON).parent / "lint-imports"), "--no-logo"]),
    ]


def tests() -> list[Part]:
    # Neighbours share what is set up for their file; whoever is done takes over from the other.
    two_cores = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal"]
    return [
        Part("tests on SQLite", [*two_cores, "--ignore=tests/browser"]),
        Part(
            "tests on PostgreSQL",
            [*two_cores, "tests", "--ignore=tests/browser"],
            {"ARASHA_TEST_DATABASE": "postgres"},
        ),
        # One file's tests share their doors, so they stay together; the longest files come first.
        Part(
            "tests in the browser",
            [*two_cores, "--dist", "loadfile", "--no-loadscope-reorder", "tests/browser"],
        ),
    ]


def main(words: Sequence[str]) -> int:
    verb = words[0] if words else "test"
    if verb == "check":
        return _report([run(part) for part in checks()])
    missing = missing_after_installing()
    in_ci = os.environ.get("CI") == "true"
    unable = {need.part for need in missing}
    outcomes = [run(part) for part in [*checks(), *tests()] if part.name not in unable]
    for need in missing:
        what = f"{need.part}: not run" if need.part else "some tests: skipped"
        _say(f"{what}, {need.package} is missing. Install it: {_apt(missing)}")
    return max(_report(outcomes), int(any(need.part for need in missing) and in_ci))


def missing_after_installing() -> list[Need]:
    """What is still missing after apt was asked, if we may ask it."""
    missing = [need for need in needs() if not need.is_there]
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not missing or not shutil.which("apt-get") or not _may(root):
        return missing
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    packages = [need.package for need in missing]
    run(Part("apt-get update", [*apt, "update"]))
    run(Part("apt-get install", [*apt, "install", "-y", "--no-install-recommends", *packages]))
    return [need for need in needs() if not need.is_there]


def needs() -> list[Need]:
    return [
        Need("chromium", "tests in the browser", CHROMIUM.exists()),
        Need("age", "tests in the browser", shutil.which("age") is not None),
        Need("postgresql", "tests on PostgreSQL", _has_postgresql()),
        # What checks a terminal's device. Not usbguard: installed, it would stop this machine's keyboard.
        *(
            Need(package, None, Path(program).exists())
            for package, program in DEVICE_CHECKS.items()
        ),
        *(
            Need(package, None, find_library(library) is not None)
            for package, library in PAGE_SETTERS.items()
        ),
        Need("fonts-noto-core", None, NOTO.is_dir()),
    ]


def run(part: Part) -> Outcome:
    """Run a part, pass on what it prints, and keep pytest's closing line."""
    _say(f"\n── {part.name}: {shlex.join(part.command)}")
    began = time.monotonic()
    closing_line = ""
    with subprocess.Popen(
        part.command,
        cwd=CHECKOUT,
        env={**_clean_environment(), **part.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if CLOSING_LINE.match(line.rstrip()):
                closing_line = line.rstrip()
    return Outcome(part, process.returncode, time.monotonic() - began, closing_line)


def _clean_environment() -> dict[str, str]:
    """Ours, without the settings of whoever calls: tests bring their own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ARASHA_")}
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours | {"PYTHONPYCACHEPREFIX": str(COMPILED)}


def _report(outcomes: Sequence[Outcome]) -> int:
    _say("")
    for outcome in outcomes:
        verdict = "ok" if outcome.code == 0 else f"FAILED (exit code {outcome.code})"
        _say(f"{outcome.part.name:<22} {outcome.seconds:6.1f} s  {verdict}")
    # The worst last: whoever reads only the end must not take it for a success.
    for outcome in sorted(outcomes, key=lambda outcome: outcome.code):
        if outcome.closing_line:
            _say(outcome.closing_line)
    return max((abs(outcome.code) for outcome in outcomes), default=0)


def _has_postgresql() -> bool:
    try:
        programs()
    except NoPostgreSQLError:
        return False
    return True


def _may(root: Sequence[str]) -> bool:
    if not root:
        return True
    if not shutil.which(root[0]):
        return False
    return subprocess.run([*root, "true"], check=False, capture_output=True).returncode == 0


def _apt(missing: Sequence[Need]) -> str:
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install {' '.join(need.package for need in missing)}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
