"""Says of a build, and of a terminal, what can be proved, and what nobody can prove this way."""

import argparse
from pathlib import Path

from arasha.engines.notes import filing_code, grouped
from arasha.engines.translog import leaf_hash
from arasha.programs.kiosk import installed
from arasha.programs.kiosk.believing import (
    Signed,
    digest,
    followed,
    image_keys,
    logged,
    pinned,
    signed,
)
from arasha.programs.kiosk.folder import check, read_manifest
from arasha.programs.kiosk.packages import LIB, check_packages
from arasha.wire.talk import Talk
from arasha.wire.trust import Held
from arasha.wire.trust.leaves import leaf_of

SHOWN_LINES = 20


def verify(talk: Talk, given: argparse.Namespace, *, demo: bool) -> bool:
    """In two strengths: the folder alone, or with a receipt of the log and the system around it."""
    folder: Path = given.folder
    held = pinned(root=given.root, device=given.device, demo=demo)
    held = followed(held, given.trust, demo=demo)
    manifest = read_manifest(folder)
    build = signed(manifest, held)
    is_installed = (folder / LIB).exists()
    check(folder, build.manifest, made=(LIB,) if is_installed else ())
    if is_installed:
        check_packages(folder)
    _tell_signed(talk, build, manifest, held)
    if not (given.proof or given.system):
        talk.say("proves_1")
        talk.say("leaf_code", code=_code(build, manifest))
        talk.say("cannot")
        return True
    is_logged = _tell_logged(talk, given, build, manifest, held)
    is_equal = _tell_system(talk, given, folder)
    talk.say("proves_2" if is_logged and is_equal else "proves_2_not")
    talk.say("cannot")
    talk.say("cannot_2")
    return is_logged and is_equal


def _tell_signed(talk: Talk, build: Signed, manifest: bytes, held: Held) -> None:
    if held.is_demo():
        talk.say("demo_root")
    count, version = len(build.manifest.files), build.manifest.version
    talk.say("files_equal", count=count, version=version)
    holders, keys = ", ".join(build.holders), ", ".join(image_keys(held))
    talk.say("signed_by", given=len(build.holders), holders=holders, keys=keys)
    talk.say("digest", digest=digest(manifest))


def _tell_logged(
    talk: Talk, given: argparse.Namespace, build: Signed, manifest: bytes, held: Held
) -> bool:
    if given.proof is None:
        talk.say("no_proof", code=_code(build, manifest))
        return False
    found = logged(build, manifest, given.proof, held, given.policy)
    talk.say(
        "logged",
        number=found.index + 1,
        size=found.checkpoint.size,
        origin=found.checkpoint.origin,
        witnesses=len(found.cosignatures),
    )
    return True


def _tell_system(talk: Talk, given: argparse.Namespace, folder: Path) -> bool:
    if given.system is None:
        talk.say("no_system")
        return False
    found = list(installed.faults(folder, to=given.to, root=given.system))
    for fault in found:
        talk.say(fault.name, **fault.details)
    if not found:
        talk.say("system_equal")
    if not installed.is_running(given.system):
        talk.say("not_running")
    _tell_place(talk, given.system)
    return not found


def _tell_place(talk: Talk, root: Path) -> None:
    for path in installed.of_the_place(root):
        talk.say("of_the_place", file=Path("/") / path.relative_to(root))
        for line in path.read_text(errors="backslashreplace").splitlines()[:SHOWN_LINES]:
            talk.write(f"    {ascii(line)[1:-1]}")


def _code(build: Signed, manifest: bytes) -> str:
    """Under which the public door gives the manifest's receipt."""
    return grouped(filing_code(leaf_hash(leaf_of(name=build.name, content=manifest))))
