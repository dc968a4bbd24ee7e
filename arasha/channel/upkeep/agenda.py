import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.channel.models import ChainOffer, Incident
from arasha.channel.upkeep.selectors import canaries, register
from arasha.channel.upkeep.words import INCIDENTS
from arasha.country import midnight
from arasha.people.roles import HEAD, REGISTRAR
from arasha.people.selectors import posts_held
from arasha.places.templatetags.names import in_language
from arasha.rows import MOST, AgendaItem, More, first_of

DAY = dt.timedelta(days=1)


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem | More]:
    """Incidents for whoever mends them, second hands for new images, slips of one's own tests."""
    roles = set(posts_held(viewer=viewer, at=at).values_list("role", flat=True))
    found: list[AgendaItem | More] = []
    if roles & {HEAD, REGISTRAR}:
        found += first_of(
            register.incidents(viewer=viewer, at=at),
            row=_incident,
            title=_("Incidents of terminals"),
            url=reverse("terminals:list") + "?state=incident",
        )
    if REGISTRAR in roles:
        offers = register.offers_to_open(viewer=viewer, at=at)[:MOST]
        found += [_offer(each) for each in offers if each.offered_by_key != viewer.key]
    tests = canaries.without_slip(viewer=viewer, at=at)[:MOST]
    return [*found, *(_slip(each.pk, each.device.place.name) for each in tests)]


def _incident(incident: Incident) -> AgendaItem:
    return AgendaItem(
        title=_("Terminal at %(place)s: %(what)s")
        % {"place": in_language(incident.place.name), "what": INCIDENTS[incident.kind]},
        url=reverse("terminals:incident", args=[incident.key]),
        due_at=midnight(incident.mend_by_day + DAY) - dt.timedelta(seconds=1),
        kind=_("To be mended"),
    )


def _offer(offer: ChainOffer) -> AgendaItem:
    return AgendaItem(
        title=_("Confirm that the terminal at %(place)s has a new image")
        % {"place": in_language(offer.device.place.name)},
        url=reverse("terminals:terminal", args=[offer.device_id]),
        due_at=None,
        kind=_("Second hand"),
    )


def _slip(key: object, place: dict[str, str]) -> AgendaItem:
    return AgendaItem(
        title=_("Enter the slip of your test at %(place)s") % {"place": in_language(place)},
        url=reverse("terminals:canary", args=[key]),
        due_at=None,
        kind=_("Test appeal"),
    )
