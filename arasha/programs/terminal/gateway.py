"""Speaking with the gateway: every request signed by the device, every answer checked."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from arasha.engines.notes import MalformedError, UntrustedNoteError, b64, filing_code, open_note
from arasha.engines.translog import NotProvedError, Policy, parse_proof, verify_proof
from arasha.wire.client import Answer, Client
from arasha.wire.keyfile import Device
from arasha.wire.trust import Held


class RefusedError(Exception):
    """The gateway said no. `code` is one of those that the page has words for."""

    UNKNOWN_DEVICE = "device_unknown"
    REFUSED = "refused"
    NOT_GENUINE = "not_genuine"

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Gateway:
    """The door for devices, as this device sees it."""

    def __init__(self, client: Client, device: Device, trust: Callable[[], Held]) -> None:
        """`trust` tells what is believed just now: keys of gateways and of the log may rotate."""
        self._client = client
        self._device = device
        self._trust = trust

    def file(self, body: bytes, leaf_hash: bytes) -> str:
        """Post a filing and return the acknowledgement, a note signed by a gateway's key.

        Raises UnreachableError, or RefusedError; the same bytes may always be posted again.
        """
        answer = self._ask("POST", "/v1/envelopes", body)
        if answer.status != 202:
            raise _refused(answer)
        return self._checked_ack(answer, leaf_hash)

    def sets(self) -> dict[str, Any]:
        """Return what the gateway says about recipient sets; nothing in it is believed yet."""
        answer = self._ask("GET", "/v1/sets")
        if answer.status != 200:
            raise _refused(answer)
        return _json(answer)

    def trust_file(self, name: str) -> bytes | None:
        """A file of the root of trust, not yet believed; None if the gateway has none of that name."""
        answer = self._client.ask("GET", f"/v1/trust/{name}")
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise _refused(answer)
        return answer.body

    def proof(self, leaf_hash: bytes) -> str | None:
        """Return the proof that the leaf is in the log, or None while it is not there yet."""
        answer = self._client.ask("GET", f"/v1/proofs/{filing_code(leaf_hash)}")
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise _refused(answer)
        return self._checked_proof(answer.body, leaf_hash)

    def _ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        message = f"arasha request v1\n{method} {path}\n{sha256(body).hexdigest()}"
        headers = {
            "Arasha-Device": self._device.key,
            "Arasha-Signature": b64.encode(self._device.signer.sign(message.encode())),
            "Content-Type": "application/json",
        }
        return self._client.ask(method, path, body=body, headers=headers)

    def _checked_ack(self, answer: Answer, leaf_hash: bytes) -> str:
        ack = _json(answer).get("ack")
        try:
            lines = open_note(str(ack).encode(), self._trust().acknowledging_keys()).split("\n")
        except (MalformedError, UntrustedNoteError) as error:
            raise RefusedError(RefusedError.NOT_GENUINE, f"acknowledgement: {error}") from error
        if lines[:2] != ["arasha/ack/v1", b64.encode(leaf_hash)]:
            raise RefusedError(
                RefusedError.NOT_GENUINE, "the acknowledgement is for something else"
            )
        return str(ack)

    def _checked_proof(self, data: bytes, leaf_hash: bytes) -> str:
        try:
            policy = Policy(logs=self._trust().log_keys(), quorum="none")
            verify_proof(parse_proof(data), policy, leaf=leaf_hash)
        except (MalformedError, NotProvedError) as error:
            raise RefusedError(RefusedError.NOT_GENUINE, f"proof: {error}") from error
        return data.decode()


def _refused(answer: Answer) -> RefusedError:
    unknown = answer.status in {401, 403}
    code = RefusedError.UNKNOWN_DEVICE if unknown else RefusedError.REFUSED
    return RefusedError(code, f"the gateway answered {answer.status}: {answer.body[:200]!r}")


def _json(answer: Answer) -> dict[str, Any]:
    try:
        content = json.loads(answer.body)
        json.dumps(content, ensure_ascii=False).encode()  # "\ud800" is JSON, and no text
    except (ValueError, RecursionError) as error:
        raise RefusedError(RefusedError.NOT_GENUINE, "the gateway's answer is no JSON") from error
    if not isinstance(content, dict):
        raise RefusedError(RefusedError.NOT_GENUINE, "the gateway's answer is no JSON object")
    return content
