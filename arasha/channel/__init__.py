"""Terminals and their channel: what arrives in bundles, what goes to all of them, who keeps them running."""
