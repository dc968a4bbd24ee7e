"""Wheels: those of others by the hashes of the lock, our own with nothing that a terminal does not run."""

import re
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath

import arasha
from arasha.programs.kiosk.refusals import KioskRefusedError

PACKAGE = Path(arasha.__file__).parent
CHECKOUT = PACKAGE.parent
LOCK = CHECKOUT / "requirements" / "terminal.txt"
# Nothing of the server goes to a terminal, and nothing that opens what is sealed.
OURS = (
    "__init__.py", "__main__.py", "actors.py", "problems.py", "engines", "packs", "wire",
    "programs/__init__.py", "programs/pages.py", "programs/words.py", "programs/static",
    "programs/kiosk", "programs/terminal", "programs/trust", "static/arasha",
)  # fmt: skip
EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no time before, and nobody asks a wheel's time
_NAME = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def read_lock(path: Path) -> dict[str, frozenset[str]]:
    """The SHA-256 hashes that a lock allows for each distribution."""
    if not path.is_file():
        raise KioskRefusedError("no_lock", file=path)
    text = path.read_text()
    starts = [*_NAME.finditer(text)]
    ends = [*(match.start() for match in starts[1:]), len(text)]
    return {
        _plain(match[1]): frozenset(_HASH.findall(text[match.start() : end]))
        for match, end in zip(starts, ends, strict=True)
    }


def chosen(folder: Path, lock: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, bytes]]:
    """One wheel for each line of the lock, by name, its bytes checked. Raises KioskRefusedError."""
    offered: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.whl")):
        offered.setdefault(_plain(path.name.split("-")[0]), []).append(path)
    for name, hashes in sorted(lock.items()):
        match offered.get(name, []):
            case []:
                raise KioskRefusedError("no_wheel", wheel=name, folder=folder)
            case [path]:
                data = path.read_bytes()
            case several:
                raise KioskRefusedError("two_wheels", wheel=name, one=several[0].name)
        if sha256(data).hexdigest() not in hashes:
            raise KioskRefusedError("wheel_hash", file=path.name)
        yield path.name, data


def own_wheel() -> tuple[str, bytes]:
    """Our own wheel: the same bytes wherever and whenever it is made."""
    info = f"arasha-{arasha.__version__}.dist-info"
    files = {f"arasha/{path}": (PACKAGE / path).read_bytes() for path in _own_files()}
    files[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.4\nName: arasha\nVersion: {arasha.__version__}\n"
        "License-Expression: EUPL-1.2\n"
    ).encode()
    files[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: arasha kiosk\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = f"{info}/RECORD"
    lines = [f"{path},{_record(data)}\n" for path, data in sorted(files.items())]
    files[record] = "".join([*lines, f"{record},,\n"]).encode()
    return f"arasha-{arasha.__version__}-py3-none-any.whl", zipped(files)


def unpacked(wheel: bytes, *, name: str) -> Iterator[tuple[str, bytes]]:
    """Every file of a wheel by its path, as it lies in a folder of packages.

    Raises KioskRefusedError for a path that leads out of it.
    """
    with zipfile.ZipFile(BytesIO(wheel)) as opened:
        for each in opened.infolist():
            path = PurePosixPath(each.filename)
            if path.is_absolute() or ".." in path.parts or "\\" in each.filename:
                raise KioskRefusedError("wheel_path", file=name, path=each.filename)
            if not each.is_dir():
                yield str(path), opened.read(each)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A wheel of these files: the same bytes for the same files."""
    # Stored: what deflate makes of the same bytes depends on the library's version.
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as wheel:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            wheel.writestr(entry, data)
    return packed.getvalue()


def _own_files() -> list[str]:
    found = []
    for name in OURS:
        where = PACKAGE / name
        files = [where] if where.is_file() else where.rglob("*")
        found += [file.relative_to(PACKAGE).as_posix() for file in files if _is_ours(file)]
    return sorted(found)


def _is_ours(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")


def _record(data: bytes) -> str:
    digest = urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(data)}"


def _plain(name: str) -> str:
    """A distribution's name in the form in which two are compared (PEP 503)."""
    return re.sub("[-_.]+", "-", name).lower()
