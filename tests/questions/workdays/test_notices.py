"""Notices as they are pasted, against the calendar the library keeps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from questions.workdays import Doubt, DoubtKind, Reading, read
from tests.questions.workdays.notices import NOTICES

# Extended to 2 February 2020 by a later notice of its own: 1 February was no workday after all.
AMENDED = {date(2020, 1, 31), date(2020, 2, 1)}


def kinds(reading: Reading) -> list[DoubtKind]:
    return [doubt.kind for doubt in reading.doubts]


def is_workday(reading: Reading, day: date) -> bool:
    mark = reading.marks.get(day)
    return mark.is_workday if mark is not None else day.weekday() < 5


def a_notice(line: str, year: int = 2027) -> str:
    return f"关于{year}年部分节假日安排的通知\n{line}"


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_a_past_year_is_what_the_library_says(year: int) -> None:
    reading = read(NOTICES[year], expected=2030)
    known = country_holidays("CN", years=(year - 1, year, year + 1))
    assert reading.year == year
    assert reading.is_notice
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(365)]
    wrong = [
        day
        for day in days
        if is_workday(reading, day) != known.is_working_day(day) and day not in AMENDED
    ]
    assert wrong == []
    makeup = {day for day, mark in reading.marks.items() if mark.is_workday and day.year == year}
    assert makeup - AMENDED == {day for day in known.weekend_workdays if day.year == year}


@pytest.mark.parametrize("year", NOTICES)
def test_nothing_in_a_sound_notice_raises_a_doubt_but_advice(year: int) -> None:
    wanted = [DoubtKind.ADVICE] if year == 2024 else []
    assert kinds(read(NOTICES[year], expected=year)) == wanted


def test_the_days_before_new_year_belong_to_the_year_before() -> None:
    reading = read(a_notice("一、元旦：12月31日至1月2日放假调休，共3天。12月27日上班。"), 2027)
    (new_year,) = reading.holidays
    assert new_year.off == (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2))
    assert new_year.work == (date(2026, 12, 27),)


def test_a_wrong_day_of_the_week_is_flagged_with_its_phrase() -> None:
    reading = read(a_notice("一、元旦：1月1日（周四）至3日（周日）放假，共3天。"), 2027)
    assert Doubt(DoubtKind.WEEKDAY, "1月1日（周四）", "周四", "周五") in reading.doubts
    assert not any("3日" in doubt.phrase for doubt in reading.doubts)


def test_days_that_do_not_add_up_are_flagged() -> None:
    reading = read(a_notice("七、国庆节：10月1日至6日放假调休，共7天。"), 2027)
    assert Doubt(DoubtKind.COUNT, "共7天", "7", "6") in reading.doubts


def test_a_day_said_to_be_both_is_taken_as_neither() -> None:
    reading = read(a_notice("一、元旦：1月1日至3日放假，共3天。1月3日上班。"), 2027)
    assert Doubt(DoubtKind.CONFLICT, "2027-01-03") in reading.doubts
    assert date(2027, 1, 3) not in reading.marks
    assert date(2027, 1, 2) in reading.marks


def test_a_makeup_workday_that_is_a_workday_anyway_is_flagged() -> None:
    reading = read(a_notice("一、元旦：1月1日放假，共1天。1月4日上班。"), 2027)
    assert Doubt(DoubtKind.ODD_WORKDAY, "2027-01-04") in reading.doubts


@pytest.mark.parametrize(
    "line",
    [
        "二、春节：2月6日至12日不放假。",
        "二、春节：假期延长至2月12日。",
        "二、春节：2月6日公休日调至2月10日。",
        "二、春节：另行通知。",
        "二、春节：2月6日至12日。",
        "二、春节：2月6日至12日，2月20日上班。",
    ],
)
def test_words_that_are_not_understood_are_said_so_and_do_nothing(line: str) -> None:
    reading = read(a_notice(line), 2027)
    assert DoubtKind.UNREAD in kinds(reading)
    assert reading.marks == {}


def test_dates_outside_every_paragraph_are_not_overlooked() -> None:
    text = a_notice("另外，2月20日（周六）上班。\n一、元旦：1月1日至3日放假，共3天。")
    assert Doubt(DoubtKind.UNREAD, "另外，2月20日（周六）上班。") in read(text, 2027).doubts


@pytest.mark.parametrize("line", ["一、元旦：2月30日放假。", "一、元旦：1月3日至1日放假。"])
def test_days_that_do_not_exist_are_flagged(line: str) -> None:
    assert DoubtKind.NO_SUCH_DAY in kinds(read(a_notice(line), 2027))


def test_holidays_the_notice_does_not_name_are_listed() -> None:
    doubts = read(a_notice("一、元旦：1月1日放假，共1天。"), 2027).doubts
    assert Doubt(DoubtKind.MISSING, "春节、清明、劳动、端午、中秋、国庆") in doubts


def test_a_notice_without_a_year_is_placed_by_its_days_of_the_week() -> None:
    line = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。"
    for expected in (2026, 2027, 2028):
        reading = read(line, expected)
        assert reading.year == 2027
        assert Doubt(DoubtKind.NO_YEAR, "", found="2027") in reading.doubts


def test_an_explicit_year_far_away_is_not_taken() -> None:
    reading = read(a_notice("一、元旦：2021年1月1日至3日放假，共3天。"), 2027)
    assert DoubtKind.OTHER_YEAR in kinds(reading)
    assert reading.marks == {}


def test_one_line_without_breaks_is_read_like_many() -> None:
    text = NOTICES[2025]
    assert read(text.replace("\n", ""), 2025).marks == read(text, 2025).marks


def test_a_commemoration_of_its_own_is_read_too() -> None:
    line = (
        "八、纪念日：9月3日至5日调休放假，共3天。其中9月3日（星期五）放假，9月5日（星期日）放假。"
    )
    reading = read(a_notice(line), 2027)
    assert [day.day for day in reading.marks] == [3, 4, 5]


def test_a_heading_without_a_colon_is_one_all_the_same() -> None:
    text = a_notice("五一：5月1日放假。\n端午节，6月9日放假。\n国庆10月1日至7日放假。")
    assert [holiday.name for holiday in read(text, 2027).holidays] == ["五一", "端午节", "国庆"]


def test_text_that_is_no_notice_says_so_line_by_line() -> None:
    reading = read("请问明天放假吗\n谢谢", 2027)
    assert reading.marks == {}
    assert kinds(reading) == [DoubtKind.UNREAD, DoubtKind.UNREAD]
    assert read("", 2027).marks == {}


def test_rows_are_read_in_the_ways_people_type_them() -> None:
    text = """2027-01-01 休 元旦
2027/1/2（周六） 放假　元旦
2027年1月3日，休，元旦
20270206 班 春节
2027-02-07至2027-02-13 休 春节
2.20 补班 春节"""
    reading = read(text, 2027)
    assert not reading.is_notice
    assert reading.doubts == ()
    assert len(reading.marks) == 12
    assert reading.marks[date(2027, 2, 6)].is_workday
    assert reading.marks[date(2027, 2, 20)].name == "春节"
    assert not reading.marks[date(2027, 2, 13)].is_workday


def test_a_row_with_an_impossible_date_is_named() -> None:
    reading = read("2027-02-30 休\n2027-03-01 休", 2027)
    assert reading.doubts == (Doubt(DoubtKind.NO_SUCH_DAY, "2027-02-30 休"),)
    assert list(reading.marks) == [date(2027, 3, 1)]
