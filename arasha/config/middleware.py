"""What every door does to every answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS
from arasha.problems import Problem

Answer = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """A strict policy on every page: no inline script, no inline style, no frame, no other host."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PrivatePages:
    """Staff pages are kept by no cache and listed by no search engine."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


class Refusals:
    """A Problem becomes a page (or JSON at the gateway) that says what happened and what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error) if isinstance(error, Problem) else None


class NobodyLooks:
    """The public door reads as nobody: row-level security shows it published rows only."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse:
        # Django asks no process_exception about a view that a middleware calls.
        try:
            with viewing(ANONYMOUS):
                return view(request, *args, **kwargs)
        except Problem as problem:
            return refusal(request, problem)


def refusal(request: HttpRequest, problem: Problem) -> HttpResponse:
    if settings.ARASHA_DOOR == "gateway":
        return JsonResponse(_plain(problem), status=problem.status)
    page = f"{settings.ARASHA_DOOR}/problem.html"
    response = render(request, page, {"problem": problem}, status=problem.status)
    if "retry_after" in problem.details:
        response.headers["Retry-After"] = str(problem.details["retry_after"])
    return response


def _plain(problem: Problem) -> dict[str, str]:
    return {
        "problem": problem.code,
        "happened": problem.what_happened,
        "next": problem.what_next,
    }
