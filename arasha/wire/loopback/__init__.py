"""Pages on this machine only: `http://localhost:PORT`, for one browser.

Other pages in the same browser can reach it too, so it believes nobody: it answers to its exact
Host, refuses foreign Origins, and wants a token that is new at every start and that only its own
page was given. Whoever can run programs as this user can get the token: this is no guard against
them.
"""

from arasha.wire.loopback.site import TOKEN_HEADER, Handler, Site, json_answer

__all__ = [
    "TOKEN_HEADER",
    "Handler",
    "Site",
    "json_answer",
]
