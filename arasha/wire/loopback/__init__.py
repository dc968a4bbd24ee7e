"""A small server for pages on this machine only: `http://localhost:PORT`, for one browser.

Other pages in the same browser can reach it too, so it believes nobody: it answers to its exact
Host, refuses foreign Origins, and wants a token that is new at every start and that only its own
page was given. Whoever can run programs as this user can get the token: this is no guard against
them.
"""

from arasha.wire.loopback.messages import Answer, Refusal, Request, json_answer
from arasha.wire.loopback.server import Loopback, PortTakenError
from arasha.wire.loopback.site import TOKEN_HEADER, Handler, Site

__all__ = [
    "TOKEN_HEADER",
    "Answer",
    "Handler",
    "Loopback",
    "PortTakenError",
    "Refusal",
    "Request",
    "Site",
    "json_answer",
]
