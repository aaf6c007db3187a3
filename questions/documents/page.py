"""Web pages: what a reader sees of them, one paragraph a line, and what they say of themselves.

The text of a page is what its tags leave to be read: inline tags and entities dissolve, every
block and <br> begins a line, blanks collapse as in a browser, a row of a data table is one line
of its cells. It depends on nothing but the page, so offsets into it stay good.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from questions.documents.reading import Reading, conceal, levels

_PAGE: Final = re.compile(
    r"\A[\s\ufeff]*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*){0,4}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCKS: Final = re.compile(
    "p|div|br|h[1-6r]|li|[uo]l|d[ltd]|table|t(?:body|head|r|d|h)|section|article|main|header|"
    "body|html|head|form|pre|blockquote|center|fig(?:ure|caption)|caption"
)
_HIDDEN: Final = re.compile(
    "script|style|noscript|nav|footer|aside|button|select|svg|textarea|template|iframe|object|title"
)
_VOID: Final = re.compile("[bh]r|img|input|link|meta|base|area|col|embed|source|track|wbr|param")
_HEADING: Final = re.compile("h[1-6]")
_UNSEEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STOP: Final = "\x00"  # where a tag stood in a hidden element
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
# A line feed between two wide characters is none (CSS Text 3, segment breaks).
_WRAP: Final = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_SENTENCE: Final = re.compile("[。！？；]")
_LABEL: Final = re.compile(r"[\s:：\[\]【】]+")
_TITLED: Final = frozenset({"名称", "标题", "信息名称", "文件名称"})
_SOURCED: Final = frozenset(
    {"发布机构", "发文机关", "发布单位", "发文单位", "来源", "信息来源", "公开主体", "制发机关"}
)
_SITE: Final = re.compile("(?:政府)?(?:门户|官方|政务)?网站?$|网$")


def is_page(text: str) -> bool:
    """Whether a text is a whole page and no prose with tags left in it."""
    return _PAGE.match(text) is not None


def read(text: str) -> Reading:
    """The text of a page, its data tables out of sight, with the names it gives itself."""
    page = _Page()
    page.feed(text)
    page.close()
    page.finish()
    shown = "\n".join(page.lines)
    visible, offsets = conceal(shown, page.hidden)
    seen = {place: at for at, place in enumerate(offsets)} if page.headings else {}
    marked = [(seen[place], depth) for place, depth in page.headings if place in seen]
    told = page.told
    titles = (*told.articles, *told.headlines, *told.names)
    sources = (*told.sources, *(_SITE.sub("", site) for site in told.sites))
    return Reading(shown, visible, offsets, levels(visible, marked), titles, sources)


@dataclass(slots=True)
class _Told:
    """What a page says of itself, the surest first."""

    articles: list[str] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)

    def hear(self, name: str, content: str) -> None:
        """Take in one <meta>; names as government sites are told to use them."""
        content = " ".join(content.split())
        if not content:
            return
        if name in ("articletitle", "og:title"):
            self.articles.append(content)
        elif name in ("contentsource", "source"):
            self.sources.append(content)
        elif name == "sitename":
            self.sites.append(content)

    def hear_row(self, cells: list[str]) -> None:
        """Take in the labels and values of a table of particulars."""
        for label, value in (*itertools.pairwise(cells), *map(_halves, cells)):
            name = _LABEL.sub("", label)
            if name in _SOURCED:
                self.sources.append(value.strip())
            elif name in _TITLED:
                self.articles.append(value.strip())


def _halves(cell: str) -> tuple[str, str]:
    label, _, value = cell.replace(":", "：").partition("：")
    return label, value


class _Page(HTMLParser):
    """Listens to a page and keeps its lines; unclosed and crossed tags do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.hidden: list[tuple[int, int]] = []  # rows of data
        self.headings: list[tuple[int, int]] = []
        self.told = _Told()
        self._size = 0
        self._pieces: list[str] = []
        self._level: int | None = None
        self._rows: list[list[list[str]]] = []  # open rows: cells: lines
        self._skipped = ""  # the hidden element that is open
        self._depth = 0
        self._aside: list[str] = []  # what it holds, given back where it never ends

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._depth += tag == self._skipped
            self._aside.append(_STOP)
            return
        told = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = told.get("name") or told.get("property", "")
            self.told.hear(name.lower(), told.get("content", ""))
        unseen = not _VOID.fullmatch(tag) and _UNSEEN.search(told.get("style", ""))
        if (_HIDDEN.fullmatch(tag) or unseen) and tag not in ("html", "body"):
            self._skipped, self._depth = tag, 1
            return
        if not _BLOCKS.fullmatch(tag) or (tag == "br" and self._is_within()):
            return
        self._break()
        if tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append([])
        elif _HEADING.fullmatch(tag):
            self._level = int(tag[1:])

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            if self._depth == 0:
                if tag == "title":
                    self.told.names.append(
                        " ".join("".join(self._aside).replace(_STOP, "").split())
                    )
                self._skipped, self._aside = "", []
            return
        if not _BLOCKS.fullmatch(tag) or tag == "br":
            return
        self._break()
        if tag == "tr" and self._rows:
            self._close_row(self._rows.pop())
        elif _HEADING.fullmatch(tag):
            self._level = None

    def handle_data(self, data: str) -> None:
        if self._skipped:
            self._aside.append(data)
        else:
            self._pieces.append(data)

    def finish(self) -> None:
        """Write what is still open."""
        if self._skipped not in ("", "script", "style"):
            for text in "".join(self._aside).split(_STOP):
                self._pieces.append(text)
                self._break()
        self._break()
        while self._rows:
            self._close_row(self._rows.pop())

    def _is_within(self) -> bool:
        """Whether the text stops amid a sentence, so that a <br> only wraps it."""
        return "".join(self._pieces[-3:]).rstrip().endswith(("，", "、", ","))

    def _break(self) -> None:
        text = _BLANKS.sub(" ", _WRAP.sub("", "".join(self._pieces))).strip(" ")
        self._pieces = []
        if not text.strip():
            return
        is_heading = self._level is not None and not _SENTENCE.search(text[:-1])
        if is_heading and self._level == 1:
            self.told.headlines.append(text)
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(text)
            return
        if is_heading and self._level is not None:
            self.headings.append((self._size + len(text) - len(text.lstrip()), self._level))
        self._write(text)

    def _close_row(self, cells: list[list[str]]) -> None:
        """A row with sentences, or of one cell, lays out a page; any other holds data."""
        filled = [cell for cell in cells if cell]
        texts = [text for cell in filled for text in cell]
        is_data = len(filled) > 1 and not any(map(_SENTENCE.search, texts))
        if is_data:
            self.told.hear_row([" ".join(cell) for cell in filled])
            texts = ["\t".join(" ".join(cell) for cell in filled)]
        if self._rows and self._rows[-1]:  # a table inside a cell
            self._rows[-1][-1].extend(texts)
            return
        for text in texts:
            self._write(text)

    def _write(self, line: str) -> None:
        if "\t" in line:
            self.hidden.append((self._size, self._size + len(line)))
        self.lines.append(line)
        self._size += len(line) + 1
