"""Registers of people: institutions, posts, users, appointments, commands."""
