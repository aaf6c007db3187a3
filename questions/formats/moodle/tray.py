"""What a reading gathers on its way through a file: questions, skips, remarks to tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from questions.errors import FormatError
from questions.formats.assembly import LONGEST_ID, Parts, Unusable, assemble, is_ordinal
from questions.formats.format import Place, Reading, Skip
from questions.formats.moodle.answers import Remark
from questions.models import Bank, DocumentInfo, Question

HEADER: Final = ("题目原文",)
LONGEST_CELL: Final = 30_000  # characters; a cell of an error table takes 32,767
MOST: Final = 50_000  # questions and skips; more is no bank, and would fill the memory
_SHOWN: Final = 8  # places named in a note


@dataclass(slots=True)
class Tray:
    """Takes what a file holds, in its order; no two questions leave it with the same id."""

    document: DocumentInfo
    questions: list[Question] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    _places: dict[str, Place] = field(default_factory=dict)
    _taken: dict[str, Question] = field(default_factory=dict)
    _remarks: dict[Remark, list[Place]] = field(default_factory=dict)

    def take(self, parts: Parts, place: Place, raw: str, remarks: Iterable[Remark] = ()) -> None:
        """Add a question, or the reason why it can't be one; FormatError where it is too much."""
        remarks = set(remarks)
        try:
            question = self._numbered(parts, place, remarks)
        except Unusable as reason:
            self.skip(place, str(reason), raw)
            return
        self._bound()
        self.questions.append(question)
        self._places[question.id] = place
        self._taken[question.id] = question
        for remark in remarks:
            self._remarks.setdefault(remark, []).append(place)

    def skip(self, place: Place, reason: str, raw: str) -> None:
        """Name a question that was not taken; FormatError where it is too much."""
        self._bound()
        self.skips.append(Skip(place, f"{reason}。", (raw.strip()[:LONGEST_CELL],)))

    def reading(self) -> Reading:
        """All that was gathered."""
        notes = [
            f"{len(places)} 道题{remark}（{_rows(places)}）。"
            for remark in Remark
            if (places := self._remarks.get(remark))
        ]
        bank = Bank((self.document,), tuple(self.questions))
        return Reading(bank, tuple(self.skips), HEADER, tuple(notes))

    def _bound(self) -> None:
        if len(self.questions) + len(self.skips) >= MOST:
            raise FormatError(f"文件里的题超过 {MOST} 道，请拆成几个文件。")

    def _numbered(self, parts: Parts, place: Place, remarks: set[Remark]) -> Question:
        if len(parts.uid.strip()) > LONGEST_ID or is_ordinal(parts.uid):
            remarks.add(Remark.ORDINAL if is_ordinal(parts.uid) else Remark.NUMBER)
            parts = replace(parts, uid="")
        question = assemble(parts, self.document, place)
        namesake = self._taken.get(question.id)
        if namesake is None:
            return question
        if parts.uid and _asked(question) != _asked(namesake):
            remarks.add(Remark.NUMBER)
            return self._numbered(replace(parts, uid=""), place, remarks)
        raise Unusable(f"与{self._places[question.id]}的题重复，请删去其中一题")


def _asked(question: Question) -> tuple[object, ...]:
    return question.kind, question.stem, question.options, question.key, question.answers


def _rows(places: list[Place]) -> str:
    named = "、".join(str(place.row) for place in places[:_SHOWN])
    return f"第 {named} 行" + (" 等" if len(places) > _SHOWN else "")
