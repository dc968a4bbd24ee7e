import datetime as dt

from django.db.models import QuerySet

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors.inbox import appeals, overdue
from arasha.rows import LongList


def incoming(*, viewer: Actor, first: dt.date, last: dt.date) -> QuerySet[Appeal]:
    """The appeals received from a day to a day (inclusive), in the order in which they came.

    Whatever the journal says of an appeal is read with it: `iterator(n)` asks once for n rows.
    """
    return (
        appeals(viewer=viewer)
        .select_related("accused_body")
        .prefetch_related("numbers")
        .filter(received_day__range=(first, last))
        .order_by("received_day", "key")
    )


def overdue_since(*, viewer: Actor, at: dt.datetime) -> dt.date | None:
    """The day on which the first of those came whose answer is late now; None if they are countless."""
    late = overdue(viewer=viewer, at=at).order_by().values_list("received_day", flat=True)
    days = list(late[: LongList.MOST + 1])
    return min(days, default=None) if len(days) <= LongList.MOST else None
