"""A question as those who keep banks see it: key marked, source, basis, what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.texts import Markup, text
from questions.models import Basis, Kind, Question
from storage.repositories.questions import QuestionRow

LETTERS = "ABCDEFGHIJKL"


def kind_name(kind: Kind) -> Markup:
    """单选, 多选, 判断, 填空."""
    return text(f"card.kind_{kind}")


def head(row: QuestionRow) -> Markup:
    """Kind, status and version."""
    status = text(f"card.status_{row.status}")
    name = kind_name(row.question.kind)
    return text("card.head", kind=name, status=status, version=row.version)


def body(question: Question, title: str | None = None) -> Markup:
    """Stem, options with the key marked, explanation, source, basis and tags, line by line.

    `title` is the cited document's, where it is to be shown.
    """
    lines = [*_asked(question), "", *_behind(question, title)]
    return Markup("\n".join(lines).strip())


def short(question: Question, size: int = 40) -> str:
    """The stem's beginning, for lists and buttons; not escaped."""
    stem = " ".join(question.stem.split())
    return stem if len(stem) <= size else stem[: size - 1] + "…"


def findings(codes: Iterable[str]) -> list[Markup]:
    """What the checks found, in words."""
    return [text(f"card.finding_{code}") for code in codes]


def alert(row: QuestionRow) -> Markup | None:
    """Why its owners should look at it."""
    if row.alert is None:
        return None
    return text(f"card.alert_{row.alert}", detail=row.alert_detail or "")


def _asked(question: Question) -> Iterator[Markup]:
    yield text("card.stem", stem=question.stem)
    if question.kind is Kind.BLANK:
        yield text("card.answers", answers=" 或 ".join(question.answers))
        return
    for index, option in enumerate(question.options):
        name = "option_key" if index in question.key else "option"
        yield text(f"card.{name}", letter=LETTERS[index], text=option)


def _behind(question: Question, title: str | None) -> Iterator[Markup]:
    if question.explanation:
        yield text("card.explanation", explanation=question.explanation)
    cite = question.citation
    if title is not None:
        section = cite.section[-1] if cite.section else ""
        yield text("card.source", title=title, section=section)
    if cite.quote and cite.quote not in question.explanation:
        yield text("card.quote", quote=cite.quote)
    if question.basis is not None:
        force = _force(question.basis)
        article = question.basis.article or ""
        yield text("card.basis", law=question.basis.law, article=article, force=force)
    if question.tags:
        yield text("card.tags", tags="、".join(question.tags))


def _force(basis: Basis) -> Markup:
    start, last = basis.in_force_from, basis.in_force_to
    shown = {
        "start": start.isoformat() if start else "",
        "end": (last + timedelta(days=1)).isoformat() if last else "",
    }
    if start and last:
        return text("card.in_force_both", **shown)
    if start or last:
        return text("card.in_force" if start else "card.in_force_to", **shown)
    return Markup("")
