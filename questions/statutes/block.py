"""The title block of a law: its name and its dated events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from questions.statutes import marks
from questions.statutes.model import Event

_VERBS: Final = re.compile("通过|批准|公布|发布|印发|修正|修订|施行|实施|生效")
_SAME: Final = {"实施": "施行", "生效": "施行", "印发": "公布"}
_DATED: Final = re.compile(r"(?:根据|自)?(\d{4})年(\d{1,2})月(\d{1,2})日")
_TITLE: Final = re.compile(
    r"[《]?([一-鿿、〈〉《》“”·（）]{2,60}?(?:法|条例|规定|办法|规则|细则|法典|决定|修正案|章程|规程)"
    r"(?:（(?:试行|暂行|草案|[一二三四五六七八九十]{1,3}|"
    r"\d{4}年?(?:第[一二三四五六七八九十]次)?(?:修[正订]|通过|公布)(?:本|版)?)）)?)[》]?$"
)
_LABELLED: Final = re.compile(r"^[（(]|^20\d\d|^1\d{3}年|^目录|^第|^根据")
_DECISION: Final = re.compile(r"《[^》]*决定》")
_AMENDING: Final = re.compile(r"(?:关于(?:修改|修订|废止)[^《]*.*决定|修正案(?:（.*）)?)$")
_YEAR: Final = re.compile(
    r"（\d{4}年?(?:第[一二三四五六七八九十]次)?(?:修[正订]|通过|公布)(?:本|版)?）$"
)


def title(lines: Sequence[str]) -> str | None:
    """The law's name: the first line above the articles that is one, or two lines joined."""
    for at, line in enumerate(lines):
        if _LABELLED.match(line):
            continue
        for text in (line, "".join(lines[at : at + 2])):
            named = _TITLE.fullmatch(text)
            if named and not _VERBS.search(text[-2:]):
                return _YEAR.sub("", named[1])
    return None


def is_amendment(lines: Sequence[str]) -> bool:
    """Whether the title is that of a 决定 to change other laws, or of a 修正案."""
    name = title(lines)
    return name is not None and bool(_AMENDING.search(name))


def events(lines: Sequence[str]) -> tuple[Event, ...]:
    """The dated events of the block, in printed order."""
    return tuple(event for line in lines for event in _events(line))


def _events(line: str) -> Iterator[Event]:
    dates = list(_DATED.finditer(line))
    for at, day in enumerate(dates):
        end = dates[at + 1].start() if at + 1 < len(dates) else len(line)
        text = line[day.start() : end].strip("，；（） ").removesuffix("现予公布").rstrip("，")
        verbs = _VERBS.findall(re.sub("《[^》]*》", "", text))
        when = calendar_day(day[1], day[2], day[3])
        if verbs and when is not None:
            verb = _SAME.get(verbs[-1], verbs[-1])
            yield Event(when, verb, bool(_DECISION.search(text)), text)


def calendar_day(year: str, month: str, day: str) -> date | None:
    """A printed date, None where no calendar has it."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def last_day(text: str) -> tuple[date | None, bool]:
    """The day of 自…起施行 in an article, and whether it is 自公布之日."""
    found = marks.LAST.search(text)
    if found is None:
        return None, False
    if found[4]:
        return None, True
    return calendar_day(found[1], found[2], found[3]), False
