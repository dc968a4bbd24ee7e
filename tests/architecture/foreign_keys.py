"""import-linter cannot see ForeignKey("visits.Visit"): a process points only at registers and itself."""

from collections.abc import Iterable

from django.db.models import Model

REGISTERS = {"places", "people", "trust", "auth", "contenttypes"}


def abroad(models: Iterable[type[Model]], *, home: str) -> list[str]:
    """Relations of these models that lead to another process."""
    return [
        f"{model.__name__}.{field.name} points at {field.related_model._meta.app_label}"
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model is not None
        and field.related_model._meta.app_label not in REGISTERS | {home}
    ]
