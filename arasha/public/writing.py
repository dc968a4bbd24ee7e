"""The pages on which somebody seals a letter at home, and reads the replies. Their scripts speak with the gateway."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

LISTS = "shared/words/words.toml"
MOST_FILES, MOST_FILE_BYTES = 10, 10 * 1024 * 1024


@require_safe
def write(request: HttpRequest, *, adding: bool = False) -> HttpResponse:
    return _page(request, "public/write.html", adding=adding)


@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    return _page(request, "public/replies.html")


@cache
def word_lists(*, also_drafts: bool) -> tuple[str, ...]:
    """The languages of a mailbox's words: for real only lists that a native speaker has read."""
    about = tomllib.loads(Path(str(finders.find(LISTS))).read_text(encoding="utf-8"))
    return tuple(
        code for code, each in about.items() if also_drafts or each["checked"] != "unverified"
    )


def _page(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    known = word_lists(also_drafts=settings.ARASHA_DEMO)
    facts = {
        "gateway": settings.ARASHA_GATEWAY_URL,
        "word_lists": [(code, name) for code, name in settings.LANGUAGES if code in known],
        "most_files": MOST_FILES,
        "most_megabytes": MOST_FILE_BYTES // 1024 // 1024,
        "public_url": settings.ARASHA_PUBLIC_URL,
    }
    response = render(request, template, {**facts, **context})
    own = "connect-src 'self'"
    response.headers["Content-Security-Policy"] = settings.CONTENT_SECURITY_POLICY.replace(
        own, f"{own} {settings.ARASHA_GATEWAY_URL}"
    )
    # What stands in a cache on a shared machine tells that somebody was here.
    response.headers["Cache-Control"] = "no-store"
    return response
