"""Drafts gathered into a reading: composed, checked, each question once, each fault placed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from questions.errors import FormatError
from questions.formats.assembly import (
    LONGEST_TITLE,
    Unusable,
    assemble,
    file_document,
    is_ordinal,
    own_id,
)
from questions.formats.draft import Draft, Fault, Part, compose, has_odd_difficulty
from questions.formats.format import Place
from questions.models import Bank, DocumentId, DocumentInfo, Question

MOST_QUESTIONS = 50_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a draft was not taken, and which part is to blame."""

    reason: str
    part: Part | None = None


@dataclass(slots=True)
class Gathering:
    """The questions of one file as they come in."""

    own: DocumentInfo
    questions: list[Question] = field(default_factory=list)
    documents: dict[str, DocumentInfo] = field(default_factory=dict)
    odd_difficulties: int = 0
    ordinals: int = 0
    _seen: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, name: str) -> Gathering:
        """Nothing gathered yet from a file."""
        return cls(file_document(data, name, 0))

    def take(self, draft: Draft, place: Place) -> Refusal | None:
        """Keep a draft as a question; what is wrong with it where it can't be kept."""
        try:
            document = self._source(draft.text(Part.SOURCE))
            question = assemble(compose(draft), document, place)
        except Fault as fault:
            return Refusal(str(fault), fault.part)
        except Unusable as fault:
            return Refusal(f"{fault}，请改正")
        first = self._seen.get(question.id)
        if first is not None:
            if own_id(draft.text(Part.UID)):
                return Refusal(f"题目编号与{first}的题相同，请改用别的编号或留空", Part.UID)
            return Refusal(f"与{first}的题重复（题干和选项相同），请删去其中一题", Part.STEM)
        self._seen[question.id] = place
        if len(self.questions) >= MOST_QUESTIONS:
            raise FormatError(f"题目超过 {MOST_QUESTIONS:,} 道，请拆成几个文件再导入。")
        self.odd_difficulties += has_odd_difficulty(draft)
        self.ordinals += is_ordinal(draft.text(Part.UID))
        self.documents.setdefault(document.id, document)
        self.questions.append(question)
        return None

    def bank(self, chars: int) -> Bank:
        """What was gathered; `chars` is the length of the file's text."""
        documents = (
            replace(document, chars=chars) if document.id == self.own.id else document
            for document in self.documents.values()
        )
        return Bank(tuple(documents), tuple(self.questions))

    def notes(self) -> list[str]:
        """What was understood in a way worth telling."""
        told = []
        if self.odd_difficulties:
            told.append(f"有 {self.odd_difficulties} 题的难度看不懂，按“适中”处理。")
        if self.ordinals:
            told.append(
                f"有 {self.ordinals} 题的题目编号只是序号（如 1、2、3），别的文件也会这样数，"
                "没有当作编号。"
            )
        return told

    def _source(self, title: str) -> DocumentInfo:
        if not title:
            return self.own
        if len(title) > LONGEST_TITLE:
            raise Fault(f"来源文件名超过 {LONGEST_TITLE} 字，请缩短", Part.SOURCE)
        return named_document(title)


def named_document(title: str) -> DocumentInfo:
    """A source known by its title alone; the same title is the same document everywhere."""
    digest = hashlib.sha256(title.encode()).hexdigest()
    return DocumentInfo(DocumentId(digest[:12]), title, None, None, digest, 0)
