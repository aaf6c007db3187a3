"""A bank with the wordings that were proposed and found fit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from questions.generation import Generated, Trial, Wordings, selection
from questions.generation.likeness import grams, jaccard
from questions.models import Kind, Question, QuestionId
from questions.writing import faithful
from questions.writing.request import Request, Writer, request

DUPLICATE: Final = 0.8  # Jaccard index of 3-grams from which two stems are one


def reword(generated: Generated, writer: Writer) -> Generated:
    """The same bank with each proposed stem that passes every check in place of the old one.

    What is proposed for a question that isn't in the bank, or is no text, is left aside.
    """
    questions = list(generated.bank.questions)
    requests = [request(question) for question in questions]
    proposals = writer.propose(requests)
    account: Counter[str] = Counter()
    desk = _Desk.of(questions)
    for at, (question, asked) in enumerate(zip(questions, requests, strict=True)):
        stem = proposals.get(question.id)
        if not isinstance(stem, str):
            continue
        account["proposed"] += 1
        if stem == question.stem:
            account["same"] += 1
            continue
        code = _failure(question, asked, stem, generated.trials, desk)
        if code is not None:
            account[code] += 1
            continue
        account["taken"] += 1
        questions[at] = replace(question, stem=stem)
        desk.exchange(question, stem)
    told = Wordings(
        len(requests),
        account.pop("proposed", 0),
        account.pop("taken", 0),
        account.pop("same", 0),
        dict(sorted(account.items())),
    )
    return replace(
        generated,
        bank=replace(generated.bank, questions=tuple(questions)),
        stats=replace(generated.stats, wordings=told),
    )


def _failure(
    question: Question,
    asked: Request,
    stem: str,
    known: Mapping[QuestionId, Trial],
    desk: _Desk,
) -> str | None:
    code = faithful.first_failure(asked, stem)
    if code is None and question.id in known:
        code = known[question.id](stem)
    return code or desk.first_failure(question, stem)


@dataclass(slots=True)
class _Desk:
    """The bank's stems as they stand, for the checks that look at other questions."""

    stems: dict[Kind, dict[QuestionId, frozenset[str]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    questions: Sequence[Question] = ()

    @classmethod
    def of(cls, questions: Iterable[Question]) -> _Desk:
        desk = cls(questions=tuple(questions))
        for question in desk.questions:
            desk.exchange(question, question.stem)
        return desk

    def exchange(self, question: Question, stem: str) -> None:
        """A question reads otherwise now."""
        self.stems[question.kind][question.id] = grams(stem, 3)

    def first_failure(self, question: Question, stem: str) -> str | None:
        """V8 where another question of the kind reads the same, V12 where the stem tells its key.

        What the old stem did already is no fault of the new one.
        """
        mine, before = grams(stem, 3), grams(question.stem, 3)
        for other, theirs in self.stems[question.kind].items():
            if other == question.id:
                continue
            if jaccard(mine, theirs) >= DUPLICATE > jaccard(before, theirs):
                return "V8"
        shown = replace(question, stem=stem)
        for rival in self.questions:
            told = selection.reveals(shown, rival) and not selection.reveals(question, rival)
            if told and rival.id != question.id:
                return "V12"
        return None
