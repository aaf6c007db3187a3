"""Whether a law question says what its norm says: key, verdict, numbers, modality, conditions.

A maker that slips, or a stem worded anew, would ask one thing and key another; the passage
stays verbatim, so that no other check would see it. Words may change places; what decides may
not change at all.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from questions import numerals
from questions.facts import sanctions
from questions.facts.articles import ListFact, MeaningFact, Pattern, RuleFact, SlotFact
from questions.generation.statutes import lists
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.law import Source
from questions.generation.statutes.likeness import grams, jaccard
from questions.models import JUDGE_OPTIONS, Kind

KEPT: Final = 0.7  # of a clause's two-character words that its question keeps
TWIN: Final = 0.45  # bigrams shared from which a wrong option may mean a member
BLANK: Final = "____"
_MODALS: Final = re.compile(
    "应当|必须|不得|可以不|可以|有权|不予|不再|只能|禁止|无需|不停止|不承担"
)
_NUMBER: Final = re.compile(
    r"[零〇一二两三四五六七八九十百千万亿]+(?=[日天年月元倍人名个小周%])|\d+(?:\.\d+)?"
)
_GRAVER: Final = re.compile(
    "情节(?:较轻|轻微|较重|严重|特别严重)|拒不改正|逾期(?:不|未)|造成[^，]{0,6}后果|再次"
)
_SPLIT: Final = re.compile("[，；：（）。？]")
_HALF: Final = re.compile("多少元?以上|以上多少|多少以[上下]多少")
# What the next clause allows instead: 采用书面形式确有困难的，申请人可以口头提出.
_ALTERNATIVE: Final = re.compile(
    "[；，]?[^。；]{0,24}(?:确有困难|确有必要|不能|无法|不便|情况紧急|特殊情况)[^。；]{0,12}的，"
    "[^。；]{0,20}可以"
)
AHEAD: Final = 80  # characters in which such a clause would end
_UNIT: Final = re.compile(r"^(?:百分之)?[零〇一二两三四五六七八九十百千万亿\d.]+")
_TITLE: Final = re.compile("《([^》]+)》")
_SHORT: Final = 4


def has_key(candidate: LawCandidate, law: Source) -> bool:
    """Whether the key, the answers or the verdict are those of the fact, and no others are."""
    if candidate.kind is Kind.JUDGE:
        return _has_verdict(candidate)
    if candidate.kind is Kind.BLANK:
        return _has_gap(candidate)
    if candidate.kind is Kind.MULTIPLE:
        return _has_members(candidate, law)
    fact = candidate.fact
    if len(candidate.key) != 1 or not 0 <= candidate.key[0] < len(candidate.options):
        return False
    chosen = candidate.options[candidate.key[0]]
    if isinstance(fact, MeaningFact):
        return chosen == fact.term
    if isinstance(fact, ListFact):
        return _has_sanctions(candidate, fact, law)
    if not isinstance(fact, SlotFact):
        return False
    if chosen not in (fact.printed, fact.printed.removesuffix("以下")):
        return False
    return _is_ladder(candidate, fact, law) if fact.values else _is_apart(candidate.options)


def _has_verdict(candidate: LawCandidate) -> bool:
    if candidate.options != JUDGE_OPTIONS or (candidate.key == (1,)) is not candidate.is_false:
        return False
    if candidate.other is None:
        return not candidate.is_false
    false, told = candidate.other
    true = _statement(candidate)
    return false.rstrip("。") != true.rstrip("。") and told.startswith("错") and len(told) > _SHORT


def _has_gap(candidate: LawCandidate) -> bool:
    fact = candidate.fact
    if not isinstance(fact, SlotFact) or candidate.stem.count(BLANK) != 1:
        return False
    bare = fact.printed.removesuffix("以下")
    return bare in candidate.answers and len(candidate.answers) > 1


def _has_sanctions(candidate: LawCandidate, fact: ListFact, law: Source) -> bool:
    right = {candidate.options[at] for at in candidate.key}
    away = sanctions.outsiders(fact, lists.others_of(fact, law))
    return right <= {member.text for member in fact.members} and set(
        candidate.options
    ) - right <= {member.text for member in away}


def _has_members(candidate: LawCandidate, law: Source) -> bool:
    fact = candidate.fact
    if not isinstance(fact, ListFact) or not 2 <= len(candidate.key) < len(candidate.options):
        return False
    right = {candidate.options[at] for at in candidate.key}
    wrong = [o for at, o in enumerate(candidate.options) if at not in candidate.key]
    if not right <= {member.text for member in fact.members}:
        return False
    if fact.pattern is Pattern.SANCTIONS:
        return _has_sanctions(candidate, fact, law)
    return not any(
        one in mine or mine in one or jaccard(grams(one), grams(mine)) >= TWIN
        for one in wrong
        for mine in fact.everything
    )


def _is_ladder(candidate: LawCandidate, fact: SlotFact, law: Source) -> bool:
    """Values of one unit, ascending, none of them true of the same condition."""
    shapes = {
        tuple(
            _UNIT.sub("", part).replace("千元", "元").replace("万元", "元") for part in _parts(o)
        )
        for o in candidate.options
    }
    values = [tuple(_value(part) for part in _parts(option)) for option in candidate.options]
    if len(shapes) != 1 or values != sorted(values) or len(set(values)) != len(values):
        return False
    rivals = {
        tuple(map(float, other.values))
        for other in law.families[fact.family]
        if other.pattern is fact.pattern and other.left == fact.left and other is not fact
    }
    return not rivals & set(values) - {values[candidate.key[0]]}


def _parts(option: str) -> list[str]:
    return [part for part in re.split("以[上下]|至", option) if part]


def _value(part: str) -> float:
    found = _UNIT.match(part)
    reading = numerals.read(found.group().removeprefix("百分之")) if found else None
    return float(reading.value) if reading else -1.0


def _is_apart(options: tuple[str, ...]) -> bool:
    return not any(
        one in other and f"可以{one}" != other
        for one in options
        for other in options
        if one != other
    )


def says_all(candidate: LawCandidate, law: Source) -> bool:
    """Whether numbers, modality, laws, subject and every condition are the norm's."""
    expected = candidate.other[0] if candidate.is_false and candidate.other else _asked(candidate)
    exception = candidate.fact.norm.exception
    stem = candidate.stem.replace(f"（{exception}）", "") if exception else candidate.stem
    if _counted(_NUMBER, expected) != _counted(_NUMBER, stem.replace(BLANK, "")):
        return False
    if _counted(_MODALS, expected) != _counted(_MODALS, stem):
        return False
    if _counted(_GRAVER, expected) != _counted(_GRAVER, stem):
        return False
    named = set(_TITLE.findall(stem)) - {law.short}
    if not named <= set(_TITLE.findall(expected + candidate.fact.norm.exception)):
        return False
    words = grams(stem)
    subject = candidate.fact.norm.subject.rstrip("，")
    if not candidate.is_false and subject in expected and subject not in stem:
        return False
    return all(
        len(grams(clause) & words) >= KEPT * len(grams(clause))
        for clause in _SPLIT.split(expected)
        if len(clause) >= _SHORT
    )


def keeps_exception(candidate: LawCandidate, law: Source) -> bool:
    """L6: what the same 款 takes out stands in the stem."""
    exception = candidate.fact.norm.exception
    if not exception or isinstance(candidate.fact, MeaningFact):
        return True
    mine = grams(exception)
    return len(mine & grams(candidate.stem)) >= KEPT * len(mine)


def keeps_alternative(candidate: LawCandidate, law: Source) -> bool:
    """L6: a rule is not put as the only way where the next clause opens another."""
    fact = candidate.fact
    if not isinstance(fact, RuleFact):
        return True
    behind = law.statute.document.plain[fact.norm.end : fact.norm.end + AHEAD]
    return not _ALTERNATIVE.match(behind)


def names_law(candidate: LawCandidate, law: Source) -> bool:
    """L5: an open list, or a threat of sanctions, is asked as this law's own."""
    fact = candidate.fact
    if not isinstance(fact, ListFact) or not (fact.is_open or fact.pattern is Pattern.SANCTIONS):
        return True
    return f"《{law.short}》" in candidate.stem


def is_whole_range(candidate: LawCandidate, law: Source) -> bool:
    """L2: a range is asked whole."""
    return not _HALF.search(candidate.stem)


def _counted(shape: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(shape.findall(text))


def _statement(candidate: LawCandidate) -> str:
    """What the law says, as a true statement."""
    fact = candidate.fact
    if isinstance(fact, SlotFact):
        return fact.statement
    if isinstance(fact, MeaningFact):
        return f"{fact.term}，是指{fact.meaning}"
    return fact.norm.text if isinstance(fact, RuleFact) else fact.left + fact.right


def _asked(candidate: LawCandidate) -> str:
    """The words a stem keeps: all but the value, and of a ceiling the act alone."""
    fact, kind = candidate.fact, candidate.kind
    if not isinstance(fact, SlotFact) or kind is Kind.JUDGE:
        if isinstance(fact, MeaningFact) and kind is Kind.SINGLE:
            return fact.meaning
        return _statement(candidate)
    if fact.pattern is Pattern.CEILING and "上限是多少" in candidate.stem:
        acts = [clause for clause in _SPLIT.split(fact.left) if "处" not in clause[-3:]]
        may = "可以" if "可以" in candidate.stem.rpartition("，对")[0] else ""
        return "，".join(clause for clause in acts if "元" not in clause) + may
    return f"{fact.left}，{fact.right}"
