"""What can be wrong with a question."""


class QuestionError(ValueError):
    """A question that cannot be answered as it stands. `field` is its path, e.g. `ask[0].relief`."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(f"{field}: {message}")
