"""Why a document is not written."""


class FormError(ValueError):
    """The form cannot be filled in this language at all."""


class FieldError(ValueError):
    """A value that is missing, unknown or of the wrong kind. `field` names it."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        super().__init__(f"{field}: {reason}")


class NumberError(ValueError):
    """A pattern or a part of an outgoing number that gives no number."""
