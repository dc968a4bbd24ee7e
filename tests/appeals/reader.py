"""An officer's reader at work, as the desk sees it: requests with a session's token, and no cookie."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyrage
import pytest
from django.test import Client
from django.utils import timezone

from arasha.appeals import services
from arasha.appeals.models import Appeal, ErrandKind
from arasha.country import local_day
from arasha.engines import sealing
from arasha.people.models import User
from arasha.worlds.sealing import sealed
from tests.walk import NOW, actor, identities, keep_keys

__all__ = ["acknowledging", "reader"]  # the fixtures, for conftest
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


def note(to: Sequence[str], text: str = "Ask the doctor.", kind: str = "note") -> bytes:
    on = local_day(NOW)
    return sealed(sealing.pack_note(sealing.Note(kind, text, "A. Officer", on)), to=to)


def reply() -> bytes:
    plaintext = sealing.pack_reply(sealing.Reply("Somebody comes.", "safe", "en"))
    return sealed(plaintext, to=[str(pyrage.x25519.Identity.generate().to_public())])


def header_for(keys: Sequence[str]) -> bytes:
    return sealing.split(sealed(b"x", to=keys))[0]


def add_headers(reader: Reader, appeal: Appeal, to: str, **headers: bytes) -> Answered:
    listed = [{"part": part, "header": b64(header)} for part, header in headers.items()]
    return reader.post(f"appeals/{appeal.key}/headers", set=to, headers=listed)


def recipient(which: int = 0) -> str:
    return str(identities()[which].to_public())


def fresh() -> str:
    return str(pyrage.x25519.Identity.generate().to_public())


@pytest.fixture
def reader(officer: User) -> Reader:
    return reader_of(officer)


@pytest.fixture
def acknowledging(settings, tmp_path) -> None:
    settings.ARASHA_KEYS_DIR = keep_keys(tmp_path / "keys")
