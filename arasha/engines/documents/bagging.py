"""What stands in a bag (RFC 8493): names that every machine can hold, manifests, the paper about it all."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

# Windows, "Naming Files, Paths, and Namespaces".
_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{n}{i}" for n in ("com", "lpt") for i in "0123456789¹²³"
}
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*%\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
MOST_BYTES = 180  # of a name in UTF-8: most file systems hold 255, and folders come before it
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def safe_name(name: str, *, suffix: str | None = None) -> str:
    """Return a file name that no system misreads: no folder, no reserved name, NFC, not hidden, not too long.

    `suffix` (without a dot) replaces the one it has: what a file is, its bytes say, not its name.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = _FORBIDDEN.sub("_", last).strip(" .") or "_"
    stem, dot, old = clean.rpartition(".")
    if not dot:
        stem, old = clean, ""
    ending = old if suffix is None else suffix
    stem = (stem if old or suffix is None else clean).strip(" .") or "_"
    if stem.split(".")[0].strip().lower() in _RESERVED:
        stem = f"_{stem}"
    tail = f".{ending}" if ending else ""
    return _cut(stem, MOST_BYTES - len(tail.encode())) + tail


def _cut(stem: str, most: int) -> str:
    """At most so many bytes, never through the middle of a letter."""
    return stem.encode()[: max(most, 1)].decode("utf-8", "ignore").rstrip(" .") or "_"


def distinct_names(names: Iterable[str]) -> list[str]:
    """The names made safe, in order; those that some system takes for the same get a number."""
    taken: set[str] = set()
    found: list[str] = []
    for name in map(safe_name, names):
        stem, dot, ending = name.rpartition(".")
        candidate, count = name, 1
        while _folded(candidate) in taken:
            count += 1
            candidate = f"{stem} ({count}).{ending}" if dot else f"{name} ({count})"
        taken.add(_folded(candidate))
        found.append(candidate)
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def manifest(hashes: Mapping[str, str]) -> str:
    """A manifest of SHA-256 in hex by path, sorted (RFC 8493, 2.1.3). Paths hold no % and no line break."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items()))


def bag_info(
    *, identifier: str, made_on: dt.date, sizes: Sequence[int], more: Sequence[tuple[str, str]] = ()
) -> str:
    """bag-info.txt (RFC 8493, 2.2.2). `more` adds labels. Raises ValueError for a malformed label or value."""
    lines = [
        ("External-Identifier", identifier),
        ("Bagging-Date", made_on.isoformat()),
        ("Payload-Oxum", f"{sum(sizes)}.{len(sizes)}"),
        *more,
    ]
    for label, value in lines:
        if not _LABEL.fullmatch(label) or not value.strip() or re.search(r"[\r\n\x00]", value):
            raise ValueError(
                f"bag-info: {label!r} must be a label and its value one line: {value!r}"
            )
    return "".join(f"{label}: {value}\n" for label, value in lines)
