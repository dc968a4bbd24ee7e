from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.appeals.models import State
from arasha.appeals.selectors import OPEN
from arasha.country import choices

STATE_NAMES = {
    State.RECEIVED: _("Received"),
    State.OPENED: _("Opened"),
    State.CHECKED: _("Being checked"),
    State.PASSED_ON: _("Passed on"),
    State.ANSWERED: _("Answered"),
}


class Filter(forms.Form):
    q = forms.CharField(label=_("Filing code"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(OPEN, _("Waiting for an answer")), ("", _("All states")), *STATE_NAMES.items()],
    )


class CategoryForm(forms.Form):
    category = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["category"].choices = choices("appeal_categories")  # type: ignore[attr-defined]
