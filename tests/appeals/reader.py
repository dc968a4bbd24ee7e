"""An officer's reader at work, as the desk sees it: requests with a session's token, and no cookie."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from arasha.appeals import services
from arasha.appeals.models import ErrandKind
from arasha.people.models import User
from tests.walk import actor

Answered = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Reader:
    token: str
    client: Client = field(default_factory=lambda: Client(headers={"accept-language": "en"}))

    def get(self, path: str, **query: str) -> Answered:
        return said(self.client.get(f"/reader/v1/{path}", query, headers=self._headers))

    def post(self, path: str, **content: object) -> Answered:
        body = json.dumps(content)
        sent = self.client.post(
            f"/reader/v1/{path}", body, content_type="application/json", headers=self._headers
        )
        return said(sent)

    def put(self, path: str, body: bytes) -> Answered:
        kind = "application/octet-stream"
        return said(
            self.client.put(f"/reader/v1/{path}", body, content_type=kind, headers=self._headers)
        )

    def fetch(self, path: str) -> bytes:
        answer = self.client.get(f"/reader/v1/{path}", headers=self._headers)
        return b"".join(answer)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def reader_of(officer: User, kind: ErrandKind = ErrandKind.INBOX) -> Reader:
    """A session as an errand from the desk begins it."""
    now = timezone.now()
    token = services.begin_errand(kind=kind, by=actor(officer), at=now)
    return Reader(services.redeem_errand(token=token, at=now)[1])


def said(answer) -> Answered:
    return answer.status_code, answer.json()


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()
