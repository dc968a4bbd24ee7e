import datetime as dt
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from arasha.engines.notes import BadCodeError, filing_code, grouped, read_code
from arasha.journal.folder import LogFolder
from arasha.journal.proofs import Receipts
from arasha.public.asking import Asked, ask
from arasha.public.certificates import certificate as certificate_of
from arasha.public.errors import NoRecordYetError, OutOfOrderError, PageNotFoundError
from arasha.public.logfiles import log_file as find_log_file
from arasha.public.padding import CERTIFICATE, padded

# no-transform: a proxy that compresses would give every answer a size of its own.
PRIVATE = "no-store, no-transform"
_WHOLE_LEAF = re.compile("[0-9a-fA-F]{64}")


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    response = redirect("public:home")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _kept(render(request, "public/home.html"), minutes=10)


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """One page of one size, whatever was asked and whatever there is."""
    asked = ask(request.GET.get("code"), receipts())
    page = render_to_string("public/code.html", {"asked": asked}, request)
    return _unlisted(HttpResponse(padded(page.encode())))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The log in 200 words, with a check that runs in the reader's browser."""
    prefix = reverse("log_file", args=["checkpoint"]).removesuffix("checkpoint")
    # The script spells days by these: not every browser knows every language's months.
    days = [dt.date(4321, month, 22) for month in range(1, 13)]
    context = {"log_prefix": prefix, "sample_days": days}
    return _kept(render(request, "public/log.html", context), minutes=10)


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What proves a record, to be printed for a court; one size, whatever was asked."""
    asked, url = ask(code, receipts()), settings.ARASHA_PUBLIC_URL
    made = certificate_of(receipts(), asked.code, public_url=url) if asked.code else None
    context = {
        "asked": asked,
        "certificate": made,
        "grouped": grouped(asked.code) if asked.code else "",
        "public_url": url,
    }
    page = render_to_string("public/certificate.html", context, request)
    return _unlisted(HttpResponse(padded(page.encode(), to=CERTIFICATE)))


@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponse:
    found = receipts().proof_of_code(_code_of(code))
    if found is None:
        raise NoRecordYetError
    response = HttpResponse(found, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_code_of(code)}.tlog-proof"'
    return _unlisted(response)


@require_safe
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """The address that a slip spells out, for whoever cannot scan its QR."""
    response = redirect("public:code")
    patch_vary_headers(response, ["Accept-Language"])
    return _unlisted(response)


@require_safe
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the slip's QR: a code in digits, or the whole leaf hash in hex."""
    if _WHOLE_LEAF.fullmatch(code):
        code = filing_code(bytes.fromhex(code))
    query = urlencode({"code": code[: Asked.LONGEST]})
    response = HttpResponseRedirect(f"{reverse('public:code')}?{query}")
    patch_vary_headers(response, ["Accept-Language"])
    return _unlisted(response)


@require_safe
def log_file(request: HttpRequest, name: str) -> HttpResponse:
    file = find_log_file(settings.ARASHA_LOG_DIR, name)
    if file is None:
        raise PageNotFoundError
    response = HttpResponse(file.content, content_type=file.content_type)
    response.headers["Cache-Control"] = file.cache
    # A witness or a newspaper may check the log from a page of its own.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /c/", "Disallow: /log/"]
    lines += [f"Disallow: /{language}/code/" for language, _ in settings.LANGUAGES]
    return _kept(HttpResponse("\n".join([*lines, ""]), content_type="text/plain"), minutes=60)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "public/problem.html", {"problem": PageNotFoundError()}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "public/problem.html", {"problem": OutOfOrderError()}, status=500)


def receipts() -> Receipts:
    return Receipts(LogFolder(settings.ARASHA_LOG_DIR))


def _code_of(text: str) -> str:
    try:
        return read_code(text)
    except BadCodeError as error:
        raise NoRecordYetError from error


def _kept(response: HttpResponse, *, minutes: int) -> HttpResponse:
    response.headers["Cache-Control"] = f"public, max-age={minutes * 60}"
    response.headers["Content-Language"] = get_language() or "en"
    return response


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
