import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(options: object) -> str:
    """What the browser is to ask of a passkey, for a data- attribute; the template escapes it."""
    return json.dumps(options, cls=DjangoJSONEncoder)
