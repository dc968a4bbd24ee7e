import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from arasha.access.viewing import streamed
from arasha.actors import Actor
from arasha.appeals import incoming, selectors, services
from arasha.appeals.forms import PeriodForm
from arasha.appeals.selectors.journal import overdue_since
from arasha.country import local_day
from arasha.rows import LongList

ROWS_AT_ONCE = 1_000
BOM = "\ufeff"  # without it spreadsheets take Cyrillic for something else


@require_GET
def journal_page(request: HttpRequest) -> HttpResponse:
    """The journal of incoming appeals for a period, to read and to print."""
    viewer, form = Actor.user(request.user.pk), _period(request)
    context: dict[str, object] = {"form": form, "checked": incoming.checked()}
    if form.is_valid():
        page = LongList(
            selectors.incoming(viewer=viewer, **form.cleaned_data), per_page=100
        ).get_page(request.GET.get("page"))
        columns = incoming.columns()
        rows = [list(zip(columns, row, strict=True)) for row in incoming.rows(page)]
        context |= {"page": page, "columns": columns, "rows": rows}
    return render(request, "appeals/journal.html", context)


@require_GET
def journal_as_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same, whole, as a table for a spreadsheet."""
    viewer, form = Actor.user(request.user.pk), _period(request)
    if not form.is_valid():
        return render(request, "appeals/journal.html", {"form": form}, status=422)
    found = selectors.incoming(viewer=viewer, **form.cleaned_data)
    services.note_journal_taken(by=viewer, at=timezone.now())
    lines = _lines(found.iterator(ROWS_AT_ONCE))
    answer = StreamingHttpResponse(streamed(viewer, lines), content_type="text/csv; charset=utf-8")
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    answer["Content-Disposition"] = f'attachment; filename="journal-{first}-{last}.csv"'
    return answer


def _period(request: HttpRequest) -> PeriodForm:
    """What was asked, or this month and before it since what is overdue now came."""
    if "first" in request.GET:
        return PeriodForm(request.GET.dict())
    viewer, now = Actor.user(request.user.pk), timezone.now()
    today = local_day(now)
    overdue = overdue_since(viewer=viewer, at=now)
    first = min(today, overdue or today).replace(day=1)
    return PeriodForm({"first": first, "last": today})


def _lines(appeals: Iterator[Any]) -> Iterator[str]:
    yield BOM + _line(incoming.columns())
    for row in incoming.rows(appeals):
        yield _line(row)


def _line(cells: list[str]) -> str:
    written: list[str] = []
    csv.writer(_Lines(written)).writerow([_harmless(cell) for cell in cells])
    return written[0]


def _harmless(cell: str) -> str:
    """What a spreadsheet would run as a formula, it shows as text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


class _Lines:
    def __init__(self, written: list[str]) -> None:
        self.written = written

    def write(self, line: str) -> None:
        self.written.append(line)
