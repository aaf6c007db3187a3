"""What became of a document that was asked; light to load, since it travels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentStats:
    """What became of one document: facts found, questions asked, candidates dropped by code.

    `advice` says how to help where a law's name or version, or whose a report is, can't be told.
    """

    title: str
    sentences: int
    found: dict[str, int]
    asked: dict[str, int]
    dropped: dict[str, int]
    by_section: dict[str, int]
    advice: str = ""
