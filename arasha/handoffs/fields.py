"""Fields that several crossings ask for."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.people.models import Institution
from arasha.places.templatetags.names import in_language

NAMED, UNNAMED = "named", "unnamed"


class NameGivenField(forms.TypedChoiceField):
    """Whether the appeal says who wrote it: only who has read it knows."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Does the appeal give the person's name?"),
            choices=[(NAMED, _("Yes")), (UNNAMED, _("No, it has no name"))],
            coerce=NAMED.__eq__,
            **options,
        )


class InstitutionField(forms.ChoiceField):
    """One of a few institutions, by name; `offer` says which, and whether none is chosen at first."""

    def offer(
        self, institutions: list[Institution], *, nobody: str | Promise = "", choose: bool = False
    ) -> None:
        self._known = {str(each.key): each for each in institutions}
        names = [(key, in_language(each.name)) for key, each in self._known.items()]
        unchosen = [("", "—")] if choose else []
        self.choices = [*unchosen, *names] or [("", nobody)]
        self.required = choose or bool(names)

    def clean(self, value: Any) -> Institution | None:
        return self._known.get(str(super().clean(value)))
