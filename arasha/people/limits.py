"""How often one address may try the links that open an account."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from arasha.people.errors import TooManyTriesError

RATES = {"link": "20/m/ip"}


def limit_tries(request: HttpRequest) -> None:
    """Raises TooManyTriesError; looking counts as much as sending."""
    if not ratelimit.consume(
        request, app="arasha.people", action="link", config=RATES, limit_get=True
    ):
        raise TooManyTriesError
