"""The QR code on the slip of somebody whose appeal an officer entered."""

import base64
import binascii
import io
from http import HTTPStatus

import segno

from arasha.wire.serving import Answer, Refusal, Request

MOST_CHARACTERS = 400


def qr(_request: Request, link: str) -> Answer:
    """Draw a web address that the page wrote in base 64 for URLs. Raises Refusal."""
    try:
        address = base64.urlsafe_b64decode(link[:MOST_CHARACTERS]).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found") from error
    if not address.startswith(("http://", "https://")):
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found")
    drawing = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(drawing, kind="svg", border=4, scale=4, dark="#000", light="#fff")
    return Answer(drawing.getvalue(), "image/svg+xml")
