"""What the channel engine refuses. Every message carries the value and the rule."""


class ChannelError(ValueError):
    """Bytes that are not in a form of the channel, or do not fit into it."""


class ForgedError(ChannelError):
    """The form is right, but the signature is not of the key it should be of."""
