import time
from typing import Any

import segno
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.appeals.services import end_sessions
from arasha.people.models import User


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts come from one-use invitations only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both and try again."
        ),
        "incorrect_password": _("The password is not right. Try again."),
        "incorrect_code": _("The code is not right. Wait for the next one and try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes and try again."),
        "rate_limited": _("Too many tries. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not in the minutes after signing in: the password was typed just now."""
        request = context.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0.0)
        return bool(time.time() - latest > app_settings.REAUTHENTICATION_TIMEOUT)

    def reauthenticate(self, user: User, password: str) -> bool:
        """By the address of the account: our accounts have exactly one."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def logout(self, request: HttpRequest) -> None:
        """Whoever leaves the desk leaves their reader too."""
        if request.user.is_authenticated:
            end_sessions(by=Actor.user(request.user.pk), at=timezone.now())
        super().logout(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Only refusals are said twice; pages show by themselves what has been done."""
        if kwargs.get("message") is not None:
            super().add_message(*args, **kwargs)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and one-time codes; the last of them cannot be taken off."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right. Wait for the next one and try again."),
        "cannot_delete_authenticator": _(
            "This is your only second factor. Add another one before you remove it."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an element of the page: no image from a data: address, no inline style."""
        code: str = segno.make(url).svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
        return code

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id)
        others = others.exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
