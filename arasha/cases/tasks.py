"""What the worker does with tables. Either may run twice, after a crash: it is done once, or not at all."""

import uuid

from django.utils import timezone
from django_tasks import task

from arasha.access.viewing import viewing
from arasha.actors import IMPORTS, Actor
from arasha.cases import selectors, services
from arasha.problems import Problem


@task()
def take_in(import_key: str) -> str:
    """Bring a table in. Returns its state, or the code of what stopped it."""
    with viewing(IMPORTS):
        imported = selectors.find_import(viewer=IMPORTS, key=uuid.UUID(import_key))
    try:
        with viewing(IMPORTS):
            taken = services.take_in(imported=imported, by=IMPORTS, at=timezone.now())
    except Problem as problem:
        with viewing(IMPORTS):
            services.fail(imported=imported, code=problem.code, by=IMPORTS, at=timezone.now())
        return problem.code
    return taken.state


@task()
def undo(import_key: str, user_key: str) -> str:
    """Take a table back at somebody's word. Returns its state, or the code of what stopped it."""
    try:
        with viewing(IMPORTS):
            imported = selectors.find_import(viewer=IMPORTS, key=uuid.UUID(import_key))
            undone = services.undo(
                imported=imported, on_behalf=Actor.user(user_key), by=IMPORTS, at=timezone.now()
            )
    except Problem as problem:
        return problem.code
    return undone.state
