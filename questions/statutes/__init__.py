"""Law texts as laws are built: title block, chapters, 条, 款, 项, each with its place in the file.

`recognise` is the door: a Statute for the full text of a law, None for any other document.
"""

from __future__ import annotations

from questions.statutes.currency import basis_days, display_title, short_title
from questions.statutes.model import Article, Event, Item, Paragraph, Passage, Statute
from questions.statutes.naming import advice
from questions.statutes.parser import recognise

__all__ = [
    "Article",
    "Event",
    "Item",
    "Paragraph",
    "Passage",
    "Statute",
    "advice",
    "basis_days",
    "display_title",
    "recognise",
    "short_title",
]
