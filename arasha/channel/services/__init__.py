"""What is done with bundles, chains and the stream that goes to every terminal."""

from arasha.channel.services.ingest import destroy_old, make_keys

__all__ = ["destroy_old", "make_keys"]
