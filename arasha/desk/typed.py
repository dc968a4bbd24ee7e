"""What somebody typed into a form that could not be accepted: shown again, so that nothing is lost."""

from urllib.parse import urlsplit

from django.http import HttpRequest

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


def came_from_here(request: HttpRequest) -> bool:
    """True if our own page sent the form: nobody else's form is offered for sending again."""
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(source) and urlsplit(source).netloc == request.get_host()
