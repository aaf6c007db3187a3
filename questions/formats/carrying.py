"""What people's formats carry of a question, and what is lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from questions.formats import details
from questions.models import Bank, Question

Titles = Mapping[str, str]  # a document's title by its id

# Everything that tables, loose text and Word files bring back, by the name people know it by.
# A section that only tells a row of a bank file stands for none: there was no source.
CARRIED: Final[Mapping[str, Callable[[Question, Titles], object]]] = {
    "题型": lambda question, _: question.kind,
    "题干": lambda question, _: question.stem,
    "选项": lambda question, _: question.options,
    "答案": lambda question, _: (question.key, question.answers),
    "解析": lambda question, _: question.explanation,
    "难度": lambda question, _: question.difficulty,
    "知识点": lambda question, _: (
        () if details.is_row(question.citation.section) else question.citation.section
    ),
    "来源文件": lambda question, titles: titles[question.citation.document],
    "原文": lambda question, _: question.citation.quote,
    "法律依据": lambda question, _: question.basis,
    "标签": lambda question, _: question.tags,
    "题目编号": lambda question, _: question.id,
}
# One question, its source's title and its number, written and read again; None if it is lost.
Echo = Callable[[Question, str, int], tuple[Question, Titles] | None]


def titles_of(bank: Bank) -> dict[str, str]:
    """The titles of a bank's documents by id."""
    return {document.id: document.title for document in bank.documents}


def losses(bank: Bank, echo: Echo) -> tuple[str, ...]:
    """What of a bank does not come back, in Chinese; empty where all of it does."""
    return (*_always(bank), *_by_question(bank, echo))


def _always(bank: Bank) -> Iterator[str]:
    cited = {question.citation.document for question in bank.questions}
    if any(
        item.issuer or item.year or item.chars or item.id not in cited for item in bank.documents
    ):
        yield "来源文件只留下名称，发文机关、年份和校验码不带出"
    placed = sum(bool(q.citation.start or q.citation.end) for q in bank.questions)
    if placed:
        yield f"{placed} 题的原文在来源文件中的位置不带出"
    facts = sum(bool(question.fact) for question in bank.questions)
    if facts:
        yield f"{facts} 题的出题依据数据（数值、单位等）不带出"


def _by_question(bank: Bank, echo: Echo) -> Iterator[str]:
    titles = titles_of(bank)
    lost: Counter[str] = Counter()
    for number, question in enumerate(bank.questions, start=1):
        back = echo(question, titles[question.citation.document], number)
        if back is None:
            lost[""] += 1
        elif back != (question, titles):
            lost.update(
                name for name, value in CARRIED.items() if value(question, titles) != value(*back)
            )
    if lost[""]:
        yield f"{lost.pop('')} 题写出后不能再导入"
    for name in CARRIED:
        if lost[name]:
            yield f"{lost[name]} 题的{name}不能原样带出"
