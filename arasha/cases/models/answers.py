"""An answer of the law as it is stored."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class AnswerField(models.JSONField):
    """A JSON column of many thousand characters a row; to migrations it is a JSONField.

    Many rows go to PostgreSQL as literals beside each other. Django would send arrays, in which each quotation
    mark of the JSON is escaped once more, one by one, in Python: that took two thirds of a bulk load.
    """

    def get_placeholder(
        self, value: object, compiler: object, connection: BaseDatabaseWrapper
    ) -> str:
        return "%s"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", list(args), dict(kwargs)
