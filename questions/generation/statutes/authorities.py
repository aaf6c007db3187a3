"""Which of a law's authorities one may take for another: those near by, or of the same matter."""

from __future__ import annotations

from typing import Final

from questions.facts.norms import Norm
from questions.generation.statutes.law import Source
from questions.generation.statutes.likeness import grams
from questions.statutes import Article

MATTER: Final = 5  # three-character words of its own a rule shares with an article on its matter
_WIDE: Final = ("总则", "责任", "附则")  # chapters about everything


def trade(name: str) -> str:
    """生态环境 of 生态环境主管部门."""
    return name.removesuffix("主管部门").removesuffix("监督管理部门").removesuffix("行政部门")


def is_near(name: str, norm: Norm, law: Source) -> bool:
    """Whether an authority acts in a rule's chapter, or anywhere in its matter."""
    mine = grams(norm.text, 3) - law.usual
    return any(
        _is_kin(article, norm.article) or len(mine & grams(text_of(article), 3)) >= MATTER
        for article in law.statute.articles
        if trade(name) in text_of(article)
    )


def text_of(article: Article) -> str:
    """An article's words, items included."""
    return "".join(
        p.passage.text + "".join(i.passage.text for i in p.items) for p in article.paragraphs
    )


def _is_kin(one: Article, other: Article) -> bool:
    """Whether two articles are one, or stand in one chapter on one matter."""
    if one is other:
        return True
    heading = other.headings[-1] if other.headings else ""
    return (
        bool(heading)
        and one.headings == other.headings
        and not any(wide in heading for wide in _WIDE)
    )
