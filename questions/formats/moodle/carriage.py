"""What each of Moodle's formats carries of a question, as data, and what that leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from questions.formats.assembly import Parts, Unusable, assemble
from questions.formats.format import Place
from questions.formats.kinds import KIND_NAMES
from questions.formats.moodle import category
from questions.formats.moodle.answers import judged
from questions.formats.moodle.plain import clean
from questions.models import JUDGE_OPTIONS, Bank, DocumentId, DocumentInfo, Kind, Question

_NOWHERE: Final = DocumentInfo(DocumentId("0"), "", None, None, "", 0)
_SHOWN: Final = 10  # numbers of questions named in a sentence


def _takes_all(question: Question) -> None:
    """Every question of a carried kind can be written."""


@dataclass(frozen=True, slots=True)
class Carriage:
    """What comes back equal from a format; stems, options, keys and answers always do.

    `refuse` raises Unusable for a question the format would bend.
    """

    kinds: frozenset[Kind]
    has_lines: bool  # line breaks within a text
    has_explanation: bool
    has_section: bool
    has_tags: bool
    has_id: bool
    refuse: Callable[[Question], None] = _takes_all


def carried(question: Question, carriage: Carriage) -> Question:
    """The question as it will come back; raises Unusable where the format can't take it.

    The source sentence, the legal basis, the fact and the difficulty never come along.
    """
    if question.kind not in carriage.kinds:
        raise Unusable(f"这种文件没有{KIND_NAMES[question.kind]}")
    text = clean if carriage.has_lines else _line
    kind, options, key = question.kind, question.options, question.key
    verdict = judged(options, key) if kind is Kind.SINGLE else None
    if verdict is not None:
        kind, options, key = Kind.JUDGE, JUDGE_OPTIONS, (verdict,)
    parts = Parts(
        kind=kind,
        stem=text(question.stem),
        options=tuple(map(text, options)),
        key=key,
        answers=tuple(map(text, question.answers)),
        explanation=text(question.explanation) if carriage.has_explanation else "",
        section=category.carried(question.citation.section) if carriage.has_section else (),
        tags=tuple(map(_line, question.tags)) if carriage.has_tags else (),
        uid=_line(question.id) if carriage.has_id else "",
    )
    reduced = assemble(parts, _NOWHERE, Place())
    carriage.refuse(reduced)
    return reduced


def writable(bank: Bank, carriage: Carriage) -> Iterator[Question]:
    """The bank's questions as the format carries them, without those it can't take."""
    # `losses` names the others before anything is written.
    return (found for _, found in _sorted(bank, carriage) if isinstance(found, Question))


def losses(bank: Bank, carriage: Carriage) -> tuple[str, ...]:
    """What of a bank stays behind: questions left out by reason, then fields by name."""
    left_out: dict[str, list[int]] = {}
    behind: dict[str, list[int]] = {}
    for number, (question, found) in enumerate(_sorted(bank, carriage), 1):
        if isinstance(found, str):
            left_out.setdefault(found, []).append(number)
            continue
        for name in _behind(question, found):
            behind.setdefault(name, []).append(number)
    return (
        *(
            f"{len(group)} 道题不会写入（{_numbers(group)}）：{reason}。"
            for reason, group in sorted(left_out.items(), key=lambda item: item[1])
        ),
        *(f"{len(group)} 道题的{name}不保留。" for name, group in behind.items()),
    )


def _sorted(bank: Bank, carriage: Carriage) -> Iterator[tuple[Question, Question | str]]:
    """Each question with what comes back of it, or with the reason why nothing does."""
    seen: dict[str, int] = {}
    for number, question in enumerate(bank.questions, 1):
        try:
            found = carried(question, carriage)
        except Unusable as reason:
            yield question, str(reason)
            continue
        if found.id in seen:
            yield question, f"与第 {seen[found.id]} 题相同，文件里分不开"
            continue
        seen[found.id] = number
        yield question, found


def _behind(question: Question, reduced: Question) -> Iterator[str]:
    """The names of what `reduced` no longer has of `question`."""
    if question.kind is not reduced.kind:
        yield "题型（选项只有对、错的单选题成为判断题）"
    elif _texts(question) != _texts(reduced):
        yield "换行、首尾空白或控制字符"
    if reduced.explanation != question.explanation:
        yield "解析" if not reduced.explanation else "解析里的换行、首尾空白或控制字符"
    section = question.citation.section
    if reduced.citation.section != section and category.carried(section):
        yield "章节"
    if reduced.tags != question.tags:
        yield "标签"
    if reduced.id != question.id:
        yield "题目编号"
    if question.citation.quote or question.citation.end:
        yield "原文句和它在文件中的位置"
    if question.basis is not None:
        yield "法律依据和施行、失效日期"
    if question.fact:
        yield "事实数据（数值、单位）"
    if question.difficulty != reduced.difficulty:
        yield "难度"


def _texts(question: Question) -> tuple[object, ...]:
    return question.stem, question.options, question.answers


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _numbers(numbers: list[int]) -> str:
    named = "、".join(map(str, numbers[:_SHOWN]))
    return f"第 {named} 题" + (" 等" if len(numbers) > _SHOWN else "")
