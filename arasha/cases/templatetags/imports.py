from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

STATE_NAMES = {
    "uploaded": _("Uploaded: its columns are not known yet"),
    "previewed": _("Looked at: not in the register yet"),
    "in": _("In the register"),
    "undone": _("Taken back"),
    "given_up": _("Given up"),
}


@register.filter
def state_name(state: str) -> str:
    return str(STATE_NAMES[state])
