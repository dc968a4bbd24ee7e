"""The root of trust (TUF): checked alike by terminals and the server, made by ceremonies.

Who may be a recipient, which log, witnesses and gateway count, which devices and kiosk builds are
genuine: one offline root says it, and python-tuf checks the signatures.
"""

from arasha.wire.trust.checking import Fetch
from arasha.wire.trust.errors import RepositoryDamagedError, TrustRefusedError
from arasha.wire.trust.following import Followed, first, follow
from arasha.wire.trust.held import Held, SignedSet

__all__ = [
    "Fetch",
    "Followed",
    "Held",
    "RepositoryDamagedError",
    "SignedSet",
    "TrustRefusedError",
    "first",
    "follow",
]
