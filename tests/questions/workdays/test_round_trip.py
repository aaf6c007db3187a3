"""Notices written at random, in every wording of the genre, are read back as they were meant."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from questions.workdays import read

NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
WEEKDAYS = "一二三四五六日"
BEGINS = ((1, 1), (2, 3), (4, 3), (5, 1), (6, 9), (9, 14), (10, 1))


@st.composite
def plans_of_a_year(draw: st.DrawFn) -> tuple[int, list[tuple[str, list[date], list[date]]]]:
    """A year and each holiday's days off and make-up workdays, which lie on weekends."""
    year = draw(st.integers(2024, 2060))
    plan = []
    for name, (month, day) in zip(NAMES, BEGINS, strict=True):
        first = date(year, month, day) + timedelta(days=draw(st.integers(0, 3)))
        if name == "元旦":
            first -= timedelta(days=draw(st.integers(0, 5)))
        off = [first + timedelta(days=n) for n in range(draw(st.integers(1, 9)))]
        near = [first - timedelta(days=n) for n in range(1, 9)]
        near += [off[-1] + timedelta(days=n) for n in range(1, 9)]
        weekends = [near_day for near_day in near if near_day.weekday() >= 5]
        work = draw(st.lists(st.sampled_from(weekends), max_size=2, unique=True))
        plan.append((name, off, sorted(work)))
    return year, plan


@st.composite
def notices(draw: st.DrawFn) -> tuple[int, set[date], set[date], str]:
    """The same as a text, each clause worded by chance."""
    year, plan = draw(plans_of_a_year())
    lines = [f"关于{year}年部分节假日安排的通知"]
    for number, (name, off, work) in enumerate(plan):
        mark = draw(st.sampled_from(["、", "．", "."]))
        head = f"{WEEKDAYS[number]}、" if mark == "、" else f"{number + 1}{mark}"
        between = draw(st.sampled_from(["至", "到", "—", "－", "-", "~"]))
        first, last = off[0], off[-1]
        said = a_date(draw, first, year, None)
        if last != first:
            said += between + a_date(draw, last, year, first)
        verb = draw(st.sampled_from(["放假", "放假调休", "调休放假", "放假休息"]))
        tail = draw(st.sampled_from(["", f"，共{len(off)}天"]))
        line = f"{head}{name}：{said}{verb}{tail}。"
        if work:
            days = draw(st.sampled_from(["、", "和", "，"])).join(
                a_date(draw, day, year, None) for day in work
            )
            worked = draw(st.sampled_from(["上班", "照常上班", "正常上班", "补班", "调休上班"]))
            line += f"{days}{worked}。"
        lines.append(line)
    text = draw(st.sampled_from(["\n", "\r\n", "\n\n", "<br/>", "</p>\n<p>"])).join(lines)
    text = draw(st.sampled_from([text, text.translate(WIDE), text.replace("月", " 月 ")]))
    return year, {d for _, off, _ in plan for d in off}, {d for *_, w in plan for d in w}, text


WIDE = {ord("0") + i: ord("０") + i for i in range(10)}


def a_date(draw: st.DrawFn, day: date, year: int, after: date | None) -> str:
    """A day with as much said as is needed, and at times more."""
    needs_year = day.year != year and (after is None or after.year != day.year)
    said = f"{day.year}年" if needs_year or draw(st.booleans()) else ""
    if after is not None and after.year != day.year:
        said = f"{day.year}年"
    if said or after is None or after.month != day.month or draw(st.booleans()):
        said += f"{day.month}月"
    note = draw(st.sampled_from(["", "（周{}）", "（星期{}）", "(周{})", "（农历初一、周{}）"]))
    return f"{said}{day.day}日{note.format(WEEKDAYS[day.weekday()])}"


@given(notices())
def test_what_is_written_is_read(case: tuple[int, set[date], set[date], str]) -> None:
    year, off, work, text = case
    reading = read(text, expected=2024)
    assert reading.year == year
    both = off & work
    marks = reading.marks
    assert {day for day, mark in marks.items() if not mark.is_workday} == off - both
    assert {day for day, mark in marks.items() if mark.is_workday} == work - both
    assert len([d for d in reading.doubts if d.kind == "conflict"]) == len(both)
    assert {doubt.kind for doubt in reading.doubts} <= {"conflict"}


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read(text, expected=2027)


PIECES = [
    *"年月日号至、，。：（）()0123456789 \n-—",
    "放假",
    "上班",
    "元旦",
    "春节",
    "周六",
    "共3天",
    "调休",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_of_its_words_is_read_without_an_error(text: str) -> None:
    reading = read(text, expected=2027)
    assert all(date(2025, 1, 1) < day < date(2030, 1, 1) or day.year for day in reading.marks)
