"""What a bench prints: each figure with its bar, and last the tightest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured ratio and the bar it has to reach; bigger is better."""

    name: str
    ratio: float
    bar: float

    @property
    def margin(self) -> float:
        """Over 1 where it reaches its bar."""
        return self.ratio / self.bar

    def __str__(self) -> str:
        return f"{self.name} ratio={self.ratio:.3g} bar={self.bar:.3g}"


def conclude(name: str, figures: Sequence[Figure], faults: Sequence[str] = ()) -> int:
    """Print all figures, faults that no speed makes up for, and the verdict; the exit status."""
    for figure in figures:
        print(figure if figure.margin >= 1 else f"{figure}  (falls short)")
    for fault in faults:
        print(f"FAULT: {fault}")
    tightest = min(figures, key=lambda figure: figure.margin)
    print(f"{name} ratio={tightest.ratio:.3g} bar={tightest.bar:.3g}", flush=True)
    return 1 if faults or tightest.margin < 1 else 0


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value that `share` of an ordered sequence does not exceed."""
    return ordered[int((len(ordered) - 1) * share)] if ordered else float("nan")
