"""How much a question is worth asking, and how hard it will be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from questions.facts.articles import Pattern, SlotFact
from questions.models import Kind

if TYPE_CHECKING:
    from questions.generation.statutes.candidate import LawCandidate
    from questions.generation.statutes.law import Source

LEAST: Final = 0.35
PATTERNS: Final = {
    Pattern.TERM: 1.0, Pattern.PEOPLE: 1.0, Pattern.AGE: 1.0, Pattern.FINE: 1.0,
    Pattern.CEILING: 1.0, Pattern.MULTIPLE: 1.0, Pattern.SHARE: 1.0, Pattern.DETENTION: 1.0,
    Pattern.PROCEDURE: 1.0, Pattern.RIGHT: 1.0, Pattern.FORM: 0.95, Pattern.POWER: 0.95,
    Pattern.LIST: 0.9, Pattern.SANCTIONS: 0.9, Pattern.RULING: 0.9,
    Pattern.RULE: 0.8, Pattern.BAN: 0.75, Pattern.BODY: 0.7,
    Pattern.DUTY: 0.6, Pattern.MEANING: 0.55,
}  # fmt: skip
_CHAPTERS: Final = (("总则", 0.7), ("保障", 0.5), ("附则", 0.3))
_MIXED: Final = re.compile("[和与]附则")  # 法律责任和附则
_KEPT: Final = re.compile("工作日|含义|是指")
LONG: Final = 80
_FAMOUS: Final = ("两人", "二人")
_AGAINST: Final = re.compile("不停止|不予计算|不承担|无效|以上级|不再")


def of(candidate: LawCandidate, law: Source) -> float:
    """W·P·U − F; below LEAST a question is not asked."""
    return PATTERNS[candidate.pattern] * _chapter(candidate) * _rarity(candidate, law) - _friction(
        candidate
    )


def _chapter(candidate: LawCandidate) -> float:
    headings = candidate.fact.norm.article.headings
    chapter = re.sub(r"\s", "", headings[-1]) if headings else ""
    for name, weight in _CHAPTERS:
        if name in chapter and not _MIXED.search(chapter):
            is_kept = name == "附则" and (
                candidate.pattern is Pattern.MEANING or _KEPT.search(candidate.fact.norm.text)
            )
            return 0.9 if is_kept else weight
    return 1.0


def _rarity(candidate: LawCandidate, law: Source) -> float:
    printed = candidate.fact.printed if isinstance(candidate.fact, SlotFact) else ""
    if not printed or candidate.pattern in (Pattern.BODY, Pattern.RULING):
        return 1.0
    return 1.0 if law.counts[candidate.pattern, printed] == 1 else 0.7


def _friction(candidate: LawCandidate) -> float:
    norm = candidate.fact.norm
    cost = 0.1 if len(candidate.stem) > LONG else 0.0
    if len(norm.conditions) > 2:
        cost += 0.2
    if norm.exception and norm.exception not in candidate.stem:
        cost += 0.2
    return cost


def difficulty(candidate: LawCandidate) -> float:
    """Predicted share of wrong answers, replaced by the observed one after thirty."""
    norm = candidate.fact.norm
    value = 0.35
    value += 0.15 if candidate.siblings else 0
    value += 0.1 if norm.exception else 0
    value += 0.1 if candidate.pattern in (Pattern.RULING, Pattern.POWER) else 0
    value += 0.1 if _AGAINST.search(norm.rest) else 0
    value += 0.1 if candidate.kind is Kind.MULTIPLE else 0
    value -= 0.1 if any(word in candidate.stem for word in _FAMOUS) else 0
    return round(min(0.85, max(0.2, value)), 2)
