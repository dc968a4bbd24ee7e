"""Documents of a case: the list, what comes in, what goes out. Nothing is ever shown in the page itself."""

import uuid
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.cases import selectors, services
from arasha.cases.compartments import Kept, compartment_in, compartment_of
from arasha.cases.custody import person_of
from arasha.cases.errors.documents import NotYourCompartmentError, TooLargeFileError
from arasha.cases.forms.documents import CustodyForm, UploadForm, WithdrawForm, cleaned_name
from arasha.cases.letters.prefilled import forms_of_a_case
from arasha.cases.models import Case
from arasha.cases.services.documents import MEGABYTE
from arasha.cases.versions import closed
from arasha.country import country
from arasha.engines.documents import safe_name
from arasha.journal import services as journal
from arasha.papers.uploads import MEDIA_TYPES
from arasha.problems import NotFoundProblem, Problem
from arasha.rows import LongList

FORM_BYTES = MEGABYTE  # of an upload, beside the file itself
BY_COMPARTMENT = {"evidence": "cases:documents", "medical": "cases:medical_documents"}


@require_GET
def documents(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The documents of the evidence and the correspondence, and the letters that can be written."""
    return _list(request, key, "evidence")


@require_GET
def medical(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return _list(request, key, "medical")


@csrf_exempt
def add(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a document in. Its length is asked before its body is read: so before the token, too."""
    declared = request.headers.get("Content-Length") or "0"
    most = settings.ARASHA_DOCUMENT_MB
    if declared.isdecimal() and int(declared) > most * MEGABYTE + FORM_BYTES:
        # The page that says so shows again what was typed: not for that is the body read, either.
        request.POST = QueryDict()
        raise TooLargeFileError(most=most)
    return _add(request, key)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _add(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, case = _case(request, key, to_change=True)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            document = _taken(form, case, viewer)
        except Problem as problem:
            form.add_error("file", str(problem))
        else:
            return redirect(_home(document), case.key)
    context = {"case": case, "form": form, "most": settings.ARASHA_DOCUMENT_MB}
    return render(request, "cases/add_document.html", context, status=422 if form.errors else 200)


@require_POST
def copy(request: HttpRequest, key: uuid.UUID, document: uuid.UUID) -> HttpResponseBase:
    """Give one document out, as a download and in no other way; its custody says so."""
    viewer, case = _case(request, key)
    found = selectors.find_document(viewer=viewer, case=case, key=document)
    at = timezone.now()
    file = services.copy_out(document=found, by=viewer, at=at)
    journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=at)
    told = (
        found.media_type if found.media_type in MEDIA_TYPES.values() else "application/octet-stream"
    )
    size = file.seek(0, 2)
    file.seek(0)
    return _download(FileResponse(file, content_type=told), safe_name(found.file_name), size)


@require_POST
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """All that the viewer may read, as one bag."""
    viewer, case = _case(request, key)
    at = timezone.now()
    pieces = services.export_documents(case=case, by=viewer, at=at)
    journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=at)
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    return _download(answer, safe_name(f"{case.number}.zip", suffix="zip"))


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, key: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Say what was done with a document by hand."""
    viewer, case = _case(request, key)
    found = _to_change(viewer, case, document)
    form = CustodyForm(request.POST or None)
    if form.is_valid():
        try:
            services.act_on_document(
                document=found, by=viewer, at=timezone.now(), **form.cleaned_data
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(_home(found), case.key)
    context = {"case": case, "document": found, "form": form}
    return render(request, "cases/document_act.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, key: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Strike out what was put in by mistake."""
    viewer, case = _case(request, key)
    found = _to_change(viewer, case, document)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            services.withdraw_document(
                document=found, by=viewer, at=timezone.now(), **form.cleaned_data
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(_home(found), case.key)
    context = {"case": case, "document": found, "form": form}
    return render(
        request, "cases/withdraw_document.html", context, status=422 if form.errors else 200
    )


def _list(request: HttpRequest, key: uuid.UUID, compartment: str) -> HttpResponse:
    viewer, case = _case(request, key, compartment=compartment)
    journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=timezone.now())
    found = selectors.documents(viewer=viewer, case=case, compartment=compartment)
    page = LongList(found).get_page(request.GET.get("page"))
    links = [link for row in page for link in row.custody.all()]
    context = {
        "case": case,
        "page": page,
        "compartment": compartment,
        "names": selectors.names_of(viewer=viewer, keys=[person_of(link) for link in links]),
        "opens_medical": selectors.may_read(viewer=viewer, case=case, compartment="medical"),
        "may_change": selectors.may_change(viewer=viewer, case=case, compartment=compartment),
        "forms": forms_of_a_case(),
        "languages": _languages(),
    }
    return render(request, "cases/documents.html", context)


def _taken(form: UploadForm, case: Case, viewer: Actor) -> Kept:
    sent = dict(form.cleaned_data)
    file = sent.pop("file")
    compartment = compartment_of(sent["kind"])
    if not selectors.may_change(viewer=viewer, case=case, compartment=compartment):
        raise NotYourCompartmentError
    return services.add_document(
        case=case,
        file=file.file,
        name=cleaned_name(file.name),
        by=viewer,
        at=timezone.now(),
        **sent,
    )


def _case(
    request: HttpRequest, key: uuid.UUID, *, compartment: str = "evidence", to_change: bool = False
) -> tuple[Actor, Case]:
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    open_to = selectors.may_change if to_change else selectors.may_read
    if not open_to(viewer=viewer, case=case, compartment=compartment):
        raise closed(case) if to_change else NotFoundProblem
    return viewer, case


def _to_change(viewer: Actor, case: Case, key: uuid.UUID) -> Kept:
    found = selectors.find_document(viewer=viewer, case=case, key=key)
    compartment = compartment_in(found)
    if not selectors.may_change(viewer=viewer, case=case, compartment=compartment):
        raise closed(case)
    return found


def _home(document: Kept) -> str:
    return BY_COMPARTMENT[compartment_in(document)]


def _languages() -> list[str]:
    """In which letters are written: the country's own languages."""
    return list(dict(settings.LANGUAGES)) if country().forms else []


def _download(answer: HttpResponseBase, name: str, size: int | None = None) -> HttpResponseBase:
    """Never shown within our origin, whatever it is."""
    plain = name.encode("ascii", "replace").decode().replace('"', "_").replace("?", "_")
    answer["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    if size is not None:
        answer["Content-Length"] = str(size)
    return answer
