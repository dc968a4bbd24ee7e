import base64

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.country import country

register = template.Library()


@register.filter
def kind_name(code: str) -> str:
    """The country's word for a kind of place."""
    kind = country().place_kinds.get(code)
    return kind.name.in_(get_language() or "") if kind else code


@register.filter
def article_in_words(article: str) -> str:
    """The article by which the NPM may enter, in the reader's language where the country says it."""
    bases = (kind.npm_basis for kind in country().place_kinds.values())
    words = next((basis.words for basis in bases if basis.article == article), None)
    return words.in_(get_language() or "") if words else article


@register.filter
def device_name(kind: str) -> str:
    return _("Terminal") if kind == "terminal" else kind


@register.filter
def as_base64(key: bytes) -> str:
    """A key as the device itself shows it."""
    return base64.b64encode(bytes(key)).decode()
