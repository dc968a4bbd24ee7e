"""What comes in and what goes out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any


class Refusal(Exception):
    """An answer that says no; the page turns `code` into words of the reader's language."""

    def __init__(self, status: HTTPStatus, code: str, **details: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class Request:
    """`headers` have lower-case names; `path` is without its `query`, which is still encoded."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""
    query: str = ""

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object. Raises Refusal."""
        try:
            content = json.loads(self.body)
        except ValueError as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, "not_json") from error
        if not isinstance(content, dict):
            raise Refusal(HTTPStatus.BAD_REQUEST, "not_json")
        return content


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes
    content_type: str
    status: HTTPStatus = HTTPStatus.OK


def json_answer(content: object, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return Answer(json.dumps(content, ensure_ascii=False).encode(), "application/json", status)


def refused(refusal: Refusal) -> Answer:
    return json_answer({"problem": refusal.code, **refusal.details}, refusal.status)
