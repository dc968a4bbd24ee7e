"""Why a proof is not accepted."""


class NotProvedError(Exception):
    """A well-formed proof that proves nothing under this policy; `reason` is one of those below."""

    UNKNOWN_LOG = "unknown log"
    NOT_SIGNED = "not signed"
    BAD_SIGNATURE = "bad signature"
    NO_QUORUM = "no quorum"
    NOT_INCLUDED = "not included"
    WRONG_CODE = "wrong code"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class PolicyError(ValueError):
    """A line of a policy breaks a rule of C2SP tlog-policy."""
