from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.country import country
from arasha.people.models import Institution, Post, User
from arasha.people.roles import ROLE_NAMES
from arasha.places.fields import DayField
from arasha.places.forms import NamedForm, RegionField
from arasha.places.models import Place
from arasha.places.templatetags.names import in_language


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """A post out of those that the asker may fill."""

    def __init__(self) -> None:
        super().__init__(queryset=Post.objects.none(), label=_("Post"))

    def label_from_instance(self, post: Post) -> str:
        return f"{in_language(post.title)} · {in_language(post.institution.name)}"


class RegisterField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """One of a register, chosen by its name; what is sent is its code."""

    def __init__(self, *, queryset: QuerySet[Any], unknown: Promise, **options: Any) -> None:
        super().__init__(
            queryset=queryset,
            to_field_name="code",
            empty_label="—",
            error_messages={"invalid_choice": unknown},
            **options,
        )

    def label_from_instance(self, row: Place | Institution) -> str:
        return in_language(row.name)


class ByName(ModelChoiceIterator):  # type: ignore[type-arg]  # no subscript at run time
    """The choices in the order of their names in the reader's language."""

    def __iter__(self) -> Iterator[Any]:
        unchosen, *chosen = super().__iter__()
        return iter([unchosen, *sorted(chosen, key=itemgetter(1))])


class ByRegion(ModelChoiceIterator):  # type: ignore[type-arg]  # no subscript at run time
    """The choices below the names of their regions: thousands are found by where they are."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for region, places in groupby(self.queryset, key=attrgetter("region")):
            below = sorted((self.choice(place) for place in places), key=itemgetter(1))
            yield in_language(region.name), below


class PlaceField(RegisterField):
    """A place of the register, without those that no authority admits to."""

    iterator = ByRegion

    def __init__(self, **options: Any) -> None:
        official = Place.objects.filter(official=True).select_related("region")
        super().__init__(
            queryset=official.order_by("region__code"),
            unknown=_("No such place is registered."),
            **{"label": _("Place"), **options},
        )


class InstitutionField(RegisterField):
    iterator = ByName

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Institution.objects.all(),
            unknown=_("No such institution is registered."),
            **options,
        )


class FillPostForm(forms.Form):
    post = PostField()

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]


class InviteForm(FillPostForm):
    email = forms.EmailField(label=_("E-mail address"))
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    field_order = ["full_name", "email", "language", "post"]


class InviteListForm(FillPostForm):
    people = forms.CharField(
        label=_("List of people"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("One person a line: e-mail address, full name, language. Paste from a table."),
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("CSV in UTF-8, at most 200 KB.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None:
            cleaned["people"] = self._read(file.read(200_001))
        if not cleaned.get("people", "").strip() and "file" not in self.errors:
            self.add_error("people", _("Paste a list, or choose a file."))
        return cleaned

    def _read(self, content: bytes) -> str:
        if len(content) > 200_000:
            self.add_error("file", _("The file is larger than 200 KB. Split it."))
            return ""
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not in UTF-8. Save it as “CSV UTF-8” and retry."))
            return ""


class AppointForm(FillPostForm):
    from_day = DayField(label=_("First day"))
    until_day = DayField(label=_("Last day"), required=False)


class EndForm(forms.Form):
    until_day = DayField(label=_("Last day"))


class DayForm(forms.Form):
    day = DayField(label=_("Day"))


class InstitutionForm(NamedForm):
    code = forms.CharField(label=_("Code"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"))
    region = RegionField(required=False)
    parent = InstitutionField(required=False, label=_("The institution above it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        kinds = country().institution_kinds.values()
        self.fields["kind"].choices = [(k.code, k.name.in_(language)) for k in kinds]  # type: ignore[attr-defined]


class PostForm(NamedForm):
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLE_NAMES.items()))
    place = PlaceField(required=False)
    manages_people = forms.BooleanField(
        label=_("Manages the people of the institution"), required=False
    )
    on_duty = forms.BooleanField(
        label=_("On duty: may open a record in an emergency"), required=False
    )


class CommandForm(forms.Form):
    place = PlaceField()
    from_day = DayField(label=_("First day"))
    until_day = DayField(label=_("Last day"), required=False)


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A sentence is easy to remember."),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned["password"] != cleaned.get("again"):
            self.add_error("again", _("The two passwords differ. Type the second one again."))
        return cleaned


class JoinForm(NewPasswordForm):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
