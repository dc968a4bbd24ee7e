import base64
import binascii
import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.country import country
from arasha.places.fields import DayField
from arasha.places.models import Place, Region
from arasha.places.templatetags.names import in_language
from arasha.problems import Problem


class NamedForm(forms.Form):
    """A form of something that has a name in every language of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": language}, max_length=300
            )
        self.order_fields(["code", *(f"name_{code}" for code, _name in settings.LANGUAGES)])

    @property
    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"name_{code}"] for code, _name in settings.LANGUAGES}


class RegionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Region.objects.order_by("code"), label=_("Region"), **options)

    def label_from_instance(self, region: Region) -> str:
        return in_language(region.name)


class PlacesFilter(forms.Form):
    text = forms.CharField(label=_("Name or code"), required=False, max_length=200)
    region = RegionField(required=False, empty_label=_("All regions"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *_kinds()]  # type: ignore[attr-defined]


class CorrectPlaceForm(NamedForm):
    """`base_version` is the version of the place that the writer was looking at."""

    region = RegionField()
    kind = forms.ChoiceField(label=_("Kind"))
    official = forms.BooleanField(
        label=_("Official place of detention"),
        required=False,
        initial=True,
        help_text=_("Leave empty for a place that no authority admits to (OPCAT, article 4)."),
    )
    authority = forms.ChoiceField(
        label=_("Authority"),
        required=False,
        help_text=_("Leave empty for the usual authority of this kind."),
    )
    opened_date = DayField(label=_("Open since"), required=False)
    closed_date = DayField(label=_("Closed on"), required=False)
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True  # so that a refusal can tell what was seen
        self.fields["kind"].choices = _kinds()  # type: ignore[attr-defined]
        self.fields["authority"].choices = [("", "—"), *_authorities()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opened, closed = cleaned.get("opened_date"), cleaned.get("closed_date")
        if opened and closed and closed < opened:
            self.add_error("closed_date", _("A place closes after it has opened. Check both days."))
        return cleaned


class RegisterPlaceForm(CorrectPlaceForm):
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("For example KZ-KRG-017."))
    closed_date = None  # type: ignore[assignment]
    base_version = None  # type: ignore[assignment]


class PersonsForm(forms.Form):
    """A number of people on a day: a capacity or a headcount."""

    day = DayField(label=_("Day"))
    persons = forms.IntegerField(label=_("Persons"), min_value=0, max_value=100_000)


class DeviceForm(forms.Form):
    public_key = forms.CharField(
        label=_("Key of the device"),
        max_length=64,
        help_text=_("The line of 44 letters and digits on the screen of the device."),
    )

    def clean_public_key(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["public_key"], validate=True)
        except binascii.Error as error:
            raise forms.ValidationError(
                _("This is not a whole key. Copy it again from the screen of the device.")
            ) from error


def accepted(form: forms.Form, act: Callable[[], object], *, field: str | None = None) -> bool:
    """Do `act`; its refusal becomes the form's own error, so that nothing typed is lost."""
    try:
        act()
    except Problem as problem:
        form.add_error(field, str(problem))
        return False
    return True


def initial_of(place: Place) -> dict[str, object]:
    """What a form about a place starts with."""
    names = {f"name_{language}": words for language, words in place.name.items()}
    fields = ("region", "kind", "official", "authority", "opened_date", "closed_date")
    said = {field: getattr(place, field) for field in fields}
    return names | said | {"base_version": place.version}


def changed_meanwhile(form: CorrectPlaceForm, place: Place) -> list[tuple[str, object]]:
    """What others made of the register since the writer of a sent form saw it: labels and values.

    A form that came without what was seen is compared by what was typed.
    """
    if not form.is_bound or form.cleaned_data.get("base_version") in (None, place.version):
        return []
    now = initial_of(place)
    seen = {one.name: form.data.get(one.html_initial_name, one.data) for one in form}
    return [
        (str(one.label), in_words(one.field, now[one.name]))
        for one in form.visible_fields()
        if one.field.has_changed(now[one.name], seen[one.name])
    ]


def in_words(field: forms.Field, value: object) -> object:
    """A value of a form as its reader knows it."""
    if isinstance(value, Region):
        return in_language(value.name)
    if isinstance(field, forms.ChoiceField):
        return dict(field.choices).get(value, value)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return date_format(value) if isinstance(value, dt.date) else value or "—"


def _kinds() -> list[tuple[str, str]]:
    kinds = country().place_kinds.values()
    return [(kind.code, kind.name.in_(get_language() or "")) for kind in kinds]


def _authorities() -> list[tuple[str, str]]:
    authorities = country().authorities.values()
    return [(body.code, body.name.in_(get_language() or "")) for body in authorities]
