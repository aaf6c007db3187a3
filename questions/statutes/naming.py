"""What a text without a title is called, and what to do where nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from questions import laws
from questions.statutes import block, marks, wordings
from questions.statutes.model import Article, Event

_EDITION: Final = re.compile(r"（(\d{4})年(?:第[一二三四五六七八九十]次)?(修[订正]|通过|公布)）$")
ADVICE: Final = (
    "看不出这部法的名称和版本，题目没有注明法律依据。请用 --title 给出名称和版本，"
    "例如 --title 中华人民共和国行政处罚法（2021年修订）。"
)


def name(given: str, articles: Sequence[Article]) -> tuple[str | None, tuple[Event, ...]]:
    """Title and making of a text that prints neither.

    Its wording tells them where the text is known; else `given`, the document's title, does
    where it names a law, and its version where that names a year: 行政处罚法（2021年修订）.
    """
    known = wordings.find(articles)
    if known is not None:
        return known.title, _made(known.title, str(known.made_on))
    given = marks.full_width(given)
    title = block.title([given])
    if title is None:
        return None, ()
    edition = _EDITION.search(given)
    law = laws.registry().find(title)
    full = law.title if law is not None else title
    return full, _made(full, edition[1]) if edition else ()


def version(title: str, articles: Sequence[Article]) -> tuple[Event, ...]:
    """How a text that prints its title and no event came about, where its wording is known."""
    known, law = wordings.find(articles), laws.registry().find(title)
    if known is None or law is None or law.title != known.title:
        return ()
    return _made(known.title, str(known.made_on))


def _made(title: str, day: str) -> tuple[Event, ...]:
    """How the text of that day, or year, came about; empty where the registry has none such."""
    law = laws.registry().find(title)
    for text in reversed(law.versions if law is not None else ()):
        if text.made_on is not None and str(text.made_on).startswith(day):
            return (Event(text.made_on, text.event.value, False, ""),)
    return ()


def advice(title: str | None, events: Sequence[Event]) -> str:
    """How to say which law a text is, where it can't be told; empty where it can."""
    return "" if title is not None and events else ADVICE
