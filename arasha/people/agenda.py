import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.people import selectors
from arasha.rows import AgendaItem


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """What waits for the second hand of a people-manager."""
    return [
        *(
            AgendaItem(
                title=_("Confirm that %(name)s may have an account") % {"name": one.full_name},
                url=reverse("people:invitation", args=[one.pk]),
                due_at=None,
                kind=_("Invitation"),
            )
            for one in selectors.open_invitations(viewer=viewer, at=at)
            if one.confirmed_at is None and one.invited_by_key != viewer.key
        ),
        *(
            AgendaItem(
                title=_("Confirm that %(name)s has lost their passkey")
                % {"name": one.user.full_name},
                url=reverse("people:restoration", args=[one.pk]),
                due_at=None,
                kind=_("Lost passkey"),
            )
            for one in selectors.restorations_to_confirm(viewer=viewer, at=at)
            if one.asked_by_key != viewer.key
        ),
    ]
