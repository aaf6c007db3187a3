"""Texts and dates as people read and write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.texts import Markup, label, text
from bot.texts.dates import day_label, moment_label, read_time, weekdays_label


def test_values_are_escaped_and_markup_is_not() -> None:
    assert "&lt;3 &amp; 甲" in text("daily.given_blank", given="<3 & 甲")
    assert "<b>甲</b>" in text("daily.given_blank", given=Markup("<b>甲</b>"))
    assert label("daily.button_option", letter="<A>") == "<A>"


def test_days_and_moments_read_naturally() -> None:
    assert day_label(date(2026, 11, 23)) == "11月23日（周一）"
    at = datetime(2026, 11, 23, 0, 45, tzinfo=UTC)
    assert moment_label(at, "Asia/Shanghai") == "11月23日（周一）08:45"
    midnight = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
    assert moment_label(midnight, "Asia/Shanghai") == "11月26日（周四）24:00"
    assert weekdays_label("135") == "一、三、五"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("8:45", time(8, 45)),
        ("08：45", time(8, 45)),
        ("8点45分", time(8, 45)),
        ("8点45", time(8, 45)),
        ("14点半", time(14, 30)),
        ("9点", time(9)),
        (" 9 ", time(9)),
        ("０９:０５", time(9, 5)),
        ("24:00", None),
        ("8:60", None),
        ("八点", None),
        ("", None),
        ("8:45 明天", None),
    ],
)
def test_a_time_is_read_in_the_ways_people_write_it(said: str, wanted: time | None) -> None:
    assert read_time(said) == wanted
