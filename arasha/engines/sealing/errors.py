"""What the sealing engine refuses. Every message carries the value and the rule."""


class SealingError(ValueError):
    """The base of every refusal of this engine."""


class RecipientError(SealingError):
    """A recipient string that is not one we may seal to, or recipients that do not go together."""


class EnvelopeError(SealingError):
    """An envelope that may not be filed."""


class MalformedEnvelopeError(EnvelopeError):
    """Bytes that are no age v1 file in its strict, canonical form."""


class OversizedEnvelopeError(MalformedEnvelopeError):
    """More bytes than the largest there are. `size` and `most` for whoever says it in other words."""

    def __init__(self, what: str, *, size: int, most: int) -> None:
        super().__init__(f"{what} has {size} bytes, at most {most} are taken")
        self.size, self.most = size, most


class TruncatedEnvelopeError(EnvelopeError):
    """An age v1 file that ends too early."""


class ForeignStanzaError(EnvelopeError):
    """A header line for somebody the recipient set does not know, or kinds that must not mix."""


class WrongRecipientCountError(EnvelopeError):
    """A header with more or fewer stanzas than the recipient set has recipients."""


class PayloadError(SealingError):
    """A plaintext (an appeal, a card, a reply, a note) that is not in the form of its version."""


class FilingError(SealingError):
    """A posted filing that is not in the form of its version, or too long."""


class RecipientSetError(SealingError):
    """A recipient set that must not be used."""


class SetTextError(RecipientSetError):
    """A text that is no recipient set in its strict form."""


class CommandingBodyError(RecipientSetError):
    """The set's body commands the place that the appeal would come from."""


class TooFewRecipientsError(RecipientSetError):
    """Fewer than two officers, or no office key: one lost key would close every appeal."""


class MixedRecipientsError(RecipientSetError):
    """Post-quantum and classic recipients in one set: the weaker one undoes the stronger."""
