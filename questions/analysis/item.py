"""What the answers to one item say about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item over the attempts that contain it; None where the data can't say.

    Marks and their variances are in marks; `facility` and `guess_score` go from 0 to 1; the
    weights, `discrimination` and `efficiency` are percentages, the last two from -100 to 100.
    "Rest" is the sum of the attempt's other marks. Variances have the divisor n - 1.
    """

    attempts: int
    max_mark: float
    facility: float | None = None  # 正确率: mean mark ÷ maximum mark
    deviation: float | None = None  # of the marks
    variance: float | None = None
    rest_variance: float | None = None
    covariance: float | None = None  # of mark and rest
    # The same with marks and rests both sorted: as large as these marks allow.
    covariance_max: float | None = None
    covariance_with_total: float | None = None
    discrimination: float | None = None  # 区分度: correlation of mark and rest
    efficiency: float | None = None  # 鉴别效率: covariance ÷ its maximum
    intended_weight: float | None = None  # share of the maximum mark
    effective_weight: float | None = None  # share of the spread; None where it is negative
