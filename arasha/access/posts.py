"""What a post opens by itself: things about machines and places, never about people."""

import datetime as dt

from django.db.models import Q

from arasha.access.policy import BY_POST
from arasha.actors import JOB, Actor
from arasha.people.selectors import posts_held


def open_to(*, viewer: Actor, what: str, at: dt.datetime, field: str = "place") -> Q:
    """The rows that the viewer's posts open; `field` is the path to the place."""
    if viewer.kind == JOB:
        return Q()
    cells = BY_POST[what]
    posts = list(posts_held(viewer=viewer, at=at))
    if any(cells.get(post.role) == "all" for post in posts):
        return Q()
    own = [post.place for post in posts if cells.get(post.role) == "own" and post.place]
    return Q(**{f"{field}__in": own})


def opens(*, viewer: Actor, what: str, at: dt.datetime) -> bool:
    """Whether a post of the viewer opens this for all places."""
    if viewer.kind == JOB:
        return True
    roles = {role for role, reach in BY_POST[what].items() if reach == "all"}
    return posts_held(viewer=viewer, at=at).filter(role__in=roles).exists()
