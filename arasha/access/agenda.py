import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.access.duty import unreviewed
from arasha.actors import Actor
from arasha.rows import AgendaItem


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """Breakings of the glass that wait for the viewer's review; due after three days."""
    return [
        AgendaItem(
            title=_("Review why %(name)s opened a record in an emergency")
            % {"name": breaking.user.full_name},
            url=reverse("access:breaking", args=[breaking.pk]),
            due_at=breaking.review_by_at,
            kind=_("Broken glass"),
        )
        for breaking in unreviewed(viewer=viewer, at=at)
    ]
