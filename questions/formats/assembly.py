"""One question from the parts a file gives, checked so that it can be shown and graded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from questions.formats.format import Place
from questions.models import (
    JUDGE_OPTIONS,
    Basis,
    Citation,
    DocumentId,
    DocumentInfo,
    Kind,
    Question,
    QuestionId,
)
from questions.scoring import bare, plain

# A card and its verdict must each fit a message of 4,096 characters, header and marks included.
LONGEST = 2800
LONGEST_TITLE = 300
LONGEST_TAG = 100
LONGEST_ID = 64
MOST_OPTIONS = 12
# 1, 02, 第3题: where a question stands in its file, no name for it anywhere else.
_ORDINAL: Final = re.compile(r"(?:第|No\.?|№)?\s*\d{1,6}\s*(?:题|号|[.、])?", re.IGNORECASE)


_TOO_LONG: Final = f"题干、选项、答案、解析和原文合计超过 {LONGEST} 字，请缩短"


class Unusable(ValueError):
    """This question can't be taken; the message is a Chinese clause that says why."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a file says of a question; empty where it says nothing.

    `quote` and `section` are the source sentence and where it stands, if the file tells; `uid`
    the file's own number for the question.
    """

    kind: Kind
    stem: str
    options: Sequence[str] = ()
    key: Sequence[int] = ()
    answers: Sequence[str] = ()
    explanation: str = ""
    quote: str = ""
    section: Sequence[str] = ()
    basis: Basis | None = None
    difficulty: float = 0.5
    tags: Sequence[str] = ()
    uid: str = ""
    fact: dict[str, object] = field(default_factory=dict)


def file_document(data: bytes, name: str, chars: int) -> DocumentInfo:
    """The bank file itself as the source of its questions: what was brought is traceable."""
    digest = hashlib.sha256(data).hexdigest()
    title = PurePath(name).stem.strip()[:LONGEST_TITLE] or "导入的题库"
    return DocumentInfo(DocumentId(digest[:12]), title, None, None, digest, chars)


def assemble(parts: Parts, document: DocumentInfo, place: Place) -> Question:
    """The question, cited by its place in the file where the file names no source sentence.

    Without an id of its own it is known by kind, stem and options: the same question in another
    file has the same id, and two files that count 1, 2, 3 never claim each other's questions.
    Raises Unusable.
    """
    _check_lengths(parts)  # before anything is folded or hashed: those keep what they are given
    options = tuple(option.strip() for option in parts.options)
    section = tuple(parts.section) or ((str(place),) if str(place) else ())
    question = Question(
        id=QuestionId(own_id(parts.uid) or content_id(parts.kind, parts.stem, options)),
        kind=parts.kind,
        stem=parts.stem.strip(),
        options=JUDGE_OPTIONS if parts.kind is Kind.JUDGE else options,
        key=tuple(sorted(parts.key)),
        answers=tuple(answer.strip() for answer in parts.answers),
        explanation=parts.explanation.strip(),
        citation=Citation(document.id, 0, 0, parts.quote.strip(), section),
        fact=dict(parts.fact),
        basis=parts.basis,
        difficulty=parts.difficulty,
        tags=tuple(dict.fromkeys(tag.strip() for tag in parts.tags if tag.strip())),
    )
    check(question)
    return question


def is_ordinal(uid: str) -> bool:
    """Whether a question's number only counts."""
    return bool(_ORDINAL.fullmatch(uid.strip()))


def own_id(uid: str) -> str:
    """The id a file gives its question; empty where there is none but an ordinal."""
    return "" if is_ordinal(uid) else uid.strip()


def check(question: Question) -> None:
    """Raise Unusable where no message, column or grader could take the question."""
    _check_texts(question)
    _check_key(question)


def content_id(kind: Kind, stem: str, options: tuple[str, ...]) -> str:
    """The id of a question without a number of its own, from what it asks."""
    content = "\x1f".join((kind.value, plain(stem), *sorted(map(plain, options))))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _check_lengths(parts: Parts) -> None:
    texts = (parts.stem, *parts.options, *parts.answers, parts.explanation, parts.quote)
    if sum(map(len, texts)) > LONGEST:
        raise Unusable(_TOO_LONG)


def _check_texts(question: Question) -> None:
    if not question.stem:
        raise Unusable("没有题干")
    for name, texts in (("标签", question.tags), ("章节", question.citation.section)):
        if not all(isinstance(part, str) and len(part) <= LONGEST_TAG for part in texts):
            raise Unusable(f"{name}应为不超过 {LONGEST_TAG} 字的文字")
    shown = (
        question.stem,
        *question.options,
        *question.answers,
        question.explanation,
        question.citation.quote,
        *question.citation.section[-1:],
    )
    if sum(map(len, shown)) > LONGEST:
        raise Unusable(_TOO_LONG)
    if len(question.id) > LONGEST_ID:
        raise Unusable(f"题目编号超过 {LONGEST_ID} 字")
    if not 0 <= question.difficulty <= 1:
        raise Unusable("难度应在 0 与 1 之间")


def _check_key(question: Question) -> None:
    count = len(question.options)
    if question.kind is Kind.BLANK:
        if not question.answers or not all(bare(answer) for answer in question.answers):
            raise Unusable("填空题没有答案，或其中有空的")
        if question.options or question.key:
            raise Unusable("填空题不应有选项")
        return
    if question.answers:
        raise Unusable("只有填空题的答案是文字")
    if question.kind is Kind.JUDGE and question.options != JUDGE_OPTIONS:
        raise Unusable("判断题的选项应为“对”“错”")
    if not 2 <= count <= MOST_OPTIONS:
        raise Unusable(f"选项应为 2 至 {MOST_OPTIONS} 个，现有 {count} 个")
    if not all(option.strip() for option in question.options):
        raise Unusable("有空的选项")
    if len({option.strip() for option in question.options}) != count:
        raise Unusable("有两个选项相同")
    if not question.key or len(set(question.key)) != len(question.key):
        raise Unusable("没有正确答案，或答案有重复")
    if any(not 0 <= index < count for index in question.key):
        raise Unusable("答案超出了选项的范围")
    if question.kind is not Kind.MULTIPLE and len(question.key) != 1:
        raise Unusable("只能有一个正确答案")
