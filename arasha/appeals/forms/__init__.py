"""What an officer types: how to narrow the list, and each act on an appeal."""

from arasha.appeals.forms.acts import (
    ActForm,
    AnswerForm,
    AskBodyForm,
    CheckBackForm,
    CloseForm,
    ConfirmForm,
    ErasureForm,
    ExtensionForm,
    NumberForm,
    RecordForm,
    ReopenForm,
    SuspensionForm,
)
from arasha.appeals.forms.narrowing import Filter, PeriodForm

__all__ = [
    "ActForm",
    "AnswerForm",
    "AskBodyForm",
    "CheckBackForm",
    "CloseForm",
    "ConfirmForm",
    "ErasureForm",
    "ExtensionForm",
    "Filter",
    "NumberForm",
    "PeriodForm",
    "RecordForm",
    "ReopenForm",
    "SuspensionForm",
]
