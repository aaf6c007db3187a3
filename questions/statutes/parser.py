"""Lines become a tree; succession of numbers decides what is an article, what is text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from questions.documents import Document
from questions.errors import DocumentError
from questions.statutes import block, lines, marks, naming
from questions.statutes.lines import Line
from questions.statutes.model import Article, Item, Paragraph, Passage, Statute

FEWEST: Final = 3  # articles that make a text a law
JUMP: Final = 5  # articles a text may miss in a row
LONGEST_BLOCK: Final = 1500  # characters a title block may take
SHARE: Final = 0.6  # of a law's text that stands in its articles
_GOES_ON: Final = re.compile("法律[、，另]|但是?，|[^。]{2,24}另有(?:规定|约定)|其中")
_INLINE: Final = (
    (re.compile("：（一）"), marks.INLINE_ITEM, marks.ITEM),
    (re.compile(r"：1[.．、]"), re.compile(r"(?<=[：；])(?=\d{1,2}[.．、])"), marks.PART),
)
_APPENDIX: Final = re.compile(r"附[件表录图][一二三四五六七八九十\d]{0,3}(?:[：:（《].{0,60})?$")
_POINT: Final = re.compile(r"[一二三四五六七八九十]+、.{0,12}(?:第.{1,8}条|修改|删去|增加|删除)")
_AMENDMENT: Final = (
    "这是修改法律的决定或修正案，不是法律全文，不能直接出题。请上传修改后的法律全文。"
)


@dataclass(slots=True)
class _Open:
    """The article being read."""

    number: int
    branch: int
    headings: tuple[str, ...]
    caption: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)


def recognise(document: Document) -> Statute | None:
    """The law a document is the full text of, None for other documents.

    Raises DocumentError for a 决定 or 修正案, which only quotes articles of other laws.
    """
    found = _without_appendix(lines.of(document.plain))
    if not any(line.text.startswith("第") for line in found) and not _amends(found):
        return None
    if _amends(found):
        raise DocumentError(_AMENDMENT)
    reader = _Reader()
    for line in found:
        reader.take(line)
    articles = reader.close()
    title = block.title(reader.preamble)
    events = block.events(reader.preamble)
    apart = sum(map(len, reader.preamble)) if title or events else 0
    if not _is_law(articles, found, min(apart, LONGEST_BLOCK)):
        return None
    if title is None:
        title, made = naming.name(document.title, articles)
        events = events or made
    elif not events:
        events = naming.version(title, articles)
    return Statute(document, title, events, articles, tuple(reader.warnings))


def _without_appendix(found: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines up to 附件 or 附表 behind the last article."""
    last = max(
        (at for at, line in enumerate(found) if marks.ARTICLE.match(line.text)), default=len(found)
    )
    ends = (at for at in range(last + 1, len(found)) if _APPENDIX.match(found[at].text))
    return found[: next(ends, len(found))]


def _amends(found: tuple[Line, ...]) -> bool:
    head = [line.text for line in found[:12]]
    points = sum(bool(_POINT.match(line.text)) for line in found)
    return block.is_amendment(head) and (points >= 1 or len(found) < 400)


def _is_law(articles: tuple[Article, ...], found: tuple[Line, ...], apart: int) -> bool:
    inside = sum(_size(article) for article in articles)
    return len(articles) >= FEWEST and inside >= SHARE * (
        sum(len(line.text) for line in found) - apart
    )


def _size(article: Article) -> int:
    return len(article.label) + sum(
        len(paragraph.passage.text) + sum(len(item.passage.text) for item in paragraph.items)
        for paragraph in article.paragraphs
    )


class _Reader:
    """Takes lines one by one and builds articles."""

    def __init__(self) -> None:
        self.preamble: list[str] = []
        self.warnings: list[str] = []
        self._articles: list[Article] = []
        self._open: _Open | None = None
        self._heads: dict[int, str] = {}
        self._waiting: dict[int, str] = {}
        self._head: int | None = None  # rank of a heading whose name is still to come
        self._previous: Line | None = None

    def take(self, line: Line) -> None:
        """Read the next line."""
        if self._is_heading(line) or self._names_heading(line):
            self._previous = line
            return
        article = self._article(line)
        if article is not None:
            self._start(*article, line)
        elif self._open is None:
            self.preamble.append(line.text)
        else:
            self._feed(line.passage, line)
        self._previous = line

    def close(self) -> tuple[Article, ...]:
        """All articles read."""
        self._shut()
        return tuple(self._articles)

    def _is_heading(self, line: Line) -> bool:
        head = marks.HEAD.match(line.text)
        plain = None if head else marks.PLAIN_HEAD.match(line.text)
        if (head is None and plain is None) or self._continues(line):
            return False
        rank = marks.RANKS[head[2]] if head else marks.RANKS["章"]
        name = head[4].strip() if head else ""
        text = line.text[: len(line.text) - len(head[4])] + " " + name if head else line.text
        self._waiting = {r: t for r, t in self._waiting.items() if r < rank}
        self._waiting[rank] = text.strip()
        self._head = rank if head and not name else None
        return True

    def _names_heading(self, line: Line) -> bool:
        """第一章 on a line of its own: the next line is its name."""
        rank, self._head = self._head, None
        if rank is None or len(line.text) > 24 or line.text[-1] in marks.TERMINAL:
            return False
        if marks.ARTICLE.match(line.text):
            return False
        self._waiting[rank] += " " + line.text
        return True

    def _article(self, line: Line) -> tuple[int, int, int] | None:
        """Number, branch and length of the mark where the line opens the next article."""
        mark = marks.ARTICLE.match(line.text)
        if mark is None:
            return None
        number = marks.ordinal(mark[1])
        branch = (marks.ordinal(mark[2]) or 0) if mark[2] else 0
        if number is None:
            return None
        if mark["strict"] is None and (self._continues(line) or not self._is_next(number, branch)):
            return None
        if not self._follows(number, branch, line):
            return None
        return number, branch, mark.end()

    def _is_next(self, number: int, branch: int) -> bool:
        last = self._open
        if last is None:
            return number == 1
        if branch:
            return number == last.number and branch == last.branch + 1
        return number == last.number + 1

    def _follows(self, number: int, branch: int, line: Line) -> bool:
        last = self._open
        if last is None or self._is_next(number, branch):
            return not (
                last and self._continues(line) and line.is_full and number != last.number + 1
            )
        if number == 1 and not branch and not any(self._is_text(one) for one in self._articles):
            self._articles, self._open = [], None  # a table of contents that lists articles
            return True
        if not branch and last.number < number <= last.number + JUMP and not self._continues(line):
            self.warnings.append(
                f"{marks.label(last.number, 0)}之后直接是{marks.label(number, 0)}"
            )
            return True
        return False

    @staticmethod
    def _is_text(article: Article) -> bool:
        return any(paragraph.passage.text[-1:] in "。：" for paragraph in article.paragraphs)

    def _continues(self, line: Line) -> bool:
        """Whether the line before was cut in mid-sentence."""
        before = self._previous
        if before is None or self._open is None or marks.HEAD.match(before.text):
            return False
        return before.text[-1] not in marks.TERMINAL and not line.is_split

    def _start(self, number: int, branch: int, length: int, line: Line) -> None:
        self._shut()
        self._heads = {
            rank: text
            for rank, text in self._heads.items()
            if not self._waiting or rank < min(self._waiting)
        } | self._waiting
        self._waiting = {}
        headings = tuple(self._heads[rank] for rank in sorted(self._heads))
        self._open = _Open(number, branch, headings)
        rest = lines.cut(line.passage, length)
        caption = marks.CAPTION.match(rest.text)
        if caption and (len(caption.group()) < len(rest.text) or not rest.text.endswith("。")):
            self._open.caption = caption[1]
            rest = lines.cut(rest, caption.end())
        self._open.paragraphs.append(Paragraph(Passage("", ()), is_sure=not line.is_split))
        if rest.text:
            self._feed(rest, line)

    def _shut(self) -> None:
        if self._open is not None:
            one = self._open
            kept = tuple(p for p in one.paragraphs if p.passage.text)
            label = marks.label(one.number, one.branch)
            self._articles.append(
                Article(one.number, one.branch, label, one.caption, one.headings, kept)
            )
        self._open = None

    def _feed(self, passage: Passage, line: Line) -> None:
        """Text of the open article: 项, 目, a further 款, or the rest of a broken line."""
        for piece in _inline(passage):
            self._place(piece, line)

    def _place(self, passage: Passage, line: Line) -> None:
        if self._open is None:
            return
        paragraphs = self._open.paragraphs
        last = paragraphs[-1]
        item = marks.ITEM.match(passage.text)
        number = marks.ordinal(item[1]) if item else None
        if number is not None and _resumes(paragraphs, number):
            broken = paragraphs.pop()  # a second paragraph of the item before
            last = paragraphs[-1] = _extended(paragraphs[-1], broken.passage, False)
        ends = _last_text(last)[-1:]
        if item and number is not None and _is_successor(last, number, ends):
            new = Item(number, lines.cut(passage, item.end()))
            paragraphs[-1] = Paragraph(last.passage, (*last.items, new), last.is_sure)
        elif (digit := _digit(last, passage.text, ends)) is not None:
            new = Item(digit[0], lines.cut(passage, digit[1]), (), is_digit=True)
            paragraphs[-1] = Paragraph(last.passage, (*last.items, new), last.is_sure)
        elif last.items and _is_part(last.items[-1], passage.text):
            tail = last.items[-1]
            part = replace(tail, parts=(*tail.parts, passage))
            paragraphs[-1] = Paragraph(last.passage, (*last.items[:-1], part), last.is_sure)
        elif not ends or ends not in marks.TERMINAL or self._joins(line):
            sure = last.is_sure and not (ends and ends in marks.TERMINAL)
            paragraphs[-1] = _extended(last, passage, sure)
        else:
            paragraphs.append(Paragraph(passage, is_sure=last.is_sure or not line.is_split))

    def _joins(self, line: Line) -> bool:
        """After a full line of a hard-wrapped text a stop may stand at its end by chance."""
        before = self._previous
        if before is None or not before.is_full or line.after_blank:
            return False
        return before.text[-1] not in "。：" or bool(_GOES_ON.match(line.text))


def _inline(passage: Passage) -> list[Passage]:
    """A paragraph cut before items that stand on its own line."""
    for opening, cut, mark in _INLINE:
        if opening.search(passage.text):
            return _cut_items(passage, cut, mark)
    return [passage]


def _cut_items(passage: Passage, cut: re.Pattern[str], mark: re.Pattern[str]) -> list[Passage]:
    edges = [0]
    for place in cut.finditer(passage.text):
        item = mark.match(passage.text, place.start())
        number = marks.ordinal(next(filter(None, item.groups()))) if item else None
        if number == len(edges):
            edges.append(place.start())
    ends = [*edges[1:], len(passage.text)]
    pieces = [lines.cut(passage, a, b) for a, b in zip(edges, ends, strict=True)]
    tail = pieces[-1].text.find("。")
    if 0 <= tail < len(pieces[-1].text) - 1:
        last = pieces.pop()
        pieces += [lines.cut(last, 0, tail + 1), lines.cut(last, tail + 1)]
    return pieces


def _last_text(paragraph: Paragraph) -> str:
    if not paragraph.items:
        return paragraph.passage.text
    item = paragraph.items[-1]
    return item.parts[-1].text if item.parts else item.passage.text


def _resumes(paragraphs: list[Paragraph], number: int) -> bool:
    """Whether an item goes on with the list before the last paragraph."""
    if len(paragraphs) < 2 or paragraphs[-1].items or number == 1:
        return False
    items = paragraphs[-2].items
    return bool(items) and number == items[-1].number + 1


def _is_successor(paragraph: Paragraph, number: int, ends: str) -> bool:
    if paragraph.items:
        return number == paragraph.items[-1].number + 1
    return number == 1 and ends in ("：", "；", "。")


def _digit(paragraph: Paragraph, text: str, ends: str) -> tuple[int, int] | None:
    """Number and length of a mark like 1. where a list is numbered so."""
    mark = marks.PART.match(text)
    if mark is None or (paragraph.items and not paragraph.items[-1].is_digit):
        return None
    number = int(mark[1] or mark[2])
    expected = paragraph.items[-1].number + 1 if paragraph.items else 1
    if number != expected or (number == 1 and ends != "："):
        return None
    return number, mark.end()


def _is_part(item: Item, text: str) -> bool:
    part = marks.PART.match(text)
    return part is not None and int(part[1] or part[2]) == len(item.parts) + 1


def _extended(paragraph: Paragraph, passage: Passage, is_sure: bool) -> Paragraph:
    if not paragraph.items:
        return Paragraph(lines.join(paragraph.passage, passage), (), is_sure)
    item = paragraph.items[-1]
    if item.parts:
        parts = (*item.parts[:-1], lines.join(item.parts[-1], passage))
        item = replace(item, parts=parts)
    else:
        item = replace(item, passage=lines.join(item.passage, passage))
    return Paragraph(paragraph.passage, (*paragraph.items[:-1], item), is_sure)
