"""Tables of other registers on the desk: uploaded, mapped, looked at, taken in, taken back."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.cases import selectors, services, tasks
from arasha.cases.errors import ImportOverError, WorkedOnError
from arasha.cases.forms import MappingForm, StatisticsForm, TakeForm, UploadForm
from arasha.cases.importing import progress, words
from arasha.cases.importing.fields import FIELDS, all_fields
from arasha.cases.importing.guessing import columns_of, guess, remembered
from arasha.cases.importing.lines import Remark
from arasha.cases.importing.preview import checked, table_of
from arasha.cases.importing.statistics import Form, Place, mismatches, read_form
from arasha.cases.models import Import
from arasha.cases.services.importing import OPEN, STATISTICS
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.papers.tables import table_csv
from arasha.problems import NotFoundProblem, Problem
from arasha.rows import LongList

AT_ONCE = 100  # lines that are taken in while the person waits; more are the worker's
SHOWN = 100  # remarks on the page; all of them stand in the file


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The tables of the reader's offices, and a form to upload another."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    offices = selectors.offices_entering(viewer=viewer, at=now)
    form = UploadForm(request.POST or None, request.FILES or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.pop("file")
        try:
            made = services.upload(
                **form.cleaned_data, file_name=file.name, content=file.read(), by=viewer, at=now
            )
        except Problem as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("cases:import_columns", key=made.key)
    page = LongList(selectors.imports(viewer=viewer)).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_upload": offices.exists()}
    return render(request, "cases/imports.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what the columns of a table mean: guessed, and as the office said the last time."""
    viewer = Actor.user(request.user.pk)
    imported = _to_change(viewer, key)
    form = _mapping_form(request, imported, viewer)
    if form.is_valid():
        told = form.cleaned_data if isinstance(form, StatisticsForm) else {}
        services.map_columns(
            imported=imported,
            columns=getattr(form, "columns", {}),
            values=getattr(form, "values", {}),
            by=viewer,
            at=timezone.now(),
            **told,
        )
        return redirect("cases:import", key=key)
    context = {"form": form, "imported": imported, "table": table_of(imported)}
    return render(request, "cases/import_columns.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def one_import(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A table as it would come in, or as it came: nothing is written by looking at it."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    imported = selectors.find_import(viewer=viewer, key=key)
    form = TakeForm(request.POST or None, imported=imported)
    if form.is_valid():
        _may_change(viewer, imported)
        try:
            _take_in(imported, viewer, leaves_out=form.cleaned_data["leaves_out"])
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("cases:import", key=key)
    journal.record_reads(viewer=viewer, subjects=[("case_import", key)], at=now)
    context = {"form": form, "imported": imported, **_about(viewer, imported)}
    return render(request, "cases/import.html", context, status=422 if form.errors else 200)


@require_GET
def remarks(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every remark as a table, to be worked through beside the file."""
    viewer = Actor.user(request.user.pk)
    imported = selectors.find_import(viewer=viewer, key=key)
    if imported.state not in OPEN:
        raise ImportOverError
    found = checked(imported, viewer=viewer, today=local_day(timezone.now()))
    answer = HttpResponse(words.as_csv(found.remarks), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="remarks-{key}.csv"'
    return answer


@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """An empty table with our own headings, in the reader's language."""
    headings = [str(field.label) for field in all_fields()]
    answer = HttpResponse(table_csv(headings, []), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="register.csv"'
    return answer


@require_POST
def give_up(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer = Actor.user(request.user.pk)
    services.give_up(imported=_to_change(viewer, key), by=viewer, at=timezone.now())
    return redirect("cases:imports")


@require_POST
def undo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a table back: refused on the spot where somebody has worked on its cases."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    imported = selectors.find_import(viewer=viewer, key=key)
    if not selectors.may_undo(viewer=viewer, imported=imported, at=now):
        raise NotFoundProblem
    if touched := selectors.worked_on(viewer=viewer, imported=imported):
        raise WorkedOnError(cases=", ".join(case.number for case in touched))
    tasks.undo.enqueue(str(key), str(viewer.key))
    progress.taking_back(key)
    return redirect("cases:import", key=key)


def _take_in(imported: Import, viewer: Actor, *, leaves_out: bool) -> None:
    now = timezone.now()
    asked = services.ask_for(imported=imported, leaves_out=leaves_out, by=viewer, at=now)
    if asked.rows > AT_ONCE:
        tasks.take_in.enqueue(str(asked.key))
    else:
        services.take_in(imported=asked, by=viewer, at=now)


def _mapping_form(
    request: HttpRequest, imported: Import, viewer: Actor
) -> MappingForm | StatisticsForm:
    if imported.form == STATISTICS:
        return StatisticsForm(request.POST or None, today=local_day(timezone.now()))
    headings = columns_of(table_of(imported))
    last = imported.mapping or selectors.last_mapping(
        viewer=viewer, institution=imported.institution, form=imported.form
    )
    kept = remembered(last.get("columns", {}), headings)
    return MappingForm(
        request.POST or None,
        columns=headings,
        guessed={**guess([each for each in headings if each not in kept.values()]), **kept},
        values=last.get("values", {}),
    )


def _about(viewer: Actor, imported: Import) -> dict[str, object]:
    now = timezone.now()
    may_change = selectors.may_change_import(viewer=viewer, imported=imported)
    about: dict[str, object] = {
        "may_change": may_change and imported.state in OPEN,
        "may_undo": imported.state == "in"
        and selectors.may_undo(viewer=viewer, imported=imported, at=now),
        "progress": progress.of(imported.key),
        "is_taking_back": imported.state == "in" and progress.is_taking_back(imported.key),
        "failed": words.problem(imported.failed) if imported.failed else "",
    }
    if imported.form == STATISTICS:
        return about | _form_of(viewer, imported)
    if imported.state == "previewed":
        found = checked(imported, viewer=viewer, today=local_day(now))
        shown = [_shown(each) for each in found.remarks[:SHOWN]]
        about |= {"found": found, "remarks": shown, "more": len(found.remarks) - len(shown)}
    if imported.state == "in":
        rows = selectors.imported_cases(viewer=viewer, imported=imported)
        about |= {"cases": rows[:SHOWN], "count": rows.count()}
    return about


def _form_of(viewer: Actor, imported: Import) -> dict[str, object]:
    """What the form tells, the sums that do not add up, and what is none of ours."""
    read = read_form(table_of(imported)) if imported.state == "previewed" else Form()
    for each in selectors.figures_of(viewer=viewer, imported=imported):
        read.figures[Place(each.row, each.column)] = each.value or 0
    form, language = country().statistics, get_language() or "en"
    shown = [
        (form.rows[place.row].name.in_(language), form.columns[place.column].name.in_(language), n)
        for place, n in read.figures.items()
    ]
    wrong = [
        (
            form.rows[each.place.row].name.in_(language),
            form.columns[each.place.column].name.in_(language),
            each.told,
            " + ".join(map(str, each.parts)),
        )
        for each in mismatches(read.figures)
    ]
    return {"form_read": read, "figures": shown, "mismatches": wrong}


def _shown(remark: Remark) -> dict[str, object]:
    return {
        "line": remark.line,
        "column": remark.column or words.label(remark.field, FIELDS),
        "value": remark.value,
        "found": words.found(remark.code),
        "to_do": words.to_do(remark.code),
        "is_error": remark.is_error,
    }


def _to_change(viewer: Actor, key: uuid.UUID) -> Import:
    imported = selectors.find_import(viewer=viewer, key=key)
    _may_change(viewer, imported)
    if imported.state not in OPEN:
        raise ImportOverError
    return imported


def _may_change(viewer: Actor, imported: Import) -> None:
    if not selectors.may_change_import(viewer=viewer, imported=imported):
        raise NotFoundProblem
