"""Which terminal speaks: its signature over the request, checked against the register."""

import base64
import binascii
import hashlib
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.http import HttpRequest

from arasha.appeals.errors.filing import BadSignatureError, UnknownDeviceError
from arasha.appeals.uploads import refuse_longer
from arasha.engines.sealing.filing import MOST_BYTES
from arasha.places.models import Device

TITLE = b"arasha request v1\n"


def speaking_device(request: HttpRequest) -> Device:
    """The enrolled device that signed this request.

    Raises TooLargeError before it reads, then UnknownDeviceError and BadSignatureError. Replays are
    harmless: filing is idempotent.
    """
    refuse_longer(request, most_bytes=MOST_BYTES)
    return device_that_signed(request, digest=hashlib.sha256(request.body).hexdigest())


def device_that_signed(request: HttpRequest, *, digest: str) -> Device:
    """The enrolled device that signed a request whose body has this SHA-256 (hex), unread.

    Whoever calls it compares the body with `digest`. Raises UnknownDeviceError, BadSignatureError.
    """
    device = _enrolled(request.headers.get("Arasha-Device", ""))
    signed = TITLE + f"{request.method} {request.path}\n{digest}".encode()
    key = Ed25519PublicKey.from_public_bytes(bytes(device.public_key))
    try:
        key.verify(_signature(request.headers.get("Arasha-Signature", "")), signed)
    except InvalidSignature as error:
        raise BadSignatureError from error
    return device


def _enrolled(key: str) -> Device:
    try:
        return Device.objects.select_related("place").get(
            pk=uuid.UUID(key), revoked_at__isnull=True
        )
    except (ValueError, Device.DoesNotExist) as error:
        raise UnknownDeviceError from error


def _signature(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignatureError from error
