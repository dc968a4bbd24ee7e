"""Terms as a calendar that people subscribe to (RFC 5545)."""

from arasha.engines.calendar_feed.feed import MEDIA_TYPE, WARN_DAYS, FeedError, Term, feed

__all__ = ["MEDIA_TYPE", "WARN_DAYS", "FeedError", "Term", "feed"]
