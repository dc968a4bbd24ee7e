from django import template

from arasha.country import choices

register = template.Library()


@register.simple_tag
def purposes() -> str:
    """The aims that make suffering torture, as the pack words them, in one line."""
    names = [name for _, name in choices("criteria")]
    return "; ".join(name[:1].lower() + name[1:] for name in names)
