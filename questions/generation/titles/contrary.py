"""What the document says of other titles that makes them surely wrong."""

from __future__ import annotations

import re
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
_UNBORN: Final = frozenset({Relation.LISTED, Relation.DRAFTED, Relation.CONSULTED})
_TAUGHT: Final = ("学习", "宣传", "普及", "宣贯")
# Whose text a title says it is: 某某省水利厅关于…的通知.
NAMED: Final = re.compile(
    "^(?P<body>[一-鿿]{2,16}(?:厅|局|部|委员会|办公厅|办公室|政府|国务院|法院|检察院|党组|党委))关于"
)
_MADE_ANEW: Final = ("制定", "研究制定", "编制", "起草", "制订")


def full(name: str, source: Source) -> str:
    """The bare text of a title that may be shown without the place it is of."""
    return name if name in source.deeds else f"{source.setting.place or ''}{name}"


def is_contrary(fact: TitleFact, name: str, source: Source) -> bool:
    """Whether the document rules out of the title with this bare text what `fact` says."""
    others = source.deeds.get(full(name, source), ())
    told = {other.relation for other in others}
    if fact.relation in told:
        return False
    if fact.relation in ISSUING and told & ISSUING:
        return _is_other_making(fact, others)
    if told & _RULES_OUT[fact.relation]:
        return True
    if fact.relation in _UNBORN:
        return not fact.is_open and any(map(_is_taught, others))
    return fact.relation in ISSUING and any(_is_foreign(other, source) for other in others)


def is_other_bodys(name: str, source: Source) -> bool:
    """Whether all that rules a title out is that another body issued it."""
    others = source.deeds.get(name, ())
    return {other.relation for other in others} <= {Relation.CARRIED, Relation.OTHER} and any(
        _is_foreign(other, source) for other in others
    )


def _is_taught(other: TitleFact) -> bool:
    """Whether a text was taught or told of, and so is no mere draft."""
    taught = other.relation is Relation.CARRIED and other.verb.rstrip("了").endswith(_TAUGHT)
    return taught or other.relation is Relation.TAUGHT


def _is_other_making(fact: TitleFact, others: tuple[TitleFact, ...]) -> bool:
    """制定 against 修订: a text made anew was not revised, nor the other way round."""
    if fact.relation is Relation.REVISED:
        return all(other.verb.startswith(_MADE_ANEW) for other in others)
    anew = fact.verb.startswith(_MADE_ANEW)
    return anew and all(other.relation is Relation.REVISED for other in others)


def _is_foreign(other: TitleFact, source: Source) -> bool:
    """Whether a title is carried out as the text of another body, which may stand in it."""
    if other.relation is not Relation.CARRIED:
        return False
    issuer = source.document.issuer or ""
    named = NAMED.match(other.titles[0].text) if len(other.titles) == 1 else None
    core = source.setting.resolve(other.issuer or (named["body"] if named else ""))
    return bool(core) and core not in issuer and not core.endswith(issuer)
