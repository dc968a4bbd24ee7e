"""Every act, in the transaction that does it, with a salted leaf for the transparency log."""
