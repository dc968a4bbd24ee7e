"""When somebody at the desk last showed a second factor: what signs an act asks for a fresh one."""

import datetime as dt

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

FRESH = dt.timedelta(minutes=5)


def shown_at(request: HttpRequest) -> dt.datetime | None:
    """The last moment at which this session showed a passkey or a one-time code; None: never.

    In the demo the sign-in link stands for it, however old it is (docs/adr/0014).
    """
    records = get_authentication_records(request, request.user)
    if settings.ARASHA_DEMO_SIGN_IN and any(record["method"] == "demo" for record in records):
        return dt.datetime.now(dt.UTC)
    shown = [record["at"] for record in records if record["method"] == "mfa"]
    return dt.datetime.fromtimestamp(max(shown), dt.UTC) if shown else None


def ask_again(request: HttpRequest) -> HttpResponse:
    """Ask for the factor, keep what was sent, and do it once the factor was shown."""
    passkey = is_mfa_enabled(request.user, types=[Authenticator.Type.WEBAUTHN])
    page = "mfa_reauthenticate_webauthn" if passkey else "mfa_reauthenticate"
    answer: HttpResponse = suspend_request(request, reverse(page))
    return answer
