"""Who is at the desk, and whether they have shown a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS, Actor

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

# Reachable before the second factor: signing in, making a second factor, choosing a language.
OPEN_PREFIXES = (
    "/account/",
    "/language/",
    "/static/",
    "/health",
    "/sign-in/",
    "/join/",
    "/handover/",
)


class SecondFactor:
    """No record is shown before a passkey or a one-time code."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_PREFIXES):
            return self.answer(request)
        if not request.user.is_authenticated:
            return redirect(
                f"{settings.FORCE_SCRIPT_NAME or ''}/account/login/?next={request.path}"
            )
        if not has_second_factor(request):
            return redirect("mfa_index")
        return self.answer(request)


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
    ) -> HttpResponse:
        with viewing(actor_of(request)):
            return view(request, *args, **kwargs)


def actor_of(request: HttpRequest) -> Actor:
    return Actor.user(request.user.pk) if request.user.is_authenticated else ANONYMOUS


def has_second_factor(request: HttpRequest) -> bool:
    """True once this session was opened or strengthened with a passkey, a one-time or a recovery code."""
    shown = {
        method["method"] for method in request.session.get("account_authentication_methods", [])
    }
    return bool(shown & {"mfa"}) or (settings.ARASHA_DEMO_SIGN_IN and "demo" in shown)
