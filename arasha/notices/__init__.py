"""A bell on the desk and content-free mail."""
