"""Entries of the ledger as people type them: 12月4日 宪法讲座 120余人, 11-20 发放宣传册 2000份."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.reports.ledger.amounts import BEFORE, BEHIND, Amount

LONGEST: Final = 300  # characters that are read
LONGEST_TITLE: Final = 120
EARLIEST: Final = date(2000, 1, 1)
LARGEST: Final = 2**31 - 1  # what the column takes


class LedgerKind(StrEnum):
    """What was done."""

    LECTURE = "lecture"
    TRIAL = "trial"
    CAMPAIGN = "campaign"
    HANDOUT = "handout"
    OTHER = "other"


# The first that fits: a lecture at which handouts are given is told by what comes first here.
_KINDS: Final = (
    (LedgerKind.TRIAL, "庭审|旁听|观摩"),
    (LedgerKind.HANDOUT, "发放|派发|印发|赠送|赠阅|手册|折页|宣传册|宣传单|资料"),
    (LedgerKind.LECTURE, "讲座|培训|授课|宣讲|报告会|辅导|集中学习|专题学习"),
    (LedgerKind.CAMPAIGN, "宣传|普法|咨询|进社区|进企业|进校园|进农村|开放日|活动|竞赛|征文|展览"),
)
_NEAR: Final = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_WORDED: Final = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?(?!\d)"
)
_FULL: Final = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})[日号]?(?!\d)"
)
_BARE: Final = re.compile(r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
# 11.20 is a day only where a line begins with it: elsewhere it is a number.
_SHORT: Final = re.compile(r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[日号]?(?![\d.万千百亿余多])")
_UNITS: Final = (
    "人次|场次|家次|件次|人|场|次|份|册|本|件|套|篇|条|张|幅|块"
    "|个|户|项|期|家|部|页|盒|袋|支|枚|名|位"
)
_AMOUNT: Final = re.compile(
    rf"(?P<before>{'|'.join(BEFORE)})?\s*(?<![\d.第A-Za-z])"
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?\s*"
    rf"(?P<inner>[{''.join(BEHIND)}])?(?P<scale>[百千万亿])?(?P<after>[{''.join(BEHIND)}])?\s*"
    rf"(?P<unit>(?:{_UNITS})(?:\((?:{_UNITS})\))?|(?=\s*$))"
)
_SCALES: Final = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_EDGE: Final = " ,，.。;；:：、|/-—~\t"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was understood. `is_dated` is False where no day was typed and today is taken;
    `has_loose` where a number with decimals stays in the title, for it can't be added up.
    """

    held_on: date
    kind: LedgerKind
    title: str
    amount: Amount | None
    is_dated: bool = True
    has_loose: bool = False


class Unread(StrEnum):
    """Why a line was not understood."""

    EMPTY = "empty"
    NO_SUCH_DAY = "no_such_day"
    AHEAD = "ahead"  # the ledger is of what has been


def read_entry(said: str, today: date) -> Entry | Unread:
    """One typed line; without a year the latest such day that has come is meant."""
    line = _folded(said)
    try:
        found = _date(line, today)
    except ValueError:
        return Unread.NO_SUCH_DAY
    held_on, rest = found if found is not None else (today, line)
    if held_on > today:
        return Unread.AHEAD
    if held_on < EARLIEST:
        return Unread.NO_SUCH_DAY
    amount, title, has_loose = _split_amount(rest)
    kind = kind_of(title)
    title = title.strip(_EDGE)[:LONGEST_TITLE].strip(_EDGE)
    if not title:
        return Unread.EMPTY
    return Entry(held_on, kind, title, amount, found is not None, has_loose)


def _folded(said: str) -> str:
    """One line of plain characters: no control ones, which neither files nor databases take."""
    spaced = " ".join(unicodedata.normalize("NFKC", said[:LONGEST]).split())
    return "".join(char for char in spaced if unicodedata.category(char)[0] != "C")


def kind_of(title: str) -> LedgerKind:
    """What a title speaks of."""
    for kind, words in _KINDS:
        if re.search(words, title):
            return kind
    return LedgerKind.OTHER


def _date(line: str, today: date) -> tuple[date, str] | None:
    """The day of a line and what is left of it; raises ValueError for a 31st of June."""
    for word, back in _NEAR.items():
        if line.startswith(word):
            return today - timedelta(days=back), line.removeprefix(word)
    head = line.lstrip(_EDGE)
    match = _FULL.search(head) or _WORDED.search(head) or _BARE.match(head) or _SHORT.match(head)
    if match is None:
        return None
    rest = f"{head[: match.start()]} {head[match.end() :]}"
    year = match.groupdict().get("year")
    month, day = int(match["month"]), int(match["day"])
    if year:
        return date(int(year), month, day), rest
    return _latest(month, day, today), rest


def _latest(month: int, day: int, today: date) -> date:
    """The latest such day up to today; 29 February may be years ago."""
    for year in range(today.year, today.year - 8, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError


def _split_amount(rest: str) -> tuple[Amount | None, str, bool]:
    """The last amount of a line, the line without it, and whether it can't be taken as one."""
    matches = [match for match in _AMOUNT.finditer(rest) if _is_amount(match, rest)]
    if not matches:
        return None, rest, False
    match = matches[-1]
    amount = None if match["decimals"] else _amount(match)
    if amount is None:
        return None, rest, True
    return amount, f"{rest[: match.start()]} {rest[match.end() :]}".strip(), False


def _is_amount(match: re.Match[str], rest: str) -> bool:
    """A number without a unit is an amount only where it stands apart at the end."""
    return bool(match["unit"]) or rest[: match.start("number")].endswith((" ", ":", "、", ","))


def _amount(match: re.Match[str]) -> Amount | None:
    """As it was typed: 79万人次 stays 79 of 万人次; 1万余份 is 10000余份, which says the same."""
    number, unit = int(match["number"].replace(",", "")), match["unit"]
    scale, qualifier = match["scale"], match["inner"] or match["before"] or ""
    if match["after"]:
        number *= _SCALES.get(scale or "", 1)
        qualifier = match["after"]
    elif scale:
        unit = scale + unit
    is_doubled = bool(match["before"]) and bool(match["inner"] or match["after"])
    if number > LARGEST or is_doubled:
        return None  # 约120余人 can't be said with one word: it stays in the title
    return Amount(number, unit, qualifier)
