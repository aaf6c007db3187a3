"""Whether a question says what its fact says: its key, verdict, unit and scope.

A maker that slips, or a stem worded anew, would ask one thing and key another; no other check
would see it, since the passage stays verbatim.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from questions import numerals
from questions.facts import (
    EntityFact,
    FigureFact,
    MentionFact,
    TallyFact,
    TitleFact,
    lexicon,
    setting,
)
from questions.facts.quantities import UnitClass
from questions.generation import wording
from questions.generation.candidate import Candidate
from questions.models import Kind, Question

ADDED: Final = 4  # characters of grammar (为, 了) and of a word that was turned
TURNED: Final = 2  # characters of a word that a false statement may turn (减少 → 增加)
_MARKS: Final = re.compile("[《》〈〉<>“”]")
_HAN: Final = re.compile("[一-鿿]")
_ASKED: Final = re.compile("多少|多大比例|（保留[^）]*）")
_WHEN: Final = re.compile(r"20\d\d年|\d{1,2}月")
_ADVERBS: Final = re.compile("|".join(word for word in lexicon.ADVERBS if len(word) > 1))
# A statement on whose text a title is: 《甲》是由某某厅于2023年印发的。
_PASSIVE: Final = re.compile(
    r"是由(?P<actor>[一-鿿、]+?)(?:于20\d\d年[一-鿿\d]{0,8}?)?(?P<verb>[一-鿿]{2,8})的。$"
)
_WORDS: Final = re.compile(r"[一-鿿\d]")


def has_key(candidate: Candidate) -> bool:
    """Whether the key, the answers or the verdict are those of the fact."""
    question, fact = candidate.question, candidate.fact
    if question.kind is Kind.JUDGE and (question.key == (1,)) is not candidate.is_false:
        return False
    if isinstance(fact, FigureFact):
        return _has_figure(question, fact, is_false=candidate.is_false)
    if question.kind is Kind.JUDGE:
        return _is_told(candidate) is not candidate.is_false
    if question.kind is Kind.BLANK:
        return any(
            _bare(answer) == _bare(key) for answer in question.answers for key in candidate.keys
        )
    chosen = [question.options[at] for at in question.key]
    if isinstance(fact, TallyFact):
        told = [
            any(key in _bare(option) for option in chosen) for key in map(_bare, candidate.keys)
        ]
        return all(told) and len(chosen) == len(told)
    return {_bare(option) for option in chosen} == {_bare(key) for key in candidate.keys}


def says_all(candidate: Candidate) -> bool:
    """Whether the stem has the words around what it asks: who, when, of what, which way."""
    fact, stem = candidate.fact, candidate.question.stem
    if isinstance(fact, TitleFact | TallyFact):
        return True
    tail = fact.tail if isinstance(fact, MentionFact) else ""
    around = wording.full_width(fact.left + fact.right + tail)
    if not set(_WHEN.findall(around)) <= set(_WHEN.findall(stem)):
        return False
    words = Counter(_WORDS.findall(_ADVERBS.sub("", around)))
    may_turn = candidate.is_false or isinstance(fact, EntityFact)
    return (words - Counter(_WORDS.findall(stem))).total() <= (TURNED if may_turn else 0)


def adds_nothing(candidate: Candidate) -> bool:
    """Whether the stem on a figure has no words but the fact's: no clause of a neighbour's."""
    fact, stem = candidate.fact, candidate.question.stem
    if not isinstance(fact, FigureFact):
        return True
    around = wording.full_width(fact.left + fact.right) + fact.quantity.printed()
    words = Counter(_HAN.findall(_ASKED.sub("", stem))) - Counter(_HAN.findall(around))
    return words.total() <= ADDED


def _has_figure(question: Question, fact: FigureFact, *, is_false: bool) -> bool:
    quantity = fact.quantity
    stem, printed = _bare(question.stem), _bare(quantity.printed())
    if question.kind is Kind.JUDGE:
        is_told = _bare(wording.statement(fact, quantity.printed())) == stem
        return not is_told if is_false else printed in stem
    if question.kind is Kind.BLANK:
        gap = _bare(quantity.printed(wording.BLANK))
        return gap in stem and numerals.is_among(quantity.digits, question.answers)
    asked = f"多少{_bare(quantity.scale + quantity.unit)}" in stem
    asked = asked or quantity.unit_class is UnitClass.SHARE
    return asked and [_bare(question.options[at]) for at in question.key] == [printed]


def _is_told(candidate: Candidate) -> bool:
    """Whether the stem says of a name or title what the document says of it."""
    fact, stem = candidate.fact, _bare(candidate.question.stem).replace("了", "")
    if isinstance(fact, EntityFact):
        return _bare(fact.value) in stem
    if not isinstance(fact, TitleFact):
        return True  # another's title in a passage would be unmentioned, not false
    names = [form.replace("了", "") for title in fact.titles for form in _forms(title.text)]
    verb, said = (_bare(text).replace("了", "") for text in (fact.verb, fact.object))
    passive = _PASSIVE.search(stem)
    if passive:
        actor = _bare(fact.issuer if not fact.verb else fact.actor or "")
        told = passive["actor"].endswith(actor) and passive["verb"] in (verb, "发布")
        return told and any(stem.startswith(name) for name in names)
    return said in stem and any(verb + name in stem for name in names)


def _forms(title: str) -> tuple[str, str]:
    """A title as printed, and a law's short name written out."""
    return _bare(title), _bare(setting.expand_aliases(f"《{title}》"))


def _bare(text: str) -> str:
    return _MARKS.sub("", numerals.normalize(text))
