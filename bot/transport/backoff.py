"""Growing waits with jitter, so that many who failed together do not come back together."""

from __future__ import annotations

import random
from collections.abc import Iterator

_random = random.SystemRandom()


def delays(first: float, most: float) -> Iterator[float]:
    """Endless seconds to wait: doubling from `first` up to `most`, each cut by up to a half."""
    wait = first
    while True:
        yield wait * _random.uniform(0.5, 1.0)
        wait = min(wait * 2, most)
