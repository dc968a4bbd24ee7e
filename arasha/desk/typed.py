"""What somebody typed into a form that could not be accepted: shown again, so that nothing is lost."""

from collections import defaultdict
from importlib import import_module
from urllib.parse import urlsplit

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import Resolver404, resolve

SECRET_NAMES = ("csrfmiddlewaretoken", "password", "again", "credential", "code")
# What the page said before anything was typed, and which button was pressed.
SEEN_NAMES = ("initial-", "errand")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of a sent form without its secrets."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(SECRET_NAMES + SEEN_NAMES)
        for value in values
        if value
    ]


def labels(request: HttpRequest) -> dict[str, str]:
    """What the forms of the page call a field, by its name; nothing for a name that two of them call otherwise."""
    try:
        page = import_module(resolve(request.path).func.__module__)
    except Resolver404:
        return {}
    found = defaultdict[str, set[str]](set)
    for form in vars(page).values():
        if isinstance(form, type) and issubclass(form, BaseForm):
            for name, field in getattr(form, "base_fields", {}).items():
                found[name].add(str(field.label or ""))
    return {name: said.pop() for name, said in found.items() if len(said) == 1}


def came_from_here(request: HttpRequest) -> bool:
    """True if our own page sent the form: nobody else's form is offered for sending again."""
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(source) and urlsplit(source).netloc == request.get_host()
