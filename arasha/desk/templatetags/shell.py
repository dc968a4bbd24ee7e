"""What surrounds every page of the desk."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from arasha.access.viewing import viewing
from arasha.desk.middleware import actor_of, has_second_factor
from arasha.desk.navigation import Link, links
from arasha.desk.typed import came_from_here, labels, typed
from arasha.people.roles import ROLE_NAMES
from arasha.people.selectors import posts_held

register = template.Library()

SHORT_NAMES = {"kk": "Қаз", "ru": "Рус", "en": "Eng"}


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    short_name: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    links: list[Link]
    languages: list[Language]
    name: str
    role: str
    demo: bool


@register.simple_tag(takes_context=True)
def desk_shell(context: dict[str, Any]) -> Shell:
    """Navigation, languages and who is signed in; nothing of it before the second factor."""
    request: HttpRequest | None = context.get("request")
    languages = _languages()
    if request is None or not request.user.is_authenticated or not has_second_factor(request):
        return Shell([], languages, "", "", settings.ARASHA_DEMO)
    with viewing(actor_of(request)):
        posts = list(posts_held(viewer=actor_of(request), at=timezone.now()))
    return Shell(
        links=links(posts=posts, path=request.path),
        languages=languages,
        name=request.user.full_name,
        role=str(ROLE_NAMES[posts[0].role]) if posts else "",
        demo=settings.ARASHA_DEMO,
    )


@register.simple_tag(takes_context=True)
def typed_values(context: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, label and value of what was typed; the label is empty where nobody knows it for sure."""
    request = context["request"]
    values = typed(request)
    known = labels(request) if values else {}
    return [(name, known.get(name, ""), value) for name, value in values]


@register.simple_tag(takes_context=True)
def may_send_again(context: dict[str, Any]) -> bool:
    return came_from_here(context["request"])


def _languages() -> list[Language]:
    now = get_language()
    return [
        Language(code, SHORT_NAMES.get(code, code), code == now) for code, _ in settings.LANGUAGES
    ]
