"""The files that make a Debian machine a terminal, given to the programs that will read them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, which

import pytest

from arasha.programs.kiosk import main
from arasha.programs.kiosk.building import DEVICE, build
from arasha.wire.image import MANIFEST
from tests.architecture.tree import CHECKOUT
from tests.browser.chromium import EXECUTABLE
from tests.programs.kiosk.bench import Bench
from tests.programs.kiosk.test_build import PACK, house
from tests.programs.log.publishing import served

__all__ = ["house"]
SYSTEM = DEVICE / "system/etc"
UNITS = SYSTEM / "systemd/system"
POLICY = SYSTEM / "chromium/policies/managed/arasha.json"
DEBIAN = {
    "etc/os-release": "ID=debian\nVERSION_ID=12\n",
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
    "etc/group": "root:x:0:\n",
    "etc/shadow": "root:*:1::::::\n",
    "etc/gshadow": "root:*::\n",
    "etc/login.defs": "",
    "etc/fstab": "UUID=1 / ext4 errors=remount-ro 0 1\nUUID=2 none swap sw 0 0\n",
}


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(which(program) is None, reason=f"there is no {program}")


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may do this")


@needs("shellcheck")
@pytest.mark.parametrize("script", ["install.sh", "bin/screen"])
def test_the_scripts_have_no_fault_that_a_linter_knows(script: str) -> None:
    done = subprocess.run(["shellcheck", DEVICE / script], capture_output=True, text=True)

    assert done.stdout == ""


@needs("systemd-analyze")
def test_the_units_have_no_fault_but_programs_that_are_not_here(tmp_path: Path) -> None:
    units = Path(copytree(UNITS, tmp_path / "units"))
    names = [path for path in units.iterdir() if path.suffix in (".service", ".timer", ".mount")]

    done = subprocess.run(
        ["systemd-analyze", "verify", *names],
        env={"PATH": os.environ["PATH"], "SYSTEMD_UNIT_PATH": f"{units}:"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert [line for line in done.stderr.splitlines() if "is not executable" not in line] == []
    assert len(names) > 10


def test_every_unit_that_is_wanted_or_started_by_another_is_there() -> None:
    own = {path.name for path in UNITS.iterdir()}
    wanted = re.findall(r"^want \S+ (arasha-\S+|\S+\.mount)$", (DEVICE / "units.txt").read_text(), re.MULTILINE)  # fmt: skip
    named = re.findall(r"arasha-\w+\.(?:service|timer)", "".join(p.read_text() for p in UNITS.glob("arasha-*")))  # fmt: skip

    assert {*wanted, *named} <= own


@needs("nft")
@as_root
def test_the_firewall_s_rules_are_rules(tmp_path: Path) -> None:
    (tmp_path / "relay.nft").write_text("define relay = 10.0.0.2\ndefine relay_port = 8443\n")
    text = (SYSTEM / "nftables.conf").read_text()
    assert text.count("/etc/arasha/relay.nft") == 1
    rules = text.replace("/etc/arasha/relay.nft", str(tmp_path / "relay.nft"))
    (tmp_path / "rules").write_text(rules.replace('skuid "arasha"', 'skuid "nobody"'))

    done = subprocess.run(
        ["unshare", "-n", "nft", "--check", "-f", tmp_path / "rules"],
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


@needs("usbguard-rule-parser")
def test_the_usb_rules_are_rules() -> None:
    rules = (SYSTEM / "usbguard/arasha-rules.conf").read_text().splitlines()
    for rule in (line for line in rules if line and not line.startswith("#")):
        subprocess.run(["usbguard-rule-parser", rule], check=True, capture_output=True)
    assert rules[-1] == "block"


@pytest.mark.skipif(not Path(EXECUTABLE).exists(), reason="there is no Chromium")
@as_root
def test_chromium_takes_the_whole_policy_and_opens_the_terminal_s_page_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / "index.html").write_text("a page")
    with served(tmp_path) as here:
        others = [f"{here}/", "https://example.org/", "file:///etc/passwd", "chrome://settings/", "data:text/html,x"]  # fmt: skip
        script = 'mount -t tmpfs none /etc/chromium && exec "$@"'
        program = [sys.executable, "-m", "tests.programs.kiosk.policies"]
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", script, "sh", *program, POLICY, "http://localhost:8003/", *others],
            cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr

    found = json.loads(done.stdout)
    assert {name: said for name, said in found["told"].items() if said not in ("OK", "Deprecated")} == {}  # fmt: skip
    # Nothing listens there now, or another test's page does: what counts is that it may be asked.
    terminal = found["opened"].pop("http://localhost:8003/")
    assert "ERR_BLOCKED" not in terminal
    assert [address for address in others if not found["opened"][address]] == []


@needs("useradd")
@as_root
def test_one_command_installs_into_a_folder_and_what_it_made_is_verified(
    house: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = Bench.begin(tmp_path)
    folder = tmp_path / "terminal"
    build(folder, version=1, pack=str(PACK), wheelhouse=house, lock=house / "lock.txt", drafts=True)
    bench.ceremony.publish_image((folder / MANIFEST).read_bytes())
    bench.ceremony.freshen(bench.ceremony.at)
    packages = re.findall(r"^\+ (\S+)$", (DEVICE / "packages.txt").read_text(), re.MULTILINE)
    status = "\n\n".join(
        f"Package: {p}\nStatus: install ok installed\nVersion: 1" for p in packages
    )
    for name, text in {**DEBIAN, "var/lib/dpkg/status": f"{status}\n"}.items():
        (bench.root / name).parent.mkdir(parents=True, exist_ok=True)
        (bench.root / name).write_text(text)
    trust = ["--trust", str(bench.ceremony.folder.path)]

    done = subprocess.run(
        [str(folder / "install.sh"), "--into", bench.root, "--no-packages", "--pin", tmp_path / "root.json",
         *trust, "--gateway", "http://10.0.7.2:8006", "--address", "10.0.7.2", "--port", "8006",
         "--public-url", "https://arasha.example.org"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    words = ["verify", str(bench.place / "current"), "--root", str(tmp_path / "root.json"), *trust]
    assert main(["--lang", "en", *words, "--system", str(bench.root)]) == 1
    said = capsys.readouterr().out
    assert "The system is as this build says" in said
    assert "The log was not asked" in said
    assert (
        bench.root / "etc/fstab"
    ).read_text() == "UUID=1 / ext4 errors=remount-ro,ro,noatime 0 1\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "./install.sh --pin FILE"),
        (["--port", "84x"], "the port is a number"),
        (["--address", "relay"], "four numbers with dots"),
        (["--gateway", "https://x;reboot"], "no plain address"),
        (["--more", "$(reboot)"], "nobody needs"),
    ],
)
def test_the_install_script_refuses_words_that_could_be_more_than_words(
    words: list[str], said: str, tmp_path: Path
) -> None:
    good = {"--pin": "a", "--trust": "b", "--gateway": "https://10.0.0.2", "--address": "10.0.0.2",
            "--port": "8443", "--public-url": "https://x.example"}  # fmt: skip
    given: list[str] = [*(each for pair in good.items() for each in pair), *words] if words else []

    done = subprocess.run(
        ["sh", str(DEVICE / "install.sh"), *given, *(["--into", str(tmp_path)] if given else [])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode != 0
    assert said in done.stdout + done.stderr
