"""The root of trust on the server: what its keepers signed, the recipient sets that follow from it."""
