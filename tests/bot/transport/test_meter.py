"""Counting what becomes of pushes."""

from __future__ import annotations

from bot.transport.meter import Meter


def test_the_last_minute_forgets_what_is_older() -> None:
    now = 100.0
    meter = Meter(clock=lambda: now)
    for _ in range(5):
        meter.note("sent")
    now = 130.5
    meter.note("sent")
    assert meter.last_minute == 6
    now = 161.0
    assert meter.last_minute == 1
    assert meter.totals == {"sent": 6}


def test_what_is_tried_again_is_no_progress() -> None:
    meter = Meter(clock=lambda: 0.0)
    for outcome in ("rate_limited", "not_sent", "unauthorized"):
        meter.note(outcome)
    assert (meter.done, meter.last_minute) == (0, 0)
    meter.note("blocked")
    assert (meter.done, meter.last_minute) == (1, 0)
