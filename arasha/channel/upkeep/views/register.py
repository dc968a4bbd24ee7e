"""The register of terminals, one terminal, one incident."""

import datetime as dt
import uuid
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from arasha.access.posts import opens
from arasha.actors import Actor
from arasha.channel.upkeep.forms import SettleForm, TerminalsFilter, WorksForm
from arasha.channel.upkeep.selectors import canaries, register
from arasha.channel.upkeep.words import ALARM_KINDS, ENDS, INCIDENTS, NEXT, OBSTRUCTED
from arasha.country import country, local_day, term
from arasha.people.selectors import is_registrar, posts_held
from arasha.places.models import Device
from arasha.problems import NotFoundProblem
from arasha.rows import LongList

DAYS_SHOWN = 30
MONTH = dt.timedelta(days=DAYS_SHOWN)


@require_GET
def terminal_list(request: HttpRequest) -> HttpResponse:
    """The terminals that the reader's posts open, by place."""
    viewer, at = Actor.user(request.user.pk), timezone.now()
    _require_a_post(viewer, at)
    asked = TerminalsFilter(request.GET)
    asked.is_valid()
    found = register.terminals(
        viewer=viewer,
        at=at,
        text=asked.cleaned_data.get("text", ""),
        state=asked.cleaned_data.get("state", ""),
    )
    context = {
        "filter": asked,
        "page": LongList(found).get_page(request.GET.get("page")),
        "incidents": register.incidents(viewer=viewer, at=at)[:10],
        "names": INCIDENTS,
        "today": local_day(at),
        "carries": opens(viewer=viewer, what="terminal_check", at=at),
        "tests": opens(viewer=viewer, what="canary", at=at),
    }
    return render(request, "channel/list.html", context)


@require_GET
def terminal_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One terminal: when it was heard, what is wrong, what to do next."""
    viewer, at = Actor.user(request.user.pk), timezone.now()
    device = register.find_terminal(viewer=viewer, key=key, at=at)
    return terminal_again(request, device)


@require_GET
def incident_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    viewer, at = Actor.user(request.user.pk), timezone.now()
    incident = register.find_incident(viewer=viewer, key=key, at=at)
    context = {
        "incident": incident,
        "name": INCIDENTS[incident.kind],
        "next": NEXT[incident.kind],
        "ended": ENDS.get(incident.closed_how),
        "seen": [term("terminal_checks", code) for code in incident.seen],
        "own_terms": country().upkeep.checked == "unverified",
        "today": local_day(at),
    }
    return render(request, "channel/incident.html", context)


def terminal_again(request: HttpRequest, device: Device, **sent: Form) -> HttpResponse:
    """The page of a terminal; `sent`: a form that was refused, as it was typed."""
    viewer, at = Actor.user(request.user.pk), timezone.now()
    context = {
        **_seen_of(device, viewer, at),
        **_wrong_with(device, viewer, at),
        "device": device,
        "today": local_day(at),
        "registrar": is_registrar(viewer=viewer, at=at),
        "monitor": opens(viewer=viewer, what="canary", at=at),
        "me": viewer.key,
        "works_form": WorksForm(),
        "settle_form": SettleForm(),
        **sent,
    }
    [*refused] = sent.values()
    if refused:
        context["form"] = refused[0]
    return render(request, "channel/terminal.html", context, status=422 if refused else 200)


def _seen_of(device: Device, viewer: Actor, at: dt.datetime) -> dict[str, Any]:
    today = local_day(at)
    heard = set(register.days_heard(viewer=viewer, device=device, until=today, count=DAYS_SHOWN))
    days = [today - dt.timedelta(days=back) for back in reversed(range(DAYS_SHOWN))]
    test = canaries.last_result(viewer=viewer, device=device, at=at)
    return {
        "heard": register.heard(viewer=viewer, device=device, at=at),
        "days": [(day, day in heard) for day in days],
        "days_heard": len(heard),
        "health": register.health_of(viewer=viewer, device=device),
        "check": _check_of(device, viewer, at),
        "test": test,
        "test_steps": canaries.steps(viewer=viewer, canary=test, day=today) if test else [],
        "works": register.works(viewer=viewer, place_key=device.place_id, day=today),
    }


def _check_of(device: Device, viewer: Actor, at: dt.datetime) -> dict[str, Any] | None:
    check = register.last_check(viewer=viewer, device=device, at=at)
    if check is None:
        return None
    lines = country().vocabularies["terminal_checks"].terms
    said = {answer: [] for answer in ("yes", "no", "unknown")}  # type: dict[str, list[str]]
    for code, answer in check.answers.items():
        said[answer].append(term("terminal_checks", code) if code in lines else code)
    return {"row": check, "said": said}


def _wrong_with(device: Device, viewer: Actor, at: dt.datetime) -> dict[str, Any]:
    chain = register.chain_of(viewer=viewer, device=device)
    mine = register.incidents(viewer=viewer, at=at, open_only=False).filter(device=device)
    return {
        "chain": chain,
        "gaps": register.gaps_of(viewer=viewer, chain=chain) if chain else [],
        "alarms": [
            (alarm, INCIDENTS[ALARM_KINDS[alarm.kind]])
            for alarm in register.alarms_of(viewer=viewer, device=device)
        ],
        "offer": register.open_offer(viewer=viewer, device=device),
        "incidents": [
            (each, INCIDENTS[each.kind], NEXT[each.kind], _seen(each.kind, each.seen))
            for each in mine.filter(closed_day=None)
        ],
        "past": [
            (each, INCIDENTS[each.kind], ENDS.get(each.closed_how))
            for each in mine.filter(closed_day__isnull=False).order_by("-closed_day")[:10]
        ],
    }


def _seen(kind: str, codes: list[str]) -> list[str]:
    return [term("terminal_checks", code) for code in codes] if kind == OBSTRUCTED else []


def _require_a_post(viewer: Actor, at: dt.datetime) -> None:
    """Nobody whose post opens no terminal is shown an empty list as if there were none."""
    heads = posts_held(viewer=viewer, at=at).filter(role="head", place__isnull=False)
    if not opens(viewer=viewer, what="terminal", at=at) and not heads.exists():
        raise NotFoundProblem
