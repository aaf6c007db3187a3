"""What the document says of other titles that makes them surely wrong."""

from __future__ import annotations

from typing import Final

from questions.facts.titles import Relation, TitleFact
from questions.generation.book import Source

ISSUING: Final = frozenset({Relation.ISSUED, Relation.MADE, Relation.REVISED})
IN_FORCE: Final = ISSUING | {Relation.PASSED}
_PENDING: Final = frozenset({Relation.LISTED, Relation.SUBMITTED})

# For each relation those that rule it out of the same title in the same year: what is only
# listed or drafted was not issued; what is issued or repealed is no longer a draft.
_RULES_OUT: Final[dict[Relation, frozenset[Relation]]] = {
    Relation.ISSUED: _PENDING | {Relation.DRAFTED, Relation.REPEALED},
    Relation.MADE: _PENDING | {Relation.REPEALED},
    Relation.REVISED: _PENDING | {Relation.DRAFTED, Relation.REPEALED},
    Relation.DRAFTED: frozenset({Relation.ISSUED, Relation.PASSED, Relation.REPEALED}),
    Relation.SUBMITTED: frozenset({Relation.ISSUED, Relation.PASSED, Relation.REPEALED}),
    Relation.CONSULTED: frozenset({Relation.ISSUED, Relation.PASSED, Relation.REPEALED}),
    Relation.LISTED: IN_FORCE | {Relation.REPEALED},
    Relation.PASSED: _PENDING | {Relation.DRAFTED, Relation.REPEALED},
    Relation.REPEALED: IN_FORCE | {Relation.CARRIED, Relation.SUBMITTED, Relation.DRAFTED},
    Relation.STUDIED: frozenset({Relation.REPEALED, Relation.DRAFTED}),
    Relation.CARRIED: frozenset({Relation.REPEALED, Relation.DRAFTED, Relation.SUBMITTED}),
}
ASKED: Final = frozenset(_RULES_OUT)
_MADE_ANEW: Final = ("制定", "研究制定", "编制", "起草", "制订")


def is_contrary(fact: TitleFact, name: str, source: Source) -> bool:
    """Whether the document rules out of the title with this bare text what `fact` says."""
    others = source.deeds.get(name, ())
    told = {other.relation for other in others}
    if fact.relation in told:
        return False
    if fact.relation in ISSUING and told & ISSUING:
        return _is_other_making(fact, others)
    if told & _RULES_OUT[fact.relation]:
        return True
    return fact.relation in ISSUING and any(_is_foreign(other, source) for other in others)


def _is_other_making(fact: TitleFact, others: tuple[TitleFact, ...]) -> bool:
    """制定 against 修订: a text made anew was not revised, nor the other way round."""
    if fact.relation is Relation.REVISED:
        return all(other.verb.startswith(_MADE_ANEW) for other in others)
    anew = fact.verb.startswith(_MADE_ANEW)
    return anew and all(other.relation is Relation.REVISED for other in others)


def _is_foreign(other: TitleFact, source: Source) -> bool:
    """Whether a title is carried out as the text of another body."""
    issuer = source.document.issuer or ""
    core = source.setting.resolve(other.issuer)
    return other.relation is Relation.CARRIED and bool(core) and core not in (issuer, "")
