"""`arasha kiosk verify` says what it proves, how strongly, and what nobody can prove."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from arasha.engines.translog import leaf_hash
from arasha.programs.kiosk import main
from arasha.programs.kiosk.believing import followed, signed
from arasha.programs.kiosk.command import texts
from arasha.wire.image import MANIFEST
from arasha.wire.talk import LANGUAGES
from arasha.wire.trust.leaves import leaf_of
from tests.programs.kiosk.bench import TO, Bench
from tests.programs.log.publishing import Paper

PROC = {
    "mounts": "disk / ext4 ro,noatime 0 0\n"
    + "".join(
        f"tmpfs {path} tmpfs rw 0 0\n"
        for path in ("/tmp", "/var/tmp", "/var/log", "/var/cache", "/var/lib/systemd")  # noqa: S108
    ),
    "swaps": "Filename Type Size Used Priority\n",
    "sys/kernel/core_pattern": "|/bin/false\n",
}
SYSTEM = {
    "etc/fstab": "UUID=1 / ext4 errors=remount-ro,ro 0 1\n",
    "etc/shadow": "root:$y$x:1::::::\narasha:!:1::::::\nkiosk:!*:1::::::\n",
    "etc/arasha/relay.nft": "define relay = 10.0.0.2\n",
    "var/lib/dpkg/status": "Package: cage\nStatus: install ok installed\nVersion: 0.1.4-4\n\n",
    **{f"proc/{name}": text for name, text in PROC.items()},
}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A terminal with the system that its build asks for."""
    made = Bench.begin(tmp_path)
    made.apply(made.signed(1))
    for name, text in SYSTEM.items():
        write(made.root / name, text)
    return made


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def proof(bench: Bench) -> list[str | Path]:
    """The words that bring a receipt of the manifest."""
    manifest = (bench.path / "build1" / MANIFEST).read_bytes()
    held = followed(bench.pinned, bench.ceremony.folder.path, demo=False)
    entry = leaf_of(name=signed(manifest, held).name, content=manifest)
    paper = Paper(bench.path / "log")
    paper.grow(3)
    paper.entries.append(entry)
    paper.log.append([leaf_hash(entry)])
    paper.grow(2)
    paper.publish("court", "ngo", at=dt.datetime.now(dt.UTC))
    return ["--proof", paper.proof_file(3, "court", "ngo"), "--policy", bench.path / "log/policy"]


class Said:
    """What the command answered."""

    def __init__(self, capsys: pytest.CaptureFixture[str], bench: Bench) -> None:
        self._screen, self._bench = capsys, bench

    def __call__(self, folder: Path, *words: object, language: str = "en") -> tuple[int, str]:
        known = ["--root", self._bench.path / "root.json", "--trust", self._bench.ceremony.folder.path]  # fmt: skip
        status = main(["--lang", language, "verify", str(folder), *map(str, [*known, *words])])
        return status, self._screen.readouterr().out


@pytest.fixture
def verify(bench: Bench, capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys, bench)


def test_a_folder_that_nobody_signed_proves_nothing(bench: Bench, verify: Said) -> None:
    assert verify(bench.build(2)) == (
        1,
        "Build No. 2 is not signed by enough image keys. Nothing has changed. Take a newer copy of"
        " the root of trust.\n",
    )


def test_a_signed_folder_proves_itself_and_says_that_no_terminal_is_proved(
    bench: Bench, verify: Said
) -> None:
    status, said = verify(bench.path / "build1")

    assert status == 0
    assert "The manifest is signed by 2: image 1, image 2. Who may sign: image 1, image 2, image 3" in said  # fmt: skip
    assert "Not proved: that a terminal runs it" in said
    assert "a camera over the screen" in said
    assert "Proved: this system runs" not in said


def test_with_its_receipt_and_its_system_the_terminal_is_proved(
    bench: Bench, verify: Said, proof: list[str | Path]
) -> None:
    status, said = verify(bench.place / "current", *proof, "--system", bench.root, "--to", TO)

    assert (status, "Proved: this system runs from the build that was signed" in said) == (0, True)
    assert "entry No. 4 of 6, cosigned by 2 witnesses" in said
    assert "compare it by eye: /etc/arasha/relay.nft\n    define relay = 10.0.0.2" in said
    assert "Who changed the system could have changed this program, too" in said


def test_a_system_without_a_receipt_is_not_proved_in_full(bench: Bench, verify: Said) -> None:
    status, said = verify(bench.place / "current", "--system", bench.root, "--to", TO)

    assert status == 1
    assert "The log was not asked" in said
    assert "The system is as this build says" in said
    assert "Not proved in full" in said


def test_another_build_s_receipt_proves_nothing(
    bench: Bench, verify: Said, proof: list[str | Path]
) -> None:
    status, said = verify(bench.signed(2), *proof, "--system", bench.root)

    assert status == 1
    assert "This receipt does not prove that the manifest is in the log" in said


def spoilt(name: str, text: str) -> Callable[[Path], None]:
    return lambda root: write(root / name, text)


def unmasked(root: Path) -> None:
    (root / "etc/systemd/system/swap.target").unlink()


def led_elsewhere(root: Path) -> None:
    (root / "etc/nftables.conf").unlink()
    (root / "etc/nftables.conf").symlink_to("/tmp/rules")  # noqa: S108


def linked(name: str, target: str) -> Callable[[Path], None]:
    def link(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)

    return link


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (unmasked, "/etc/systemd/system/swap.target does not lead to /dev/null"),
        (led_elsewhere, "/etc/nftables.conf does not lead to /opt/arasha/current/system"),
        (spoilt("etc/systemd/system/more.service", ""), "A stranger's file: /etc/systemd/system/more"),
        (spoilt("etc/chromium/policies/managed/z.json", "{}"), "A stranger's file: /etc/chromium"),
        (linked("etc/chromium/policies/managed/z.json", "/home/z"), "A stranger's file: /etc/chromium"),
        (linked("etc/systemd/system/more.service.d", "/home/z"), "A stranger's file: /etc/systemd/system/more"),
        (linked("etc/systemd/system/nftables.service", "/dev/null"), "A stranger's file: /etc/systemd/system/nft"),
        (spoilt("var/lib/dpkg/status", ""), "The package cage is not installed"),
        (
            spoilt(
                "var/lib/dpkg/status",
                SYSTEM["var/lib/dpkg/status"]
                + "Package: openssh-server\nStatus: install ok installed\nVersion: 1\n",
            ),
            "The package openssh-server must not be there",
        ),
        (spoilt("etc/shadow", "arasha:!:\nkiosk:$y$x:\n"), "The user kiosk can sign in"),
        (spoilt("etc/shadow", "arasha:!:\nkiosk::\n"), "The user kiosk can sign in"),
        (spoilt("etc/fstab", "UUID=1 / ext4 rw 0 1\n"), "does not mount the root read-only"),
        (
            spoilt("etc/fstab", SYSTEM["etc/fstab"] + "UUID=2 none swap sw 0 0\n"),
            "/etc/fstab has swap",
        ),
        (spoilt("proc/mounts", PROC["mounts"].replace("ro,", "rw,")), "The root can be written"),
        (spoilt("proc/mounts", PROC["mounts"].replace("/var/log tmpfs", "/var/log ext4")), "/var/log is not in memory"),
        (spoilt("proc/swaps", PROC["swaps"] + "/dev/zram0 partition 1 0 100\n"), "Swap is on: /dev/zram0"),
        (spoilt("proc/sys/kernel/core_pattern", "core\n"), "The memory of a crashed program"),
    ],
)  # fmt: skip
def test_a_system_that_is_not_as_its_build_says_is_told(
    bench: Bench,
    verify: Said,
    proof: list[str | Path],
    spoil: Callable[[Path], None],
    told: str,
) -> None:
    spoil(bench.root)

    status, said = verify(bench.place / "current", *proof, "--system", bench.root, "--to", TO)

    assert status == 1
    assert told in said
    assert "Proved: this system" not in said


def test_a_program_that_was_changed_beside_its_wheel_is_told(bench: Bench, verify: Said) -> None:
    write(bench.place / "current/lib/arasha/__init__.py", "version = 'evil'\n")

    status, said = verify(bench.place / "current")

    assert status == 1
    assert "lib/arasha/__init__.py is not as in the packages of the build" in said


def test_a_unit_that_a_package_switched_on_is_no_stranger_s(
    bench: Bench, verify: Said, proof: list[str | Path]
) -> None:
    linked("etc/systemd/system/dbus-z.service", "/lib/systemd/system/z.service")(bench.root)

    status, _ = verify(bench.place / "current", *proof, "--system", bench.root, "--to", TO)

    assert status == 0


def test_a_file_named_like_the_manifest_is_no_package(bench: Bench, verify: Said) -> None:
    write(bench.place / "current/lib/manifest.json", "{}")

    status, said = verify(bench.place / "current")

    assert status == 1
    assert "lib/manifest.json is not as in the packages of the build" in said


def test_packages_behind_a_link_could_change_afterwards_and_prove_nothing(
    bench: Bench, verify: Said
) -> None:
    lib = bench.place / "current/lib"
    lib.rename(bench.root / "elsewhere")
    lib.symlink_to(bench.root / "elsewhere")

    status, said = verify(bench.place / "current")

    assert status == 1
    assert "lib is no plain file (a link or a device)" in said


def test_a_disk_on_another_machine_says_what_only_a_running_one_shows(
    bench: Bench, verify: Said, proof: list[str | Path]
) -> None:
    shutil.rmtree(bench.root / "proc")

    status, said = verify(bench.place / "current", *proof, "--system", bench.root, "--to", TO)

    assert status == 0
    assert "what lies in memory, the read-only root and swap are checked on a running one" in said


def test_a_file_of_the_place_moves_no_cursor(bench: Bench, verify: Said) -> None:
    write(bench.root / "etc/arasha/usb.d/x.conf", "allow\x1b[2J\u202e\n")

    _, said = verify(bench.place / "current", "--system", bench.root, "--to", TO)

    assert "allow\\x1b[2J\\u202e" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "Мұны ешбір бағдарлама көре алмайды: экран үстіндегі камера"),
        ("ru", "Этого не увидит никакая программа: камеру над экраном"),
        ("en", "No program can see this: a camera over the screen"),
    ],
)
def test_what_nobody_can_prove_is_said_in_three_languages(
    bench: Bench, verify: Said, language: str, words: str
) -> None:
    assert words in verify(bench.path / "build1", language=language)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_every_language(language: str) -> None:
    assert [name for name, each in texts().items() if not each[language].strip()] == []


def test_two_words_that_pin_are_too_many(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["verify", str(bench.path), "--root", "a", "--device", "b", "--trust", "c"])
    assert refused.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
