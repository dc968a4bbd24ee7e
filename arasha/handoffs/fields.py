"""Fields that several crossings ask for."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.actors import ANONYMOUS, Actor
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.places.selectors import matching_places
from arasha.places.templatetags.names import in_language

MOST_SHOWN = 8


class PlaceField(forms.CharField):
    """A place by its code or a part of its name. The form says for whom it looks: `viewer`."""

    viewer: Actor = ANONYMOUS

    def clean(self, value: Any) -> Place | None:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = list(matching_places(viewer=self.viewer, text=text)[: MOST_SHOWN + 1])
        exact = [place for place in found if place.code.casefold() == text.casefold()]
        if len(exact or found) == 1:
            return (exact or found)[0]
        raise forms.ValidationError(
            _which_one(found) if found else _("No such place is registered.")
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


def _which_one(found: list[Place]) -> str:
    names = [f"{place.code} ({in_language(place.name)})" for place in found[:MOST_SHOWN]]
    return str(_("Several places match. Write the code of one of them: %s") % "; ".join(names))
