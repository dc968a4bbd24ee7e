"""The officer's session with the desk: begun by an errand's token, and kept from the page."""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from arasha.wire.client import Answer as DeskAnswer
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError
from arasha.wire.serving import Answer, Refusal, Request

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")
PART = re.compile(r"[A-Za-z0-9-]{1,100}")
LANGUAGE = re.compile(r"[A-Za-z0-9,;=.* -]{1,100}")
QUERY = re.compile(r"[A-Za-z0-9_.~%=&+-]{0,500}")
ERRANDS = {"open", "inbox", "enter", "keys"}
# What may be asked of the desk, and nothing else: docs/reference/reader.md.
CALLS = (
    ("GET", "cards"),
    ("GET", "appeals/{key}"),
    ("POST", "appeals/{key}/notes"),
    ("POST", "appeals/{key}/replies"),
    ("POST", "appeals/{key}/told"),
    ("GET", "untold"),
    ("GET", "codes/{code}"),
    ("POST", "appeals/{key}/headers"),
    ("POST", "appeals/{key}/recorded"),
    ("GET", "appeals/{key}/receivers"),
    ("POST", "appeals/{key}/receivers"),
    ("GET", "session"),
    ("GET", "attachments/{key}/{sha256}"),
    ("PUT", "attachments/{key}/{sha256}"),
    ("GET", "entry"),
    ("POST", "entered"),
    ("GET", "headers"),
    ("POST", "coverage"),
    ("GET", "liveness"),
    ("POST", "liveness"),
)
# An attachment of 10 MiB in its age file, in 64 KiB pieces of which each grows by 16 bytes.
MOST_BYTES = 11 * 1024 * 1024
SEALED = "application/octet-stream"


class Desk:
    """Speaks with one desk for one officer at a time. Only ciphertext and dates pass through."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._token: str | None = None
        self._session: Mapping[str, Any] | None = None

    @property
    def url(self) -> str:
        return f"{self._client.base}/"

    @property
    def session(self) -> Mapping[str, Any] | None:
        """What the page may know: {errand, officer, back}, or None without a session."""
        return self._session

    def begin(self, token: object) -> Mapping[str, Any]:
        """Redeem an errand's token, which works once. Raises Refusal with a code of the texts."""
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            raise Refusal(HTTPStatus.GONE, "used")
        answer = self._ask("POST", f"/handover/{token}/")
        if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.FORBIDDEN}:
            raise Refusal(HTTPStatus.GONE, "used")
        try:
            self._token, self._session = _read_session(answer, self.url)
        except (KeyError, TypeError, ValueError) as error:
            raise Refusal(HTTPStatus.BAD_GATEWAY, "desk_strange") from error
        return self._session

    def pass_on(self, request: Request, **parts: str) -> Answer:
        """Send one of CALLS on and bring its answer back as it is. Raises Refusal."""
        if self._token is None:
            raise Refusal(HTTPStatus.UNAUTHORIZED, "session_over")
        if not all(map(PART.fullmatch, parts.values())) or not QUERY.fullmatch(request.query):
            raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
        called = request.path.removeprefix("/api/desk/")
        path = f"/reader/v1/{quote(called)}" + (f"?{request.query}" if request.query else "")
        answer = self._ask(request.method, path, body=request.body, headers=self._headers(request))
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self._forget()
        is_file = request.method == "GET" and called.startswith("attachments/")
        return _passed(answer, SEALED if is_file else "application/json")

    def end(self) -> None:
        """End the session here and at the desk. A desk that is down ends it by itself in time."""
        if self._token is None:
            return
        headers = {"Authorization": f"Bearer {self._token}"}
        self._forget()
        try:
            self._client.ask("POST", "/reader/v1/end", headers=headers)
        except (UnreachableError, AnswerTooLongError):
            return

    def _forget(self) -> None:
        self._token, self._session = None, None

    def _headers(self, request: Request) -> dict[str, str]:
        language = request.headers.get("accept-language", "")
        is_file = request.path.startswith("/api/desk/attachments/")
        return {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": SEALED if is_file else "application/json",
            **({"Accept-Language": language} if LANGUAGE.fullmatch(language) else {}),
        }

    def _ask(
        self, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> DeskAnswer:
        try:
            return self._client.ask(method, path, body=body, headers=headers, most_bytes=MOST_BYTES)
        except UnreachableError as error:
            raise Refusal(HTTPStatus.BAD_GATEWAY, "desk_gone") from error
        except AnswerTooLongError as error:
            raise Refusal(HTTPStatus.BAD_GATEWAY, "desk_strange") from error


def _read_session(answer: DeskAnswer, desk_url: str) -> tuple[str, dict[str, Any]]:
    if answer.status != HTTPStatus.OK:
        raise ValueError(f"the desk answered {answer.status}")
    content = json.loads(answer.body)
    token, errand, officer, back = (content[n] for n in ("session", "errand", "officer", "back"))
    if not TOKEN.fullmatch(token) or errand["kind"] not in ERRANDS:
        raise ValueError("this is no session that is known here")
    appeal = errand["appeal"]
    if appeal is not None and not PART.fullmatch(appeal):
        raise ValueError("this is no appeal's key")
    session = {
        "errand": {"kind": errand["kind"], "appeal": appeal},
        "officer": {"name": str(officer["name"]), "language": str(officer["language"])},
        # The page turns it into a link: it may lead to the desk and nowhere else.
        "back": back if str(back).startswith(desk_url) else desk_url,
    }
    return token, session


def _passed(answer: DeskAnswer, kind: str) -> Answer:
    try:
        status = HTTPStatus(answer.status)
        if kind == SEALED and status == HTTPStatus.OK:
            return Answer(answer.body, SEALED)
        json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise Refusal(HTTPStatus.BAD_GATEWAY, "desk_strange") from error
    return Answer(answer.body, "application/json", status)
