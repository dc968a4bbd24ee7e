from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.country import choices
from arasha.handoffs.fields import InstitutionField
from arasha.people.forms import PlaceField
from arasha.people.selectors import institutions_with
from arasha.places.fields import DayField


class ProposalForm(forms.Form):
    receiver = InstitutionField(label=_("To which group?"), required=False)
    place = PlaceField(label=_("Which place should be visited?"))
    reason = forms.ChoiceField(
        label=_("Why?"), widget=forms.RadioSelect, choices=partial(choices, "visit_reasons")
    )
    wanted_by_day = DayField(
        label=_("By which day?"), help_text=_("Leave it empty if no day presses."), required=False
    )

    def __init__(self, *args: Any, viewer: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        receiver = self.fields["receiver"]
        if isinstance(receiver, InstitutionField):
            groups = list(institutions_with(viewer=viewer, role="monitor"))
            receiver.offer(groups, nobody=_("No group is in this system yet"))
