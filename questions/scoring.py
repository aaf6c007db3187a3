"""How an answer is graded.

Ten points a daily question, first attempt only; speed never counts. A multiple choice that
picks only right options but not all of them earns half. 不确定 (nothing chosen) earns nothing.
"""

from __future__ import annotations

from questions.models import Answer, Grade, Kind, Outcome, Question
from questions.numerals import is_among, normalize

POINTS = 10

_EDGES = "《》〈〉“”\"'‘’。.,，;；:：!！()（）"


def grade(question: Question, answer: Answer) -> Grade:
    """The verdict on a daily answer, out of POINTS."""
    if question.kind is Kind.BLANK:
        return _grade(Outcome.RIGHT if _fills(question, answer.text or "") else Outcome.WRONG)
    chosen, key = set(answer.chosen), set(question.key)
    if chosen == key:
        return _grade(Outcome.RIGHT)
    if question.kind is Kind.MULTIPLE and chosen and chosen < key:
        return _grade(Outcome.PARTIAL)
    return _grade(Outcome.WRONG)


def _grade(outcome: Outcome) -> Grade:
    points = {Outcome.RIGHT: POINTS, Outcome.PARTIAL: POINTS // 2, Outcome.WRONG: 0}[outcome]
    return Grade(outcome, points, POINTS)


def plain(text: str) -> str:
    """A text without blanks and the marks people put around it."""
    return normalize(text).strip(_EDGES)


def bare(text: str) -> str:
    """A typed answer as it is compared: plain, and PM2.5 the same as pm2.5."""
    return plain(text).casefold()


def _fills(question: Question, text: str) -> bool:
    """Whether a typed text is one of the accepted answers, as words or as the same quantity."""
    given = plain(text)
    if not given:
        return False
    if any(bare(text) == bare(accepted) for accepted in question.answers):
        return True
    unit = str(question.fact.get("unit") or "")
    with_unit = (accepted + unit for accepted in question.answers)
    return is_among(given, (*question.answers, *with_unit))
