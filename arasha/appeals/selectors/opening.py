import datetime as dt

from arasha.actors import Actor
from arasha.appeals.models import Opening


def officer_of_opening(*, token_hash: str, at: dt.datetime, viewer: Actor) -> Actor | None:
    """For whom a live one-time token was made."""
    opening = Opening.objects.filter(
        token_hash=token_hash, used_at__isnull=True, expires_at__gt=at
    ).first()
    return Actor.user(opening.user_key) if opening else None
