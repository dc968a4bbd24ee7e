"""The channel between terminals and the gateway: bundles up, answers and pages down, all of fixed sizes.

Pure: chance, clocks and HPKE come from outside (`arasha.wire.ingest`).
"""
