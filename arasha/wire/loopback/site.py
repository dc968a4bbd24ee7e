"""Which request gets which answer, and which gets none."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from arasha.wire.serving import Answer, Refusal, Request

TOKEN_HEADER = "arasha-token"  # noqa: S105 (the name of a header)
API = "/api/"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".ogg": "audio/ogg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",  # word lists of mailboxes
    ".woff2": "font/woff2",
}

HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; "
            "base-uri 'none'"
        ),
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)

Handler = Callable[..., Answer]


@dataclass(frozen=True)
class Site:
    """`routes`: ("GET", "/api/filings/{leaf}") → a function of the request and the named parts.

    `files`: "/static/" → a folder, served as it lies, but only the kinds in CONTENT_TYPES.
    `most_bytes` bounds a request's body.
    """

    routes: Mapping[tuple[str, str], Handler]
    files: Mapping[str, Path]
    host: str = "localhost"
    most_bytes: int = 1024 * 1024
    headers: ClassVar[Mapping[str, str]] = HEADERS
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def answer(self, request: Request, *, port: int) -> Answer:
        """Return the answer, or raise Refusal."""
        self._check_sender(request, authority=f"{self.host}:{port}")
        for prefix, folder in self.files.items():
            if request.method == "GET" and request.path.startswith(prefix):
                return _file(folder, request.path.removeprefix(prefix))
        return self._route(request)

    def refused(self, refusal: Refusal) -> Answer:
        """The page turns the code into words of the reader's language."""
        return json_answer({"problem": refusal.code, **refusal.details}, refusal.status)

    def _check_sender(self, request: Request, *, authority: str) -> None:
        if request.headers.get("host") != authority:
            raise Refusal(HTTPStatus.MISDIRECTED_REQUEST, "wrong_host")
        if request.headers.get("origin", f"http://{authority}") != f"http://{authority}":
            raise Refusal(HTTPStatus.FORBIDDEN, "wrong_origin")
        if request.method == "GET" and not request.path.startswith(API):
            return
        if "origin" not in request.headers and request.method != "GET":
            raise Refusal(HTTPStatus.FORBIDDEN, "wrong_origin")
        token = request.headers.get(TOKEN_HEADER, "").encode("utf-8", "replace")
        if not secrets.compare_digest(token, self.token.encode()):
            raise Refusal(HTTPStatus.FORBIDDEN, "wrong_token")

    def _route(self, request: Request) -> Answer:
        for (method, pattern), handler in self.routes.items():
            parts = _match(pattern, request.path)
            if parts is not None and method == request.method:
                return handler(request, **parts)
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found")


def json_answer(content: object, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return Answer(json.dumps(content, ensure_ascii=False).encode(), "application/json", status)


def _match(pattern: str, path: str) -> dict[str, str] | None:
    names, values = pattern.split("/"), path.split("/")
    if len(names) != len(values):
        return None
    pairs = list(zip(names, values, strict=True))
    if any(name != value for name, value in pairs if not name.startswith("{")):
        return None
    return {name.strip("{}"): value for name, value in pairs if name.startswith("{")}


def _file(folder: Path, name: str) -> Answer:
    root = folder.resolve()
    try:
        path = (root / name).resolve()
        is_there = path.is_file()
    except (ValueError, OSError) as error:  # a NUL character; a name too long for a file
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found") from error
    kind = CONTENT_TYPES.get(path.suffix)
    if kind is None or not path.is_relative_to(root) or not is_there:
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
    return Answer(path.read_bytes(), kind)
