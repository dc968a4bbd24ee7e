"""Which terminal speaks: its signature over the request, checked against the register."""

import base64
import binascii
import hashlib
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.http import HttpRequest

from arasha.appeals.errors import BadSignatureError, TooLargeError, UnknownDeviceError
from arasha.engines.sealing.filing import MOST_BYTES
from arasha.places.models import Device

TITLE = b"arasha request v1\n"


def speaking_device(request: HttpRequest) -> Device:
    """The enrolled device that signed this request.

    Raises TooLargeError before it reads, then UnknownDeviceError and BadSignatureError. Replays are
    harmless: filing is idempotent.
    """
    _refuse_oversize(request)
    device = _enrolled(request.headers.get("Arasha-Device", ""))
    signed = TITLE + f"{request.method} {request.path}\n".encode()
    signed += hashlib.sha256(request.body).hexdigest().encode()
    key = Ed25519PublicKey.from_public_bytes(bytes(device.public_key))
    try:
        key.verify(_signature(request.headers.get("Arasha-Signature", "")), signed)
    except InvalidSignature as error:
        raise BadSignatureError from error
    return device


def _refuse_oversize(request: HttpRequest) -> None:
    # Django reads no more of a body than its declared length.
    declared = request.headers.get("Content-Length") or "0"
    if declared.isdecimal() and int(declared) > MOST_BYTES:
        raise TooLargeError(bytes=declared)


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
