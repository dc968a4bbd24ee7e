from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.access.words import BREAKING_REASONS


class BreakGlassForm(forms.Form):
    record = forms.CharField(
        label=_("Number of the record"),
        help_text=_("As it is printed: the case's own number, the register's or the court's."),
        max_length=100,
    )
    reason_code = forms.ChoiceField(
        label=_("Why can it not wait?"),
        choices=list(BREAKING_REASONS.items()),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "Two colleagues read this now, a third reviews it, and it stays with the record."
        ),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReviewForm(forms.Form):
    justified = forms.TypedChoiceField(
        label=_("Was it justified?"),
        choices=[("yes", _("Yes")), ("no", _("No: what is still open closes at once"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(
        label=_("Your finding"),
        help_text=_("It stays with the record."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
