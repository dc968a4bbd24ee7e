"""Sealed appeals: what arrives, who may open it, when it must be answered."""
