"""What `arasha doctor` looks at. Each check returns what is wrong and what to do, or nothing."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from arasha.access.rls import weakness
from arasha.access.viewing import viewing
from arasha.actors import TICK, Actor
from arasha.appeals import alarms
from arasha.appeals.selectors import lost_files
from arasha.cases import name_index
from arasha.channel.keyring import FOLDER, secret_of
from arasha.channel.selectors.keys import endless_seeds
from arasha.commands import keys
from arasha.country import local_day
from arasha.engines.notes import MalformedError
from arasha.journal.history import refuse_another_history, refuse_another_key
from arasha.journal.log import log_of_settings
from arasha.journal.models import Entry, Epoch
from arasha.journal.policy import WitnessFileError
from arasha.journal.witnesses import refuse_troubled, silent_witnesses
from arasha.problems import Problem
from arasha.trust.selectors import held, newest_sets
from arasha.wire.keyfile import OTHERS, KeyFileError, read_private

FREE_BYTES = 2_000_000_000
EPOCHS_LATE = 3
QUEUE_LATE = dt.timedelta(minutes=15)
UNREADABLE_LOG = (KeyFileError, MalformedError, WitnessFileError)
KEYS_AHEAD = dt.timedelta(days=14)
ENDS_SOON = dt.timedelta(days=30)  # a ceremony needs people, a room and travel


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: what was looked at, and what to do if it is not in order.

    `absent`: why there is nothing to look at here; that is neither in order nor a fault.
    """

    what: str
    advice: str = ""
    absent: str = ""

    def __str__(self) -> str:
        if self.advice:
            return f"LOOK  {self.what}: {self.advice}"
        return f"--    {self.what}: {self.absent}" if self.absent else f"OK    {self.what}"


def examine(*, at: dt.datetime) -> Iterator[Finding]:
    """Look at settings, keys, disk and database; at what the database holds only if it answers."""
    yield Finding("Settings fit together", settings_fault())
    yield Finding("Keys are there and private", keys_fault())
    yield Finding("Folders can be written", folders_fault())
    yield Finding("Nobody else can read the database", privacy_fault(), no_file_of_its_own())
    yield Finding("There is room on the disk", disk_fault())
    database = database_fault()
    yield Finding("The database answers and is up to date", database)
    if not database:
        yield Finding("No sealed file is missing", files_fault())
        yield Finding("Every name can be found", name_index.fault())
        yield Finding("The clock is not behind what was written", clock_fault(at=at))
        yield Finding("The log continues what was signed", log_fault())
        yield Finding("The witnesses cosign", witness_fault(at=at), no_witness())
        yield Finding("The sequencer keeps up", pending_fault(at=at))
        yield Finding("The worker keeps up", queue_fault(at=at))
        yield Finding("No task has failed", failed_fault())
        yield Finding("Row-level security holds", weakness(connection), no_second_lock())
        with viewing(TICK):
            yield Finding("The root of trust is imported", trust_fault())
            yield Finding("No list of recipients ends soon", sets_fault(at=at))
            yield Finding(
                "Keys for the terminals are signed ahead", ingest_fault(at=at), no_trust()
            )
            yield Finding("Every key for the terminals will be destroyed", seeds_fault())
            yield Finding("Enough officers can open appeals", alarms.doctor(at=at))


def settings_fault() -> str:
    hosts = {urlsplit(getattr(settings, f"ARASHA_{door}_URL")) for door in ("DESK", "PUBLIC")}
    real = [url for url in hosts if url.hostname != "localhost"]
    if real and settings.ARASHA_DEMO:
        return "ARASHA_DEMO is True at a real address; write ARASHA_DEMO=False"
    if any(url.scheme != "https" for url in real):
        return "a door has a real address without https; people's secrets would travel in the open"
    if settings.ARASHA_LAST_CHECKPOINT.is_relative_to(settings.ARASHA_LOG_DIR):
        return "ARASHA_LAST_CHECKPOINT lies in the folder of the log; put it where no backup goes"
    return ""


def keys_fault() -> str:
    try:
        for name in (keys.DJANGO, keys.ACK):
            read_private(settings.ARASHA_KEYS_DIR / name)
        names = {signer.name for signer in log_of_settings().signers}
    except (KeyFileError, MalformedError) as error:
        return f"{error}; `arasha secrets` makes missing keys"
    except WitnessFileError as error:
        return str(error)
    if other := names - {settings.ARASHA_LOG_ORIGIN}:
        (name, *_) = other
        return (
            f"the key of the log is named {name}; write ARASHA_LOG_ORIGIN={name}, "
            "or begin another log with a key of its own"
        )
    return ""


def folders_fault() -> str:
    wanted = [
        settings.ARASHA_VAR,
        settings.ARASHA_LOG_DIR,
        settings.ARASHA_FILES_DIR,
        settings.ARASHA_LAST_CHECKPOINT.parent,
    ]
    shut = [str(folder) for folder in wanted if not os.access(_existing(folder), os.W_OK)]
    return f"this user cannot write into {', '.join(shut)}; change their owner" if shut else ""


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def privacy_fault() -> str:
    if no_file_of_its_own():
        return ""
    files = [Path(f"{settings.DATABASES['default']['NAME']}{end}") for end in ("", "-wal", "-shm")]
    shown = [str(file) for file in files if file.exists() and file.stat().st_mode & OTHERS]
    return f"others may read it; write: chmod 600 {' '.join(shown)}" if shown else ""


def no_file_of_its_own() -> str:
    return "" if connection.vendor == "sqlite" else "its server guards the files"


def disk_fault() -> str:
    free = shutil.disk_usage(_existing(settings.ARASHA_VAR)).free
    if free >= FREE_BYTES:
        return ""
    return f"{free / 1e9:.1f} GB are free; make room, or appeals will be refused"


def database_fault() -> str:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"{str(error).strip()}; check ARASHA_DATABASE and that the database runs"
    if waiting:
        return f"{len(waiting)} migrations wait; run `arasha migrate`"
    return _durability_fault()


def _durability_fault() -> str:
    if connection.vendor == "postgresql":
        wanted = {"fsync": "on", "synchronous_commit": "on"}
        statement = "SHOW {}"
    else:
        wanted = {"journal_mode": "wal", "synchronous": "2"}
        statement = "PRAGMA {}"
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute(statement.format(name))
            if str(cursor.fetchone()[0]) != value:
                return f"{name} is not {value}: an acknowledged appeal could be lost; set it so"
    return ""


def files_fault() -> str:
    verifier = Actor.job("verify")
    with viewing(verifier):
        lost = lost_files(viewer=verifier)
    where = settings.ARASHA_FILES_DIR
    return f"{lost} are not in {where}; bring them back from a backup" if lost else ""


def clock_fault(*, at: dt.datetime) -> str:
    epoch = Epoch.objects.order_by("-number").first()
    entry = Entry.objects.order_by("-recorded_at").first()
    written = [each for each in (epoch and epoch.at, entry and entry.recorded_at) if each]
    if not written or max(written) <= at:
        return ""
    return f"it says {at:%Y-%m-%d %H:%M}, and something was written at {max(written):%Y-%m-%d %H:%M}; set the clock"


def log_fault() -> str:
    try:
        log = log_of_settings()
        refuse_another_history(log)
        refuse_another_key(log)
        refuse_troubled(log)
    except (Problem, *UNREADABLE_LOG) as problem:
        return str(problem)
    return ""


def witness_fault(*, at: dt.datetime) -> str:
    try:
        log = log_of_settings()
    except UNREADABLE_LOG:
        return ""  # told by the line before
    after = dt.timedelta(hours=settings.ARASHA_WITNESS_HOURS)
    silent = [
        f"{row.name} since {(row.cosigned_at or row.since):%Y-%m-%d %H:%M} ({row.trouble or 'not asked'})"
        for row in silent_witnesses(log, at=at, after=after)
    ]
    return (
        f"silent: {', '.join(silent)}; docs/howto/ask-witnesses.md says what to do"
        if silent
        else ""
    )


def no_witness() -> str:
    try:
        asked = log_of_settings().policy.witnesses
    except UNREADABLE_LOG:
        return "not looked at; the line before says why"
    return "" if asked else "no witness is configured; docs/howto/ask-witnesses.md says how"


def pending_fault(*, at: dt.datetime) -> str:
    late = at - dt.timedelta(seconds=EPOCHS_LATE * settings.ARASHA_EPOCH_SECONDS + 60)
    waiting = Entry.objects.filter(leaf__epoch=None, recorded_at__lt=late).count()
    return f"{waiting} acts wait for the log; start `arasha sequencer`" if waiting else ""


def no_second_lock() -> str:
    if connection.vendor == "postgresql":
        return ""
    return "not on SQLite; docs/howto/install.md, step 9, brings it with PostgreSQL"


def trust_fault() -> str:
    if held(viewer=TICK) is not None:
        return ""
    return "no, so nobody can be written to; `arasha trust_import FOLDER` brings in what the ceremony signed"


def sets_fault(*, at: dt.datetime) -> str:
    last = local_day(at) + ENDS_SOON
    ending = [
        f"{each.code} on {each.until_day}"
        for each in newest_sets(viewer=TICK)
        if each.until_day <= last
    ]
    said = ", ".join(ending)
    return f"{said}; let the body sign its next list (docs/howto/trust-ceremony.md)" if said else ""


def no_trust() -> str:
    return "" if held(viewer=TICK) else "not looked at before the root of trust is imported"


def ingest_fault(*, at: dt.datetime) -> str:
    """Whether terminals have a key to seal to, now and for some time, and this server its secret half."""
    believed, day = held(viewer=TICK), local_day(at)
    if believed is None:
        return ""
    signed = believed.ingest_keys()
    if not any(key.from_day <= day + KEYS_AHEAD <= key.until_day for key in signed):
        last = max((key.until_day for key in signed), default="never")
        return (
            f"the last one ends: {last}; `arasha ingest new` makes more, and the keepers sign them"
        )
    lost = [key for key in signed if key.until_day >= day and secret_of(key.key_id) is None]
    return (
        f"{len(lost)} signed keys have no secret half in {settings.ARASHA_KEYS_DIR}" if lost else ""
    )


def seeds_fault() -> str:
    """Whether a secret half would outlive its end: of a making that was cut off, or out of a copy."""
    if strays := endless_seeds(viewer=TICK):
        folder = settings.ARASHA_KEYS_DIR / FOLDER
        return (
            f"nothing destroys {', '.join(strays)} in {folder}; remove each (`shred -u`), "
            "but one that the keepers signed only two weeks after its last day"
        )
    return ""


def queue_fault(*, at: dt.datetime) -> str:
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=at - QUEUE_LATE).count()
    return f"{late} tasks wait; start `arasha worker`" if late else ""


def failed_fault() -> str:
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    names = sorted(set(failed.values_list("task_path", flat=True)))
    return (
        f"{failed.count()} have: {', '.join(names)}; see the failed queue on the desk"
        if names
        else ""
    )
