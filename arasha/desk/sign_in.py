"""allauth's pages as the desk shows them: the same acts, in our words and with honest status codes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

View = Callable[..., HttpResponseBase]


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", label=_("E-mail address"))
        _say(self, "password", label=_("Password"))


class OneTimeCodeForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", label=_("One-time code"), hint=_("From your app, or a recovery code."))


class OneTimeCodeAgainForm(ReauthenticateByCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", label=_("One-time code"), hint=_("From your app, or a recovery code."))


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", label=_("Six digits that your app shows now"))


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", label=_("Password"))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", label=_("Present password"))
        _say(self, "password1", label=_("New password"), hint=_("At least 12 characters."))
        _say(self, "password2", label=_("The new password again"))


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", label=_("Name of the passkey"), hint=_("For example: my work computer."))


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            form.add_error(None, get_adapter().error_messages["cannot_delete_authenticator"])
            answer: HttpResponse = self.form_invalid(form)
        else:
            answer = super().form_valid(form)
        return answer


def honest(view: View) -> View:
    """Answer 422 when a form comes back with errors."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        context = getattr(answer, "context_data", None) or {}
        sent = (context.get("form"), context.get("webauthn_form"))
        if request.method == "POST" and any(form is not None and form.errors for form in sent):
            answer.status_code = 422
        return answer

    return wrapped


@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """A lost password is restored by two colleagues, never by mail: the same page for everybody."""
    return render(request, "account/forgotten.html")


def password_change(request: HttpRequest) -> HttpResponseBase:
    """Who has no password, as in the demo, gets one as if it were lost: from two colleagues."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        return redirect("account_forgotten")
    return change_password(request)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/429.html", status=429)


login = honest(account.login)
change_password = honest(account.password_change)
reauthenticate = honest(account.reauthenticate)
authenticate = honest(mfa.authenticate)
reauthenticate_by_code = honest(mfa.reauthenticate)
activate_codes = honest(activate_totp)
deactivate_codes = honest(deactivate_totp)
add_passkey = honest(webauthn.add_webauthn)
remove_passkey = honest(RemovePasskey.as_view())


def _say(form: forms.Form, name: str, *, label: object, hint: object = "") -> None:
    """Our words instead of allauth's, and no placeholder: it vanishes when somebody types."""
    field = form.fields[name]
    field.label, field.help_text = label, hint  # type: ignore[assignment]
    field.widget.attrs.pop("placeholder", None)
