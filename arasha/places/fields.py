from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO 8601 in every language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A calendar day."""

    widget = DayInput
