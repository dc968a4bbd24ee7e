from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from arasha.cases import scenario as scenarios
from arasha.cases.asking import MOST_BYTES, QuestionProblem, answer
from arasha.cases.views.law import page
from arasha.country import country, local_day
from arasha.people.errors import TooOftenError
from arasha.people.rates import limit_questions

# The same question has the same answer for everybody, until the day or the pack changes.
MOST_A_MINUTE = 120  # questions from one address: a portal asks for all its readers from one
KEPT = "public, max-age=600"


@require_safe
def scenario(request: HttpRequest) -> HttpResponse:
    """What does the law say? The question stands in the address; nobody keeps it."""
    response = page(request, base="public/base.html")
    response.headers["Cache-Control"] = KEPT if response.status_code == 200 else "no-store"
    if request.GET:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def ways_out(request: HttpRequest) -> HttpResponse:
    """Every way out of punishment as the law of today has it, for torture and for ill-treatment."""
    today = local_day(timezone.now())
    rows = scenarios.ways_out(day=today, language=_language())
    context = {"rows": rows, "today": today, "pack_hash": country().hash}
    response = render(request, "cases/ways_out.html", context)
    response.headers["Cache-Control"] = KEPT
    return response


def ask(request: HttpRequest) -> HttpResponse:
    """The JSON of `arasha law ask`, for the portals of others: POST a question, get its answers."""
    if request.method == "OPTIONS":
        return _for_anybody(HttpResponse(status=204))
    if request.method != "POST":
        return _for_anybody(HttpResponseNotAllowed(["POST", "OPTIONS"]))
    try:
        limit_questions(request, what="law", most=MOST_A_MINUTE)
        return _for_anybody(JsonResponse(answer(request.read(MOST_BYTES + 1))))
    except (QuestionProblem, TooOftenError) as problem:
        return _for_anybody(_refused(problem))


def _refused(problem: QuestionProblem | TooOftenError) -> HttpResponse:
    said = {
        "problem": problem.code,
        "happened": problem.what_happened,
        "next": problem.what_next,
    }
    if isinstance(problem, QuestionProblem):
        said["field"] = str(problem.details["field"])
        return JsonResponse(said, status=problem.status)
    response = JsonResponse(said, status=problem.status)
    response.headers["Retry-After"] = str(problem.details["retry_after"])
    return response


def _for_anybody(response: HttpResponse) -> HttpResponse:
    """A page of another country may ask; there is no session here that it could use."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    response.headers["Access-Control-Allow-Methods"] = "POST, OPTIONS"
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _language() -> str:
    return get_language() or "en"
