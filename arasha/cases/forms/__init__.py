"""The forms of a case's pages, by what they are for."""

from arasha.cases.forms.classification import ClassificationForm, SettleForm, as_initial
from arasha.cases.forms.deciding import (
    ChargeForm,
    ClosingForm,
    DecisionForm,
    ProceedingForm,
    StepForm,
    ToldForm,
)
from arasha.cases.forms.entering import (
    EntryForm,
    places_listed,
)
from arasha.cases.forms.imports import (
    MappingForm,
    StatisticsForm,
    TakeForm,
    UploadForm,
)
from arasha.cases.forms.register import CaseNumberForm, Filter, IssuedNumberForm, NumberForm

__all__ = [
    "CaseNumberForm",
    "ChargeForm",
    "ClassificationForm",
    "ClosingForm",
    "DecisionForm",
    "EntryForm",
    "Filter",
    "IssuedNumberForm",
    "MappingForm",
    "NumberForm",
    "ProceedingForm",
    "SettleForm",
    "StatisticsForm",
    "StepForm",
    "TakeForm",
    "ToldForm",
    "UploadForm",
    "as_initial",
    "places_listed",
]
