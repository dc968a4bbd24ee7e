"""Who is at the desk, and whether they have shown a second factor."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS, Actor
from arasha.problems import Problem

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

SEEN_EVERY = 300  # seconds
NOT_ALLOWED = 405
# Open to everybody: signing in, the links that open an account, choosing a language.
OPEN_PREFIXES = (
    "/account/login/",
    "/account/2fa/authenticate/",
    "/account/2fa/webauthn/login/",
    "/account/forgotten/",
    "/account/inactive/",
    "/language/",
    "/static/",
    "/health",
    "/sign-in/",
    "/join/",
    "/restore/",
    "/handover/",
    "/reader/v1/",
    "/calendar/",
)
# Open to who has signed in and has no second factor yet: making one, and leaving.
ENROLMENT_PREFIX = "/account/"
# Open to who has a second factor but has not shown it in this session.
PROOF_PREFIXES = (
    "/account/2fa/reauthenticate/",
    "/account/2fa/webauthn/reauthenticate/",
    "/account/logout/",
)


class SeenSessions:
    """Notes when a session was used, once in five minutes: a page that is read shall not write."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        signed_in = key is not None and request.user.is_authenticated
        if signed_in and cache.add(f"session-seen-{key}", True, SEEN_EVERY):
            UserSession.objects.create_from_request(request)
        return self.answer(request)


class SecondFactor:
    """No record is shown before a passkey or a one-time code."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_PREFIXES):
            return self.answer(request)
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if has_second_factor(request):
            return self.answer(request)
        return self._half_way(request)

    def _half_way(self, request: HttpRequest) -> HttpResponse:
        """Signed in by password alone: whoever has a second factor shows it, the others make one."""
        enrolled = is_mfa_enabled(request.user)
        open_now = PROOF_PREFIXES if enrolled else ENROLMENT_PREFIX
        if request.path.startswith(open_now):
            return self.answer(request)
        return redirect(_proof_page(request) if enrolled else reverse("mfa_index"))


class OnlyByButton:
    """Whoever opens the address of a button reads what to do, not the browser's own error."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused = self.answer(request)
        if refused.status_code != NOT_ALLOWED or request.method != "GET":
            return refused
        page = render(request, "desk/405.html", status=NOT_ALLOWED)
        page.headers["Allow"] = refused.headers["Allow"]
        return page


class Viewing:
    """The view and its rendering run as the signed-in person."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        if request.path.startswith(ENROLMENT_PREFIX):
            return None  # allauth's pages read no record, and its middleware waits for their exceptions
        # Django asks no process_exception about a view that a middleware calls.
        try:
            with viewing(actor_of(request)):
                return view(request, *args, **kwargs)
        except Problem as problem:
            page = {"problem": problem}
            return render(request, "desk/problem.html", page, status=problem.status)


def actor_of(request: HttpRequest) -> Actor:
    return Actor.user(request.user.pk) if request.user.is_authenticated else ANONYMOUS


def has_second_factor(request: HttpRequest) -> bool:
    """True once this session was opened or strengthened with a passkey, a one-time or a recovery code."""
    records = get_authentication_records(request, request.user)
    shown = {record["method"] for record in records}
    return "mfa" in shown or (settings.ARASHA_DEMO_SIGN_IN and "demo" in shown)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """A form that comes after the session has ended is given back, never thrown away."""
    if request.method == "POST":
        return render(request, "desk/signed_out.html", status=403)
    return redirect(f"{reverse('account_login')}?{_back(request)}")


def _proof_page(request: HttpRequest) -> str:
    passkey = is_mfa_enabled(request.user, types=[Authenticator.Type.WEBAUTHN])
    page = reverse("mfa_reauthenticate_webauthn" if passkey else "mfa_reauthenticate")
    return f"{page}?{_back(request)}"


def _back(request: HttpRequest) -> str:
    return urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
