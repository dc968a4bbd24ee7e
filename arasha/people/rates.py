"""How often one address may ask what everybody may ask."""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from arasha.people.errors import TooOftenError

MINUTE = 60


def limit_questions(request: HttpRequest, *, what: str, most: int) -> None:
    """At most so many questions a minute from one address. Raises TooOftenError.

    The address is kept nowhere: a keyed hash of it is, until the minute is over.
    """
    minute, gone = divmod(int(time.time()), MINUTE)
    key = f"questions:{what}:{minute}:{_hash(_address(request))}"
    cache.add(key, 0, MINUTE)
    try:
        asked = cache.incr(key)
    except ValueError:  # it went just now, to make room
        return
    if asked > most:
        raise TooOftenError(retry_after=MINUTE - gone)


def _address(request: HttpRequest) -> str:
    """Who asks, past the proxies of the house; of what stands before them anybody may write anything."""
    proxies: int = settings.ARASHA_PROXIES
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    behind = told[-proxies] if proxies and len(told) >= proxies else ""
    return behind or request.META.get("REMOTE_ADDR", "")


def _hash(address: str) -> str:
    """Of a home's whole network: whoever has one IPv6 address has 2^64 of them."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return salted_hmac("arasha.questions", address).hexdigest()
    if known.version == 6:
        address = str(ipaddress.ip_network((known, 64), strict=False))
    return salted_hmac("arasha.questions", address).hexdigest()
