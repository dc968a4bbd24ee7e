"""Arasha: the information system of a country's torture-prevention system."""

__version__ = "0.1.0"
