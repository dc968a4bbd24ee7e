"""What the reader's page may ask of its program: ciphertext in, locked keys to keep. No plain words."""

import json
import tomllib
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from arasha.programs.pages import files_beside
from arasha.programs.reader.desk import CALLS, MOST_BYTES, Desk
from arasha.programs.reader.keyring import Keyring
from arasha.programs.reader.qr import qr
from arasha.programs.reader.trust import (
    PinnedRoot,
    checked_appeal,
    checked_entry,
    checked_receivers,
)
from arasha.wire.client import Client
from arasha.wire.loopback import Handler, Site, json_answer
from arasha.wire.serving import Answer, Refusal, Request

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
# A passkey's secret belongs to this exact host: no other program or site can ask for it.
HOST = "reader.localhost"
LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


class Room:
    """The program behind the page."""

    def __init__(
        self,
        *,
        desk: Client,
        keyring: Keyring,
        demo: list[dict[str, str]],
        root: PinnedRoot | None = None,
    ) -> None:
        self._desk = Desk(desk)
        self._root = root
        self._keyring = keyring
        self._demo = demo

    def site(self) -> Site:
        routes: dict[tuple[str, str], Handler] = {
            ("GET", "/"): self.page,
            ("GET", "/locked"): self.page,
            ("GET", "/qr/{link}"): qr,
            ("GET", "/api/start"): self.start,
            ("POST", "/api/errand"): self.errand,
            ("POST", "/api/end"): self.end,
            ("POST", "/api/keys"): self.keep,
            ("POST", "/api/keys/{key}/passkeys"): self.keep_passkey,
            ("POST", "/api/keys/{key}/passkeys/{lock}/remove"): self.remove_passkey,
            ("POST", "/api/keys/{key}/recovery"): self.keep_recovery,
        }
        routes |= {(method, f"/api/desk/{call}"): self._desk.pass_on for method, call in CALLS}
        routes[("GET", "/api/desk/appeals/{key}")] = self.appeal
        routes[("GET", "/api/desk/appeals/{key}/receivers")] = self.receivers
        routes[("GET", "/api/desk/entry")] = self.entry
        files = files_beside(STATIC)
        site = Site(routes=routes, files=files, host=HOST, most_bytes=MOST_BYTES)
        self._page = (STATIC / "index.html").read_bytes().replace(b"{token}", site.token.encode())
        return site

    def page(self, _request: Request) -> Answer:
        return Answer(self._page, "text/html; charset=utf-8")

    def start(self, _request: Request) -> Answer:
        return json_answer(
            {
                "languages": LANGUAGES,
                "texts": texts(),
                "host": HOST,
                "desk": self._desk.url,
                "session": self._desk.session,
                "keys": self._keyring.all(),
                "demo": self._demo,
            }
        )

    def errand(self, request: Request) -> Answer:
        return json_answer(self._desk.begin(request.json().get("token")))

    def end(self, _request: Request) -> Answer:
        self._desk.end()
        return json_answer({})

    def appeal(self, request: Request, key: str) -> Answer:
        return self._checked(self._desk.pass_on(request, key=key), checked_appeal)

    def receivers(self, request: Request, key: str) -> Answer:
        return self._checked(self._desk.pass_on(request, key=key), checked_receivers)

    def entry(self, request: Request) -> Answer:
        return self._checked(self._desk.pass_on(request), checked_entry)

    def _checked(self, answer: Answer, check: Callable[..., dict[str, Any]]) -> Answer:
        """Let nobody be sealed to only because the desk named them."""
        if answer.status != HTTPStatus.OK:
            return answer
        try:
            return json_answer(check(json.loads(answer.body), self._root))
        except (KeyError, TypeError) as error:
            raise Refusal(HTTPStatus.BAD_GATEWAY, "desk_strange") from error

    def keep(self, request: Request) -> Answer:
        return json_answer(self._keyring.add(request.json()))

    def keep_passkey(self, request: Request, key: str) -> Answer:
        return json_answer(self._keyring.add_passkey(key, request.json()))

    def remove_passkey(self, _request: Request, key: str, lock: str) -> Answer:
        return json_answer(self._keyring.remove_passkey(key, lock))

    def keep_recovery(self, request: Request, key: str) -> Answer:
        return json_answer(self._keyring.set_recovery(key, request.json()))


def texts() -> dict[str, Any]:
    """Return {"group.name": {language: words}}."""
    files = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("texts*.toml"))
    ]
    return {
        f"{group}.{name}": words
        for groups in files
        for group, names in groups.items()
        for name, words in names.items()
    }
