"""The table of laws: one row a law, columns in any order, named in English or in Chinese.

Only what a published text prints belongs into a row; an unknown day stays empty. Of a text
amended by a decision (修正, or 修订 by a 《…决定》) the last article prints the day of the
original law, which is not the day of the current text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from questions.laws import names
from questions.laws.law import Event, Law, Rank, versions

COLUMNS: Final = {
    "title": "标题",
    "aliases": "简称",
    "rank": "效力位阶",
    "adopted": "通过日期",
    "published": "公布日期",
    "amended": "修改沿革",
    "in_force_from": "现行文本施行日期",
    "in_force_to": "失效前最后一日",
    "replaced_by": "替代法规",
    "articles": "条数",
    "source": "来源",
}
REQUIRED: Final = ("title", "rank", "source")
_RANKS: Final = frozenset(Rank)
LARGEST_BYTES: Final = 4 << 20
LARGEST_ROWS: Final = 20_000
_LONGEST_TITLE: Final = 120
_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_EVENT: Final = re.compile(r"(\S+?)\s*(修正|修订|修改)")
_PARTS: Final = re.compile(r"[;；]")


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with one line of the file, told in Chinese."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.message}"


class _Wrong(ValueError):
    """A cell that can't be taken as it is."""


def read_rows(data: bytes) -> tuple[tuple[Law, ...], tuple[Issue, ...]]:
    """The laws of a CSV file (UTF-8 or GBK), and what is wrong with its other rows."""
    text = _text(data)
    if text is None:
        return (), (Issue(1, "文件太大，或者不是 UTF-8、GBK 编码的 CSV 文件。"),)
    reader = csv.reader(io.StringIO(text, newline=""))
    laws: list[Law] = []
    issues: list[Issue] = []
    taken: dict[str, int] = {}
    try:
        heads = [_column(head) for head in next(reader, [])]
        if missing := [COLUMNS[name] for name in REQUIRED if name not in heads]:
            return (), (Issue(1, f"缺少列：{'、'.join(missing)}。"),)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            try:
                law = _law(_row(heads, cells))
                _enter(law, taken, reader.line_num)
            except _Wrong as wrong:
                issues.append(Issue(reader.line_num, str(wrong)))
                continue
            laws.append(law)
            if len(laws) > LARGEST_ROWS:
                return (), (Issue(reader.line_num, f"超过 {LARGEST_ROWS} 行，请拆开。"),)
    except csv.Error as error:
        issues.append(Issue(reader.line_num, f"不是正确的 CSV（{error}）。"))
    return tuple(laws), tuple(issues)


def is_law_table(data: bytes) -> bool:
    """Whether a file is a table of laws, told by its first row alone."""
    text = _text(data)
    if text is None:
        return False
    try:
        heads = {_column(head) for head in next(csv.reader(io.StringIO(text, newline="")), [])}
    except csv.Error:
        return False
    return heads.issuperset(REQUIRED)


def row_of(law: Law) -> dict[str, str]:
    """The cells of a law, by column; `read_rows` makes the same law of them."""
    first = law.versions[0]
    has_origin = first.event in (Event.ADOPTED, Event.PUBLISHED)
    made = first.made_on.isoformat() if first.made_on else ""
    amended = law.versions[1:] if has_origin else law.versions
    return {
        "title": law.title,
        "aliases": "; ".join(law.aliases),
        "rank": law.rank.value,
        "adopted": made if first.event is Event.ADOPTED else "",
        "published": made if first.event is Event.PUBLISHED else "",
        "amended": "; ".join(f"{text.made_on} {text.event}" for text in amended),
        "in_force_from": law.in_force_from.isoformat() if law.in_force_from else "",
        "in_force_to": law.in_force_to.isoformat() if law.in_force_to else "",
        "replaced_by": law.replaced_by or "",
        "articles": str(law.articles or ""),
        "source": law.source,
    }


def write_rows(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as a CSV file with Chinese heads, with the mark by which Excel knows UTF-8."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(COLUMNS.values())
    writer.writerows([row.get(name, "") for name in COLUMNS] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _text(data: bytes) -> str | None:
    if len(data) > LARGEST_BYTES or b"\x00" in data:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _column(head: str) -> str:
    head = head.strip()
    return next((name for name, chinese in COLUMNS.items() if chinese == head), head.lower())


def _row(heads: list[str], cells: list[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(heads) :]):
        raise _Wrong("比表头多出几列；内容里有逗号的，请用英文双引号括起来。")
    row = dict.fromkeys(COLUMNS, "")
    return row | dict(zip(heads, (cell.strip() for cell in cells), strict=False))


def _law(row: dict[str, str]) -> Law:
    title = row["title"].strip("《》")
    if not 2 <= len(title) <= _LONGEST_TITLE:
        raise _Wrong(f"标题应为 2 到 {_LONGEST_TITLE} 个字。")
    if row["rank"] not in _RANKS:
        raise _Wrong(f"效力位阶“{row['rank']}”不认识，应为{'、'.join(Rank)}之一。")
    if not row["source"]:
        raise _Wrong("没有写来源。")
    begins, ends = (_day(row, name) for name in ("in_force_from", "in_force_to"))
    events = tuple(_events(row))
    _check_order([day for day, _ in events], begins, ends)
    successor = row["replaced_by"].strip("《》") or None
    if successor and names.key(successor) == names.key(title):
        raise _Wrong("替代法规不能是它自己。")
    return Law(
        title,
        tuple(filter(None, (part.strip("《》 ") for part in _PARTS.split(row["aliases"])))),
        Rank(row["rank"]),
        versions(events, begins, ends),
        begins,
        ends,
        successor,
        _count(row["articles"]),
        row["source"],
    )


def _events(row: dict[str, str]) -> Iterator[tuple[date, Event]]:
    """What made each text: adoption (or else publication), then every amendment."""
    adopted, published = _day(row, "adopted"), _day(row, "published")
    if adopted and published and published < adopted:
        raise _Wrong("公布日期早于通过日期。")
    if made := adopted or published:
        yield made, Event.ADOPTED if adopted else Event.PUBLISHED
    for part in filter(None, (part.strip() for part in _PARTS.split(row["amended"]))):
        match = _EVENT.fullmatch(part)
        if match is None:
            raise _Wrong(f"修改沿革“{part}”应写成“2021-01-22 修订”，多次用分号隔开。")
        yield _as_day(match[1], "修改沿革"), Event(match[2])


def _check_order(made: list[date], begins: date | None, ends: date | None) -> None:
    if made != sorted(set(made)):
        raise _Wrong("修改沿革没有按先后排列，或有重复、早于通过。")
    if begins and made and begins < made[-1]:
        raise _Wrong(
            "现行文本施行日期早于最后一次修改：修正后的文本末条仍印着原来的日期，请核对或留空。"
        )
    if begins and ends and ends < begins:
        raise _Wrong("失效日期早于施行日期。")


def _day(row: dict[str, str], name: str) -> date | None:
    return _as_day(row[name], COLUMNS[name]) if row[name] else None


def _as_day(cell: str, column: str) -> date:
    match = _DAY.fullmatch(cell)
    try:
        if match is not None:
            return date(*map(int, match.groups()))
    except ValueError:
        pass
    raise _Wrong(f"{column}“{cell}”不是日期，应写成 2021-07-15。")


def _count(cell: str) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"[1-9]\d{0,3}", cell):
        raise _Wrong(f"条数“{cell}”不是数目。")
    return int(cell)


def _enter(law: Law, taken: dict[str, int], line: int) -> None:
    """Keep names unique within a file."""
    keys = {names.key(name): name for name in (law.title, *law.aliases)}
    for key, name in keys.items():
        if key in taken:
            raise _Wrong(f"“{name}”在第{taken[key]}行已经用过。")
    taken.update(dict.fromkeys(keys, line))
