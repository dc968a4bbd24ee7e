import datetime as dt

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.errors import (
    NotYetOpenedError,
)
from arasha.appeals.models import (
    WAITING,
    Appeal,
    State,
)
from arasha.journal import services as journal


@transaction.atomic
def move(*, appeal: Appeal, state: State, by: Actor, at: dt.datetime) -> Appeal:
    """Bring an appeal into one of the five states that its writer is told."""
    locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    locked.state, locked.waits = state, state in WAITING
    locked.save(update_fields=["state", "waits"])
    journal.record(
        act=f"appeal.{state}", subject_kind="appeal", subject_key=locked.key, by=by, at=at
    )
    return locked


@transaction.atomic
def classify(*, appeal: Appeal, category: str, by: Actor, at: dt.datetime) -> Appeal:
    """Note after reading what an appeal is about: all that figures ever see of it.

    Raises NotYetOpenedError.
    """
    locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if locked.opened_day is None:
        raise NotYetOpenedError
    locked.category = category
    locked.save(update_fields=["category"])
    journal.record(
        act="appeal.classified", subject_kind="appeal", subject_key=locked.key, by=by, at=at
    )
    return locked
