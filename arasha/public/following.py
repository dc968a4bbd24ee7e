"""Where a case stands, for whoever has a code: no session, no script, and no code in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from arasha.actors import ANONYMOUS
from arasha.cases import selectors
from arasha.cases.plain_words import in_plain_words
from arasha.people.rates import limit_questions
from arasha.public.padding import BLOCK, padded
from arasha.public.views import PRIVATE

MOST_A_MINUTE = 20  # codes from one address: a family with a slip, and nobody who tries them out
SIZE = 2 * BLOCK  # a code that shows a long case and one that shows nothing look alike on the wire


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code; then say how the case stands, or that the code shows nothing."""
    state, now = None, timezone.now()
    if request.method == "POST":
        limit_questions(request, what="case", most=MOST_A_MINUTE)
        state = selectors.plain_state(viewer=ANONYMOUS, typed=request.POST.get("code", ""))
    plain = in_plain_words(state, at=now, language=get_language() or "en") if state else None
    context = {"asked": request.method == "POST", "plain": plain}
    page = render_to_string("public/follow.html", context, request)
    response = HttpResponse(padded(page.encode(), to=SIZE))
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def from_slip(request: HttpRequest) -> HttpResponse:
    """The short address that a slip spells out, in the language of whoever opens it."""
    response = redirect("public:follow")
    patch_vary_headers(response, ["Accept-Language"])
    response.headers["Cache-Control"] = PRIVATE
    return response
