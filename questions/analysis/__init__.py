"""题目分析: what answers say about questions, by classical test theory as Moodle publishes it.

    analysis = analyse([Attempt({"q1": 1, "q2": 0}), …], {"q1": 1, "q2": 1})
    analysis.quiz.mean, analysis.items["q1"].discrimination

Formulas: https://docs.moodle.org/dev/Quiz_statistics_calculations
"""

from questions.analysis.attempts import Analysis, Attempt, analyse
from questions.analysis.guessing import guess_score
from questions.analysis.item import ItemStatistics
from questions.analysis.quiz import QuizStatistics, Totals
from questions.analysis.tally import Tally
from questions.analysis.verdicts import Finding, Sample, findings, has_worsened, pausing

__all__ = [
    "Analysis",
    "Attempt",
    "Finding",
    "ItemStatistics",
    "QuizStatistics",
    "Sample",
    "Tally",
    "Totals",
    "analyse",
    "findings",
    "guess_score",
    "has_worsened",
    "pausing",
]
