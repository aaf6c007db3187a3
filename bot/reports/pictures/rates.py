"""How pictures write rates per million."""

from __future__ import annotations

from bot.texts import label
from questions.ranking import MILLION


def exact(rate: int | None) -> str:
    """86.7%, or that there is none; only a full rate reads 100.0%."""
    if rate is None:
        return label("reports.none")
    tenths = (rate + 500) // 1000
    if rate < MILLION:
        tenths = min(tenths, 999)
    return f"{tenths // 10}.{tenths % 10}%"


def whole(rate: int) -> str:
    """87, without its sign; only a full rate reads 100."""
    return str(min((rate + 5000) // 10000, 99) if rate < MILLION else 100)
