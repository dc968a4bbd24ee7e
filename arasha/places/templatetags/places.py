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
def device_name(kind: str) -> str:
    return _("Terminal") if kind == "terminal" else kind


@register.filter
def as_base64(key: bytes) -> str:
    """A key as the device itself shows it."""
    return base64.b64encode(bytes(key)).decode()
