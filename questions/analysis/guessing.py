"""What blind guessing would earn."""

from __future__ import annotations

from questions.models import Kind, Question


def guess_score(question: Question) -> float | None:
    """The mean share of the mark that blind guesses earn; None where it can't be told.

    As in Moodle: one option of many for single choices and judges, nothing for blanks, and no
    figure for multiple choices, where it hangs on how many options guessers tick.
    """
    if question.kind is Kind.BLANK:
        return 0.0
    if question.kind is Kind.MULTIPLE or not question.options:
        return None
    return len(question.key) / len(question.options)
