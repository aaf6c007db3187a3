"""The whole of what was pasted: which year it is about, its holidays, its rows, its doubts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from questions.workdays.cleaning import close_up, plain
from questions.workdays.dates import find_spans
from questions.workdays.model import Doubt, DoubtKind, Holiday, Reading
from questions.workdays.notice import read_holiday
from questions.workdays.rows import Row, read_row

STATUTORY = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
MANY = 12  # doubts shown; a text with more is not a notice

_TITLE = re.compile(
    r"(?<!\d)(20\d{2})年(?:全国|我国)?(?:部分|的|法定|公众)*(?:节日|节假日|假期|放假)"
)
_LISTED = re.compile(r"(?<!\d)(20\d{2})年(?=元旦|春节)")
_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_HEADING = re.compile(
    rf"(?:(?:^|(?<=[\n。；;]))\s*(?:[（(]?(?:{_NUMERAL}|\d{{1,2}})[）)]?[、.．]?)?|{_NUMERAL}、)"
    rf"(?P<name>(?:(?!{_NUMERAL}、)[\u4e00-\u9fff、“”\"·0-9]){{2,24}}?)"
    r"(?:放假(?:安排|时间)?|假期(?:安排)?)?[：:]"
    rf"|(?:^|(?<=[\n。；;]))\s*(?:{_NUMERAL}、|\d{{1,2}}[、.．])?"
    r"(?P<bare>(?:元旦|春节|五一|(?:清明|劳动|端午|中秋|国庆)节?))[，,]?(?=(?:\d{4}年)?\d{1,2}月)"
)
_HOLIDAY = re.compile(r"元旦|新年|春节|清明|劳动|五一|端午|中秋|国庆|除夕|节$|纪念日")
_CLOSING = re.compile(r"\n(?=节假日期间|各地区|请各|国务院办公厅|特此)")
_ABOUT_DAYS = re.compile(r"放假|上班|调休|补班")


def read(pasted: str, expected: int) -> Reading:
    """What a pasted notice or rows say; `expected` is the year taken where none is written."""
    text = plain(pasted)
    rows, rest, doubts = _split(text, expected)
    said = _year(rest)
    year = said or _best_year(rest, expected)
    sections = _sections(rest)
    holidays: list[Holiday] = []
    for name, paragraph in sections:
        holiday, found = read_holiday(name, paragraph, year)
        doubts += found
        if holiday.off or holiday.work:
            holidays.append(holiday)
        elif not found:
            doubts.append(Doubt(DoubtKind.UNREAD, f"{name}：{paragraph.strip()}"[:80]))
    doubts += _unread(rest, bool(sections))
    if rows and not holidays:
        year = rows[0].days[-1].year
    holidays += _by_name(rows)
    if sections:
        doubts += _gaps(holidays, rest, said, year)
    doubts += _contradictions(holidays)
    return Reading(year, tuple(holidays), tuple(dict.fromkeys(doubts)), bool(sections))


def _split(text: str, expected: int) -> tuple[list[Row], str, list[Doubt]]:
    """The rows among the lines, the other lines, and rows with impossible dates."""
    rows: list[Row] = []
    others: list[str] = []
    doubts: list[Doubt] = []
    for line in text.split("\n"):
        try:
            row = read_row(line, expected)
        except ValueError:
            doubts.append(Doubt(DoubtKind.NO_SUCH_DAY, line))
            continue
        if row is not None:
            rows.append(row)
        else:
            others.append(close_up(line))
    return rows, "\n".join(others), doubts


def _year(text: str) -> int | None:
    """The year a title names."""
    match = _TITLE.search(text) or _LISTED.search(text)
    return int(match[1]) if match else None


def _best_year(text: str, expected: int) -> int:
    """The year in which most of the written days of the week are right; else the expected one."""
    written = [
        said
        for line in text.split("\n")
        for span in find_spans(line)
        for said in (span.first, span.last)
        if said.weekday is not None and said.year is None
    ]

    def agreeing(year: int) -> int:
        return sum(_is_on(year, said.month or 0, said.day) == said.weekday for said in written)

    return max((expected, expected - 1, expected + 1), key=agreeing)


def _is_on(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


def _sections(text: str) -> list[tuple[str, str]]:
    """Each holiday's name with the words that follow it."""
    headings = _headings(text)
    ends = [match.start() for match in headings[1:]] + [len(text)]
    sections = []
    for heading, end in zip(headings, ends, strict=False):
        paragraph = _CLOSING.split(text[heading.end() : end])[0]
        sections.append((_name(heading), paragraph))
    return sections


def _headings(text: str) -> list[re.Match[str]]:
    return [match for match in _HEADING.finditer(text) if _HOLIDAY.search(_name(match))]


def _name(heading: re.Match[str]) -> str:
    return (heading["name"] or heading["bare"]).strip("、0123456789 ")


def _unread(text: str, has_sections: bool) -> list[Doubt]:
    """Words about days that stand in no holiday's paragraph."""
    if not has_sections:
        lines = [line for line in text.split("\n") if line]
        return [Doubt(DoubtKind.UNREAD, line[:80]) for line in lines[:MANY]]
    outside = text[: _headings(text)[0].start()].split("\n")
    return [
        Doubt(DoubtKind.UNREAD, line[:80])
        for line in outside
        if _ABOUT_DAYS.search(line) and next(find_spans(line), None) is not None
    ]


def _by_name(rows: Sequence[Row]) -> list[Holiday]:
    """Rows gathered under their names, in order."""
    days: dict[str, tuple[set[date], set[date]]] = {}
    for row in rows:
        off, work = days.setdefault(row.name, (set(), set()))
        (work if row.is_workday else off).update(row.days)
    return [
        Holiday(name, tuple(sorted(off)), tuple(sorted(work)))
        for name, (off, work) in days.items()
    ]


def _gaps(holidays: Sequence[Holiday], text: str, said: int | None, year: int) -> list[Doubt]:
    doubts: list[Doubt] = []
    if said is None:
        doubts.append(Doubt(DoubtKind.NO_YEAR, "", found=str(year)))
    named = " ".join(holiday.name for holiday in holidays).replace("五一", "劳动")
    named = named.replace("新年", "元旦")
    missing = [name for name in STATUTORY if name not in named]
    if missing:
        doubts.append(Doubt(DoubtKind.MISSING, "、".join(missing)))
    return doubts


def _contradictions(holidays: Sequence[Holiday]) -> list[Doubt]:
    off = {day for holiday in holidays for day in holiday.off}
    work = {day for holiday in holidays for day in holiday.work}
    doubts = [Doubt(DoubtKind.CONFLICT, f"{day.isoformat()}") for day in sorted(off & work)]
    doubts += [
        Doubt(DoubtKind.ODD_WORKDAY, day.isoformat())
        for day in sorted(work - off)
        if day.weekday() < 5
    ]
    return doubts
