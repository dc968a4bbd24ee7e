"""Registers of places: regions, places of detention, devices."""
