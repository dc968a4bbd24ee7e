"""Why metadata of the root of trust is not believed."""

from enum import StrEnum

from arasha.engines.notes import MalformedError
from arasha.engines.sealing import RecipientSetError


class Why(StrEnum):
    """The kinds of refusal: programs have words for each."""

    DAMAGED = "damaged"  # no metadata, or bytes that are not what was signed for
    TOO_FEW = "too_few"  # fewer signatures than the threshold
    SKIPPED = "skipped"  # a root that is not the one after the root held
    ROLLED_BACK = "rolled_back"  # older than what is held
    MISSING = "missing"  # named by what was signed, but not there
    OTHERS_PATH = "others_path"  # signed by one who may not sign for it
    UNFIT = "unfit"  # well signed, but it cannot be used
    DEMO = "demo"  # a demo's root in a real build


class TrustRefusedError(Exception):
    """Something was not believed; what was held before stands. `subject` is a role or a target."""

    def __init__(self, why: Why, subject: str, detail: str) -> None:
        super().__init__(f"{subject}: {detail}")
        self.why = why
        self.subject = subject
        self.detail = detail


class FileMissingError(TrustRefusedError):
    """A file that was named is not there; `file` is the name under which it would be served."""

    def __init__(self, subject: str, file: str) -> None:
        super().__init__(Why.MISSING, subject, f"{file} is not there")
        self.file = file


class BodyCodeError(MalformedError):
    """A code under which no body can sign."""

    def __init__(self, body: str) -> None:
        super().__init__(f"{body!r} is not a code: small letters, digits, and _ - between")
        self.body = body


class SetVersionError(RecipientSetError):
    """A set that does not follow the one in force: a version left out could hide a set."""

    def __init__(self, *, version: int, expected: int) -> None:
        super().__init__(f"its version is {version}, and the next one is {expected}")
        self.version, self.expected = version, expected


class RepositoryDamagedError(Exception):
    """A folder of the root of trust that cannot be worked on; the message says what to do."""
