"""Takes a table in, or out again, in a process of its own, and kills it at the n-th row that it writes or deletes.

    python import_killing.py prepare|look|in|out [STATEMENT]

Prints how many cases, numbers, people, decisions, clocks, grants and entries of the journal there are, the state of
the import, and how many statements it took. Only the tests have this: the product knows no such switch.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

LINES = 30


def main(act: str, at: int = 0) -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415 - after setup

    from arasha.access.viewing import viewing  # noqa: PLC0415
    from arasha.actors import WORLD  # noqa: PLC0415

    written = 0

    def killed(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal written
        written += sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if written == at and at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *rest)

    with viewing(WORLD):
        if act == "prepare":
            prepare()
        elif act != "look":
            with connection.execute_wrapper(killed):
                take(act)
        sys.stdout.write(" ".join([*map(str, counted()), str(written)]) + "\n")


def prepare() -> None:
    from tests.cases.tables import as_csv, line, mapped, uploaded  # noqa: PLC0415
    from tests.walk import institution, person  # noqa: PLC0415

    office = institution("prosecution", "prosecutor")
    clerk = person("clerk", office)
    lines = [line(f"24-{number:04d}", place="") for number in range(LINES)]
    mapped(uploaded(as_csv(*lines), clerk, office), clerk)


def take(act: str) -> None:
    from arasha.actors import IMPORTS, Actor  # noqa: PLC0415
    from arasha.cases import services  # noqa: PLC0415
    from arasha.cases.models import Import  # noqa: PLC0415
    from tests.walk import NOW  # noqa: PLC0415

    imported = Import.objects.get()
    clerk = Actor.user(imported.uploaded_by_key)
    if act == "in":
        services.take_in(imported=imported, by=IMPORTS, at=NOW)
    else:
        services.undo(imported=imported, on_behalf=clerk, by=IMPORTS, at=NOW)


def counted() -> tuple[object, ...]:
    from arasha.access.models import Grant  # noqa: PLC0415
    from arasha.cases.models import (  # noqa: PLC0415
        Case,
        Deadline,
        Decision,
        Import,
        Number,
        Person,
    )
    from arasha.journal.models import Entry  # noqa: PLC0415

    of_cases = (Case, Number, Person, Decision, Deadline)
    live = Grant.objects.filter(subject_kind="case", withdrawn_at=None)
    return (
        *(model.objects.count() for model in of_cases),
        live.count(),
        Entry.objects.count(),
        Import.objects.get().state,
    )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
