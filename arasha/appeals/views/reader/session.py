"""Whose request it is, and what it says."""

import base64
import binascii
import datetime as dt
import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS, Actor
from arasha.appeals import selectors, services
from arasha.appeals.answers import told
from arasha.appeals.errors.reader import SessionOverError, UnreadableRequestError
from arasha.appeals.uploads import refuse_longer
from arasha.problems import Problem

MOST_BYTES = 1024 * 1024  # a filing of the largest size in base 64 is shorter
BEARER = "Bearer "
View = Callable[..., HttpResponseBase]


def in_session(view: View) -> View:
    """The view runs as the officer whose reader asks, and is given them; refusals are JSON."""

    @csrf_exempt  # no browser sends this token by itself
    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        try:
            officer = services.use_session(token=token_of(request), at=timezone.now())
            with viewing(officer):
                return view(request, officer, **parts)
        except Problem as problem:
            return told(problem)

    return answer


@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Whether the session lasts. It is asked every few seconds, so it keeps nothing alive."""
    try:
        token_hash = services.hash_of(token=token_of(request))
    except SessionOverError as problem:
        return told(problem)
    found = selectors.session_behind(viewer=ANONYMOUS, token_hash=token_hash, at=timezone.now())
    return JsonResponse({}) if found else told(SessionOverError())


@require_POST
@in_session
def end(request: HttpRequest, officer: Actor) -> HttpResponse:
    services.end_session(token=token_of(request), by=officer, at=timezone.now())
    return JsonResponse({})


def token_of(request: HttpRequest) -> str:
    said = request.headers.get("Authorization", "")
    if not said.startswith(BEARER):
        raise SessionOverError
    return said.removeprefix(BEARER)


class Said:
    """The JSON object of a request; each method takes a field out in its form or refuses."""

    def __init__(self, request: HttpRequest) -> None:
        refuse_longer(request, most_bytes=MOST_BYTES)
        try:
            content = json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise UnreadableRequestError(why="JSON") from error
        if not isinstance(content, dict):
            raise UnreadableRequestError(why="JSON")
        self._content: dict[str, object] = content

    def text(self, name: str) -> str:
        value = self._content.get(name)
        # Half a character and a zero byte are JSON; no database takes them.
        if not isinstance(value, str) or not value.isprintable():
            raise UnreadableRequestError(why=name)
        return value

    def sealed(self, name: str) -> bytes:
        try:
            return base64.b64decode(self.text(name), validate=True)
        except (binascii.Error, ValueError) as error:
            raise UnreadableRequestError(why=name) from error

    def sealed_by_part(self, name: str, *, most: int) -> dict[str, bytes]:
        """A list of {"part", "header"}, each part once."""
        listed = self._content.get(name)
        if not isinstance(listed, list) or len(listed) > most:
            raise UnreadableRequestError(why=name)
        try:
            found = {
                str(each["part"]): base64.b64decode(each["header"], validate=True)
                for each in listed
            }
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableRequestError(why=name) from error
        if len(found) != len(listed):
            raise UnreadableRequestError(why=name)
        return found

    def hexadecimal(self, name: str) -> bytes:
        try:
            return bytes.fromhex(self.text(name))
        except ValueError as error:
            raise UnreadableRequestError(why=name) from error

    def day(self, name: str) -> dt.date:
        try:
            return dt.date.fromisoformat(self.text(name))
        except ValueError as error:
            raise UnreadableRequestError(why=name) from error

    def keys(self, name: str, *, most: int) -> list[uuid.UUID]:
        listed = self._content.get(name)
        if not isinstance(listed, list) or len(listed) > most:
            raise UnreadableRequestError(why=name)
        try:
            return [uuid.UUID(str(each)) for each in listed]
        except ValueError as error:
            raise UnreadableRequestError(why=name) from error


def base64_of(content: bytes | memoryview | None) -> str | None:
    return None if content is None else base64.b64encode(bytes(content)).decode()
