"""The folder of packages that Python runs from on a terminal: what lies in the build's wheels, no more."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from arasha.programs.kiosk.folder import facts_of, walk
from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.programs.kiosk.wheels import unpacked
from arasha.wire.image import FileFacts

LIB = "lib"


def unpack(build: Path) -> None:
    """Unpack the wheels beside them. Raises KioskRefusedError."""
    for path, data in _contents(build):
        where = build / LIB / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(data)
        where.chmod(0o644)


def check_packages(build: Path) -> None:
    """Raise KioskRefusedError unless what runs is what the wheels hold, byte for byte."""
    wanted = {
        f"{LIB}/{path}": FileFacts(sha256(data).hexdigest(), len(data))
        for path, data in _contents(build)
    }
    # From the build's own folder on, so that a link in place of the packages is refused, too.
    found = {path: where for path, where in walk(build) if path.startswith(f"{LIB}/")}
    if different := sorted(wanted.keys() ^ found.keys()):
        raise KioskRefusedError("other_package", file=different[0])
    for path, facts in wanted.items():
        if facts_of(found[path]) != facts:
            raise KioskRefusedError("other_package", file=path)


def _contents(build: Path) -> Iterator[tuple[str, bytes]]:
    for wheel in sorted((build / "wheels").glob("*.whl")):
        yield from unpacked(wheel.read_bytes(), name=wheel.name)
