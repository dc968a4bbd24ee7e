"""The officer's day on the desk: the list, one appeal, and each act with a small page of its own."""

from arasha.appeals.views.desk.one import appeal_page, classify, inbox, open_in_reader

__all__ = ["appeal_page", "classify", "inbox", "open_in_reader"]
