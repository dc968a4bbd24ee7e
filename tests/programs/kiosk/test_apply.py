"""A build is applied whole, signed and newer, or not at all."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Targets

from arasha.engines.notes import MalformedError
from arasha.programs.kiosk import applying
from arasha.programs.kiosk.folder import facts_of
from arasha.programs.kiosk.linking import BEFORE
from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.programs.kiosk.state import STATE
from arasha.programs.kiosk.wheels import zipped
from arasha.wire.image import MANIFEST, Manifest
from arasha.wire.trust import TrustRefusedError, making
from arasha.wire.trust.names import IMAGES
from tests.programs.kiosk.bench import AT, TO, Bench

KILLED_AT_MOST = 400  # steps that touch a disk


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench.begin(tmp_path)


def refused(bench: Bench, folder: Path) -> str:
    with pytest.raises(KioskRefusedError) as refusal:
        bench.apply(folder)
    return refusal.value.name


# What is refused


def test_a_build_that_nobody_signed_is_refused(bench: Bench) -> None:
    assert refused(bench, bench.build(1)) == "unsigned"
    assert applying.running(bench.place) == 0


def test_a_build_with_one_signature_is_refused(bench: Bench) -> None:
    folder = bench.build(1)
    images = bench.ceremony.folder
    making.propose_image(images, manifest=(folder / MANIFEST).read_bytes(), at=AT)
    images.sign(IMAGES, bench.ceremony.images[0].signer)
    proposed: Metadata[Targets] | None = images.proposed(IMAGES)
    assert proposed is not None
    images.write(f"1.{IMAGES}.json", proposed.to_bytes())
    bench.ceremony.freshen(AT)

    with pytest.raises(TrustRefusedError, match="signed by 1/2 keys"):
        bench.apply(folder)
    assert applying.running(bench.place) == 0


def test_an_older_build_is_refused_though_it_was_signed_once(bench: Bench) -> None:
    old, new = bench.signed(1), bench.signed(2)
    bench.apply(new)

    assert refused(bench, old) == "downgrade"
    assert bench.running() == "version = 2"


def test_a_folder_of_trust_from_before_is_refused(bench: Bench) -> None:
    old = bench.signed(1)
    before = bench.path / "before"
    shutil.copytree(bench.ceremony.folder.path, before)
    bench.apply(bench.signed(2))
    (bench.place / "current").unlink()

    with pytest.raises(TrustRefusedError, match="was offered"):
        applying.apply(old, pinned=bench.pinned, trust=before, to=TO, root=bench.root, demo=False)


def added(folder: Path) -> None:
    (folder / "bin/more").write_text("")


def added_in_a_new_folder(folder: Path) -> None:
    (folder / "lib").mkdir()
    (folder / "lib/sitecustomize.py").write_text("")


def taken_away(folder: Path) -> None:
    (folder / "pack/pack.toml").unlink()


def changed(folder: Path) -> None:
    with (folder / "units.txt").open("r+b") as file:
        file.write(b"M")


def exchanged_for_a_link(folder: Path) -> None:
    (folder / "units.txt").rename(folder.parent / "units.txt")
    (folder / "units.txt").symlink_to(folder.parent / "units.txt")


def with_a_linked_folder(folder: Path) -> None:
    (folder / "pack").rename(folder.parent / "pack")
    (folder / "pack").symlink_to(folder.parent / "pack")


def with_a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "bin/pipe")


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (added, "extra_file"),
        (added_in_a_new_folder, "extra_file"),
        (taken_away, "missing_file"),
        (changed, "changed_file"),
        (exchanged_for_a_link, "no_plain_file"),
        (with_a_linked_folder, "no_plain_file"),
        (with_a_pipe, "no_plain_file"),
    ],
)
def test_a_folder_that_is_not_its_manifest_is_refused(
    bench: Bench, spoil: Callable[[Path], None], name: str
) -> None:
    bench.apply(bench.signed(1))
    folder = bench.signed(2)
    spoil(folder)

    assert refused(bench, folder) == name
    assert bench.running() == "version = 1"


def test_a_manifest_whose_path_leads_out_is_never_signed(bench: Bench) -> None:
    folder = bench.build(1)
    data = (folder / MANIFEST).read_bytes().replace(b"bin/arasha", b"../bin/arasha")

    with pytest.raises(MalformedError, match="no path in a build"):
        making.propose_image(bench.ceremony.folder, manifest=data, at=AT)
    (folder / MANIFEST).write_bytes(data)
    with pytest.raises(MalformedError, match="no path in a build"):
        bench.apply(folder)


def test_a_wheel_whose_path_leads_out_is_not_unpacked(bench: Bench) -> None:
    folder = bench.build(1)
    wheel = folder / "wheels/arasha-1-py3-none-any.whl"
    wheel.write_bytes(zipped({"../../../../outside.py": b""}))
    old = Manifest.parse((folder / MANIFEST).read_bytes())
    facts = facts_of(wheel)
    files = {**old.files, "wheels/arasha-1-py3-none-any.whl": facts}
    (folder / MANIFEST).write_bytes(Manifest(1, files).to_json())
    bench.ceremony.publish_image((folder / MANIFEST).read_bytes())
    bench.ceremony.freshen(AT)

    assert refused(bench, folder) == "wheel_path"
    assert list(bench.path.rglob("outside.py")) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"v": "arasha kiosk state v1"}'])
def test_a_state_that_cannot_be_read_opens_no_way_back(bench: Bench, content: bytes) -> None:
    bench.apply(bench.signed(1))
    (bench.place / STATE).write_bytes(content)

    assert refused(bench, bench.signed(2)) == "state_spoilt"


# What is applied


def test_a_newer_build_takes_over_and_the_one_before_is_kept(bench: Bench) -> None:
    for version in (1, 2, 3):
        assert bench.apply(bench.signed(version)) == version

    assert bench.running() == "version = 3"
    assert sorted(path.name for path in (bench.place / "versions").iterdir()) == ["2", "3"]


def test_the_system_leads_into_the_build_that_runs(bench: Bench) -> None:
    nft = bench.root / "etc/nftables.conf"
    nft.parent.mkdir(parents=True)
    nft.write_text("Debian's own\n")
    bench.apply(bench.signed(1))

    assert nft.readlink() == TO / "current/system/etc/nftables.conf"
    assert nft.with_name(nft.name + BEFORE).read_text() == "Debian's own\n"
    units = bench.root / "etc/systemd/system"
    assert (units / "swap.target").readlink() == Path("/dev/null")
    wanted = units / "multi-user.target.wants/arasha-terminal.service"
    assert wanted.readlink() == Path("/etc/systemd/system/arasha-terminal.service")


def test_a_build_that_was_spoilt_on_the_disk_is_laid_down_anew(bench: Bench) -> None:
    folder = bench.signed(1)
    bench.apply(folder)
    (bench.place / "current/lib/arasha/__init__.py").write_text("version = 'evil'\n")

    assert bench.apply(folder) == 1
    assert bench.running() == "version = 1"


# Going back


def test_one_goes_back_only_from_a_build_that_never_answered(bench: Bench) -> None:
    starts = bench.path / "starts"
    for version in (1, 2):
        bench.apply(bench.signed(version))
    with pytest.raises(KioskRefusedError, match="build_answers"):
        applying.go_back(to=bench.place, starts=starts)

    assert [applying.started(to=bench.place, starts=starts) for _ in range(4)] == [True] * 3 + [False]  # fmt: skip
    assert applying.go_back(to=bench.place, starts=starts) == 1
    assert bench.running() == "version = 1"


def test_from_a_build_that_answered_once_nobody_goes_back(bench: Bench) -> None:
    starts = bench.path / "starts"
    for version in (1, 2):
        bench.apply(bench.signed(version))
    applying.started(to=bench.place, starts=starts)
    applying.answered(to=bench.place, starts=starts)

    assert all(applying.started(to=bench.place, starts=starts) for _ in range(9))
    with pytest.raises(KioskRefusedError, match="build_answers"):
        applying.go_back(to=bench.place, starts=starts)


def test_the_build_that_failed_may_be_applied_again_and_the_one_before_may_not(
    bench: Bench,
) -> None:
    starts = bench.path / "starts"
    old, new = bench.signed(1), bench.signed(2)
    for folder in (old, new):
        bench.apply(folder)
    for _ in range(4):
        applying.started(to=bench.place, starts=starts)
    applying.go_back(to=bench.place, starts=starts)

    assert refused(bench, old) == "downgrade"
    assert bench.apply(new) == 2


def test_a_spoilt_build_before_is_not_gone_back_to(bench: Bench) -> None:
    starts = bench.path / "starts"
    for version in (1, 2):
        bench.apply(bench.signed(version))
    (bench.place / "versions/1/lib/arasha/__init__.py").write_text("version = 'evil'\n")
    for _ in range(4):
        applying.started(to=bench.place, starts=starts)

    with pytest.raises(KioskRefusedError, match="other_package"):
        applying.go_back(to=bench.place, starts=starts)


# A power cut


def test_killed_at_every_step_the_old_build_runs_or_the_new_one(bench: Bench) -> None:
    bench.apply(bench.signed(1))
    folder = bench.signed(2)
    saved = bench.copy(bench.root)
    seen = []
    for step in range(1, KILLED_AT_MOST):
        shutil.rmtree(bench.root)
        shutil.copytree(saved, bench.root, symlinks=True)
        if not killed(lambda: bench.apply(folder), step):
            break
        seen.append(bench.running())
        assert (bench.place / "current/bin/arasha").read_text() == "#!/bin/sh\n"
        assert (bench.root / "etc/nftables.conf").is_symlink()
        assert bench.apply(folder) == 2
        assert bench.running() == "version = 2"
    else:
        raise AssertionError("it never came to its end")

    assert seen == sorted(seen)
    assert set(seen) == {"version = 1", "version = 2"}
    assert sorted(path.name for path in (bench.place / "versions").iterdir()) == ["1", "2"]


def killed(act: Callable[[], object], step: int) -> bool:
    """Whether the power went at this step: counted are the calls that touch a disk."""
    child = os.fork()
    if child == 0:
        left = step

        def cut(event: str, _arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event.startswith(("open", "os.", "shutil.", "fcntl.")):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(cut)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)
