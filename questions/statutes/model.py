"""The parts of a law: events of its title block, articles, paragraphs and items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from questions.documents import Document


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of a law without blanks, in full-width marks; `at[i]` is its place in `plain`."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the document's `plain`."""
        return self.at[start], self.at[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Event:
    """通过, 公布, 修订 …: one dated line of the title block."""

    day: date
    verb: str  # 通过 批准 公布 发布 修正 修订 施行
    names_decision: bool  # 《…的决定》: some articles changed, the printed 施行 date is older
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """项: （一）…, with its 目 where it has any."""

    number: int
    passage: Passage
    parts: tuple[Passage, ...] = ()
    is_digit: bool = False  # 1. instead of （一）


@dataclass(frozen=True, slots=True)
class Paragraph:
    """款, the items it opens included; `is_sure` is False where line breaks were lost."""

    passage: Passage
    items: tuple[Item, ...] = ()
    is_sure: bool = True

    @property
    def opens_items(self) -> bool:
        """Whether the paragraph is the stem of a list."""
        return bool(self.items)


@dataclass(frozen=True, slots=True)
class Article:
    """条: `label` as the law prints it in Chinese numerals, `headings` from 编 to 节."""

    number: int
    branch: int  # 之一, 之二 …; 0 for the article itself
    label: str
    caption: str
    headings: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]

    def place(self, paragraph: int | None = None, item: int | None = None) -> str:
        """第六十四条第一项, 第十二条第二款: 款 only where the article has more than one."""
        from questions.statutes.marks import numeral

        place = self.label
        many = len(self.paragraphs) > 1
        if paragraph is not None and many and self.paragraphs[paragraph].is_sure:
            place += f"第{numeral(paragraph + 1)}款"
        if item is not None:
            place += f"第{numeral(item)}项"
        return place


@dataclass(frozen=True, slots=True)
class Statute:
    """A law as parsed; `title` is None where the text names none."""

    document: Document
    title: str | None
    events: tuple[Event, ...]
    articles: tuple[Article, ...]
    warnings: tuple[str, ...] = ()
