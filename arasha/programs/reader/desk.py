"""Taking an envelope over from the desk, by a token that works once."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus

from arasha.engines.notes import BadCodeError, read_code
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError
from arasha.wire.loopback import Refusal

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")
TEXTS = ("appeal", "set", "leaf", "envelope", "code", "back")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What the desk says about an appeal. `envelope` is base 64, still sealed."""

    appeal: str
    set: str
    leaf: str
    envelope: str
    code: str
    back: str


def take_over(desk: Client, token: object) -> Mapping[str, str]:
    """Return what the desk hands over for `token`. Raises Refusal with a code of the texts."""
    if not isinstance(token, str) or not TOKEN.fullmatch(token):
        raise Refusal(HTTPStatus.GONE, "used")
    try:
        answer = desk.ask("POST", f"/handover/{token}/")
    except UnreachableError as error:
        raise Refusal(HTTPStatus.BAD_GATEWAY, "desk_gone") from error
    except AnswerTooLongError as error:
        raise Refusal(HTTPStatus.BAD_GATEWAY, "desk_strange") from error
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.FORBIDDEN}:
        raise Refusal(HTTPStatus.GONE, "used")
    try:
        return asdict(_read(answer.status, answer.body, desk.base))
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Refusal(HTTPStatus.BAD_GATEWAY, "desk_strange") from error


def _read(status: int, body: bytes, desk_url: str) -> HandedOver:
    if status != HTTPStatus.OK:
        raise ValueError(f"the desk answered {status}")
    content = json.loads(body)
    values = {name: content[name] for name in TEXTS}
    if not all(isinstance(value, str) for value in values.values()):
        raise TypeError("what the desk hands over is not text")
    base64.b64decode(values["envelope"], validate=True)
    try:
        values["code"] = read_code(values["code"])
    except BadCodeError as error:
        raise ValueError(str(error)) from error
    # The page turns it into a link: it may lead to the desk and nowhere else.
    if not values["back"].startswith(f"{desk_url}/"):
        values["back"] = f"{desk_url}/"
    return HandedOver(**values)
