"""Figures: counts that know their unit, funnels that never grow, and how long it takes until something ends."""

from arasha.engines.figures.funnel import Bar, Stage, UnevenFunnelError, funnel
from arasha.engines.figures.incidence import Curve, incidence
from arasha.engines.figures.units import Axis, Count, MixedUnitsError, Unit, summed

__all__ = [
    "Axis",
    "Bar",
    "Count",
    "Curve",
    "MixedUnitsError",
    "Stage",
    "UnevenFunnelError",
    "Unit",
    "funnel",
    "incidence",
    "summed",
]
