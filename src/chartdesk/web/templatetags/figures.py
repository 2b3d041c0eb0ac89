"""Template tags of the dashboard: figures in their unit."""

from __future__ import annotations

from decimal import Decimal

from django import template

from chartdesk.kit.money import dollars

register = template.Library()
_TENTH = Decimal("0.1")


@register.filter
def measured(value: Decimal | None, unit: str) -> str:
    """``96.4 %``, ``3.2 days``, ``4 min``, ``$1,024.00``, ``120``; an em dash where nothing was measured."""
    if value is None:
        return "—"
    if unit == "dollars":
        return dollars(value)
    plain = f"{value.quantize(_TENTH).normalize():,f}" if value else "0"
    if unit == "minutes" and value >= 120:
        return f"{(value / 60).quantize(_TENTH).normalize():,f} h"
    return {"percent": f"{plain} %", "days": f"{plain} days", "minutes": f"{plain} min"}.get(unit, plain)
