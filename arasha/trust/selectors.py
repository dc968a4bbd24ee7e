import datetime as dt

from arasha.actors import Actor
from arasha.trust.models import RecipientSet, Standing, TrustFile
from arasha.wire.trust import Held
from arasha.wire.trust.names import STAMP, is_served


def held(*, viewer: Actor) -> Held | None:
    """What this server believes; None before the first import."""
    standing = Standing.objects.first()
    return Held.parse(standing.held) if standing else None


def believed_since(*, viewer: Actor) -> dt.datetime | None:
    """When what this server believes changed last; None before the first import."""
    return Standing.objects.values_list("changed_at", flat=True).first()


def trust_names(*, viewer: Actor) -> list[str]:
    """The names of all files of the root of trust, in the order in which they came."""
    return list(TrustFile.objects.order_by("imported_at", "name").values_list("name", flat=True))


def trust_file(*, viewer: Actor, name: str) -> bytes | None:
    """One file of the root of trust, for everybody."""
    if name == STAMP:
        believed = held(viewer=viewer)
        return believed.timestamp if believed else None
    if not is_served(name):  # nothing has such a name, and PostgreSQL could not be asked for all
        return None
    found = TrustFile.objects.filter(pk=name).values_list("content", flat=True).first()
    return None if found is None else bytes(found)


def newest_sets(*, viewer: Actor) -> list[RecipientSet]:
    """The newest recipient set of each body that the root of trust still names, by the body's code.

    Whoever asks which set stands asks here: the others are for what was sealed to them before.
    """
    named = RecipientSet.objects.filter(withdrawn_at=None)
    return list(named.select_related("institution__parent").order_by("institution__code"))
