"""What can be wrong with a note, a key or a code."""


class MalformedError(ValueError):
    """The text does not have the form that its standard asks for."""


class UntrustedNoteError(Exception):
    """The note has the right form, but its signatures give no reason to believe it."""


class BadCodeError(ValueError):
    """A filing code was mistyped; `reason` is one of CHARACTERS, LENGTH, CHECK_DIGITS."""

    CHARACTERS = "characters"
    LENGTH = "length"
    CHECK_DIGITS = "check digits"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
