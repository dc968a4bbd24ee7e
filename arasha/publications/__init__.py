"""Figures: definitions, releases, downloads."""
