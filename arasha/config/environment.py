"""Reads ARASHA_… variables, and says which one is wrong and what to write instead."""

import os
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

from arasha.packs.files import folder_of
from arasha.wire import doors

_MAIL = "django.core.mail.backends.{}.EmailBackend"


REAL_EPOCH = 3_600  # seconds


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set; see docs/reference/settings.md")
    return value


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} is {value!r}; write True or False")
    return value == "True"


def seconds(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal() or int(value) == 0:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number of seconds above 0")
    return int(value)


def epoch_seconds(name: str, *, demo: bool) -> int:
    """How often the log is published. A real build refuses epochs that would tell when somebody wrote."""
    value = seconds(name, REAL_EPOCH)
    if value < REAL_EPOCH and not demo:
        raise ImproperlyConfigured(
            f"{name} is {value}; write {REAL_EPOCH} or more: shorter epochs tell the prison when an "
            "appeal was written, and only a demo may have them"
        )
    return value


def count(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number, 0 or more")
    return int(value)


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name, default)).expanduser().resolve()


def address(name: str, default: str) -> str:
    """An origin such as https://desk.example: scheme and host, nothing behind them."""
    value = os.environ.get(name, default)
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ImproperlyConfigured(f"{name} is {value!r}; write an origin like https://example.org")
    return value.rstrip("/")


def here(part: str) -> str:
    """Where a part of this server answers on this machine."""
    try:
        return doors.address(part, doors.port_base(os.environ))
    except ValueError as mistake:
        raise ImproperlyConfigured(str(mistake)) from mistake


def file(name: str) -> Path | None:
    """A file that must be there, or None if the variable is not set."""
    value = os.environ.get(name, "")
    if not value:
        return None
    path = Path(value).expanduser().resolve()
    if not path.is_file():
        raise ImproperlyConfigured(f"{name} is {value!r}, and no file is there")
    return path


def prefixes(name: str) -> tuple[str, ...]:
    """Addresses below which files are served, with spaces between them."""
    values = os.environ.get(name, "").split()
    for value in values:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ImproperlyConfigured(
                f"{name} has {value!r}; write addresses like https://example.org/log"
            )
    return tuple(value.rstrip("/") for value in values)


def both(first: str, second: str) -> None:
    """Refuse one of two variables that mean something only together."""
    if bool(os.environ.get(first)) != bool(os.environ.get(second)):
        raise ImproperlyConfigured(f"{first} and {second} are set together, or neither of them")


def secret(name: str, path: Path) -> str:
    """A secret from its file (made by `./run`, mode 600), or from NAME_FILE."""
    where = Path(os.environ.get(f"{name}_FILE", path))
    try:
        value = where.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}: cannot read {where} ({error.strerror}); run `arasha secrets`, or set {name}_FILE"
        ) from error
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name}: {where} is shorter than 32 characters; make it anew")
    return value


def mail(name: str, folder: Path) -> dict[str, object]:
    """smtp://user:password@host:port, smtps://… (TLS from the start), or `folder`: written, not sent."""
    value = os.environ.get(name, "folder")
    if value == "folder":
        return {"EMAIL_BACKEND": _MAIL.format("filebased"), "EMAIL_FILE_PATH": str(folder)}
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} is not understood; write smtp://user:password@host:587, smtps://…, or folder"
        )
    encrypted = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": _MAIL.format("smtp"),
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if encrypted else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": encrypted,
        "EMAIL_USE_TLS": not encrypted,
        "EMAIL_TIMEOUT": 20,
    }


def country(pack: str) -> tuple[list[tuple[str, str]], str]:
    """The languages of the country's pack, in its order, each by its own name; and its time zone."""
    try:
        head = tomllib.loads((folder_of(pack) / "pack.toml").read_text(encoding="utf-8"))
        languages = [(str(each["code"]), str(each["name"])) for each in head["language"]]
        return languages, ZoneInfo(head["timezone"]).key
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ImproperlyConfigured(
            f"ARASHA_PACK is {pack!r}, and no pack is there: write a country's code (kz) or a pack's "
            f"folder, and try `arasha pack check {pack}`"
        ) from error


def database(name: str, default: Path) -> dict[str, object]:
    """sqlite:///path or postgresql://user:password@host:port/name (an empty host means a socket)."""
    value = os.environ.get(name, f"sqlite:///{default}")
    parts = urlsplit(value)
    if parts.scheme == "sqlite" and parts.path:
        return _sqlite(Path(unquote(parts.path)).resolve())
    if parts.scheme == "postgresql" and len(parts.path) > 1:
        return _postgresql(value)
    raise ImproperlyConfigured(
        f"{name} is not understood; write sqlite:////path/to/file or postgresql://user@host/name"
    )


# FULL: an acknowledged appeal survives a power cut. The journal is written back every 16 MiB, and a
# connection keeps 16 MiB of pages.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
    "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000;"
)
CONNECTION_SECONDS = 60
# A page is short and there are many at once. PostgreSQL reckons them long behind row-level security: it
# would compile them, start processes for them, and read all grants rather than those of the page's rows.
_PLANNING = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _PRAGMAS,
        },
        # Who closes the last connection writes the whole journal back: not after each request.
        "CONN_MAX_AGE": CONNECTION_SECONDS,
    }


def _postgresql(value: str) -> dict[str, object]:
    parts = urlsplit(value)
    query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": _PLANNING},
        "CONN_MAX_AGE": CONNECTION_SECONDS,
    }
