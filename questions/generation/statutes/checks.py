"""What makes a law question unfit: the house's V checks and the L codes of law texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from questions import numerals
from questions.brackets import pair
from questions.data import words
from questions.facts import citing
from questions.facts.articles import Pattern, SlotFact
from questions.generation.statutes import fidelity, worth
from questions.generation.statutes.candidate import LawCandidate, citation, feedback, operative
from questions.generation.statutes.judges import TAUTOLOGY, UNSAFE
from questions.generation.statutes.law import Source
from questions.generation.statutes.likeness import grams, jaccard
from questions.generation.statutes.scales import OPTIONS
from questions.models import Kind

STEM, OPTION = 120, 100
DEFINITION: Final = 60  # characters of a definition with a question in it
RATIO: Final = 1.6
DUPLICATE: Final = 0.8
SENSITIVE: Final = re.compile("|".join(words("sensitive").split()))
_BLANKS: Final = re.compile(r"\s+|\*\*")
_CUT: Final = re.compile(
    r"^(?:并|且|的|等|和|及|或|还|也|但)|[，、：；][。？]|[，、]{2}|：$|《》|“”|（）|(?<!目)的[？。]$|依法、"
)
_COMMON: Final = re.compile("或者|当事人|行政|管理|部门|主管|规定")
_SCENE: Final = re.compile(
    "^(?:当事人不在场的|对(?:不|未)[^，]{2,24}(?:要求|规定|标准|条件)的|拟(?!作出的)|决定作出之前|主持人|听证主持人|需要进行|确需|经审查|必要时|违反(?:有关)?规定的|"
    "(?:情况|案情)[^，]*复杂的，(?:经[^，]*批准，)?(?:自[^，]*起)?可以(?:适当)?延长|[有无]权处理的|其他|认为|"
    "因[^，]*需要采[^，]{1,8}的，|原(?:备案|审批)机关|"
    "[零一二三四五六七八九十百\\d]+(?:个月|[日年天])内)"
    "|^[^，]{2,12}在宣告[后时]|^(?!.*听证).*主持人"
)
_PLAIN_DUTY: Final = re.compile(
    "(?:^|应当|必须|，)如实(?!申报)|^不得(?:伪造|篡改|弄虚作假|虚假|滥用职权|徇私)|^应当(?:对[^，]{2,20}负责|予以协助|协助)$|提供[^，]*服务$|贿赂$|^不得[^，]*(?:截留|阻挠|干涉)|按照规定着装|整合[^，]*资源"
    "|^不得[^，]*(?:造成|产生)[^，]{0,10}(?:污染|损害|破坏|影响|危害)$|^不得[^，]*(?:打击报复|歧视|刁难)$"
    "|^不得[^，]*(?:应当淘汰|明令淘汰|明令禁止|国家禁止)[^，]*$|及时更正$|恶化[^，]*$|不得(?:拒绝|阻挠)[、或者]*(?:拒绝|阻挠)?$"
    "|^不得(?:损害|侵害|侵犯|危害|破坏|污染|影响)[^，]*$"
    "|(?<!不)承担(?:侵权|赔偿|民事|法律|相应的?法律)责任$|忠于职守|是指在"
    "|^应当(?:予以)?配合|与[^，]{2,16}规定(?:相符|一致)$|^(?:应当|必须)遵守|不得拒绝"
    "|^(?:应当|必须)(?:依照|按照|根据)[^，]{0,60}(?:法律|法规|规定|标准|规程|要求)[^，]{0,6}(?:办理|执行|管理|处理)?$"
    "|^有权[^，]*(?:举报|检举|控告|投诉|申请行政复议|提起[^，]*诉讼)"
)
_OWN: Final = re.compile("本(?:法(?!律|人|院|定)|条例|规定|办法|细则)|第_+条|哪一?条|第几条")
_DEFINED: Final = re.compile("^[^，]{2,20}，?是(?!否)|是指")
FIGURES: Final = frozenset({Pattern.BODY, Pattern.MEANING})
MOST_OF_ONE: Final = defaultdict(lambda: 5, {Kind.JUDGE: 8})  # questions with one answer
MORE: Final = 3  # where the article has no other question
CLAUSES: Final = 6


@dataclass(slots=True)
class Desk:
    """What was accepted so far."""

    stems: list[tuple[Kind, frozenset[str]]] = field(default_factory=list)
    by_gram: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))
    asked: set[str] = field(default_factory=set)
    judged: set[tuple[str, int, int | None, str]] = field(default_factory=set)

    def near(self, mine: frozenset[str]) -> Iterator[tuple[Kind, frozenset[str]]]:
        """Earlier stems that may be as like as DUPLICATE.

        Such a stem holds all but a fifth of these grams, so one of the rarest fifth is among
        them.
        """
        rarest = sorted(mine, key=lambda gram: (len(self.by_gram.get(gram, ())), gram))
        places: set[int] = set()
        for gram in rarest[: int((1 - DUPLICATE) * len(mine)) + 1]:
            places.update(self.by_gram.get(gram, ()))
        return (self.stems[at] for at in sorted(places))

    def enter(self, candidate: LawCandidate) -> None:
        """Remember an accepted candidate."""
        at = len(self.stems)
        shape = grams(candidate.stem, 3)
        self.stems.append((candidate.kind, shape))
        for gram in shape:
            self.by_gram[gram].append(at)
        self.asked.add(candidate.fact.norm.article.label)
        mark = _answer(candidate)
        if mark is not None:
            self.answers[mark] += 1
        if candidate.kind is Kind.JUDGE:
            norm = candidate.fact.norm
            self.judged.add((norm.article.label, norm.paragraph, norm.item, norm.text))


Check = Callable[[LawCandidate, Source, Desk], bool]


def cites(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V1: the passage is verbatim and holds the key."""
    cite = citation(candidate, law)
    if law.statute.document.text[cite.start : cite.end] != cite.quote:
        return False
    quote = _plain(cite.quote)
    return all(_plain(key) in quote for key in candidate.keys)


def is_told(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V1: feedback shows the words that were asked for, in the place it cites."""
    told = max(candidate.told, candidate.other[1] if candidate.other else "", key=len)
    shown = _plain(feedback(replace(candidate, told=told), law)).partition("「")[2]
    cite = _plain(citation(candidate, law).quote)
    return all(_plain(words) in shown for words in operative(candidate) if _plain(words) in cite)


def has_scene(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V3: who is meant, and at what stage, does not hang on the sentence before."""
    return not _SCENE.search(candidate.stem)


def is_single(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """L3: no other article has the same sentence."""
    return candidate.fact.norm.opens or candidate.fact.norm.text not in law.repeated


def has_substance(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V9: nobody is asked whether one should be honest."""
    if candidate.kind is not Kind.JUDGE or isinstance(candidate.fact, SlotFact):
        return True
    if candidate.other is None and TAUTOLOGY.search(candidate.fact.norm.text):
        return False
    return not _PLAIN_DUTY.search(candidate.fact.norm.rest)


def has_scope(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """L1, L2: nothing in the stem leans on a neighbouring paragraph, and a subject is there."""
    stem = candidate.stem.rstrip("？。")
    return not citing.faults(stem) and not _OWN.search(stem)


def is_whole(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V5: nothing is cut off, lengths fit a message."""
    stem = candidate.stem
    if _CUT.search(stem) or not 10 <= len(stem) <= STEM:
        return False
    if any(pair(numerals.normalize(text))[1] for text in (stem, *candidate.options)):
        return False
    return all(0 < len(option) <= OPTION for option in candidate.options)


def is_worth_asking(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V9: worth by pattern, chapter, rarity and friction."""
    return worth.of(candidate, law) >= worth.LEAST


def is_decent(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V10: no statement on leaders, the Party or the Constitution is put to the vote."""
    return candidate.kind is not Kind.JUDGE or not (
        SENSITIVE.search(candidate.stem) or SENSITIVE.search(law.title)
    )


def is_short(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V11: one sentence that reads in one go; a definition is short, its blank stands late."""
    is_value = candidate.kind is not Kind.JUDGE or isinstance(candidate.fact, SlotFact)
    if is_value and _DEFINED.search(candidate.stem) and len(candidate.stem) > DEFINITION:
        return False
    return candidate.stem.count("，") <= CLAUSES and "。" not in candidate.stem.rstrip("。")


def is_silent(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V4: no word of the key in the stem unless a wrong option shares it."""
    if candidate.kind is Kind.JUDGE:
        return True
    stem = _COMMON.sub("", candidate.stem)
    if candidate.kind is Kind.BLANK:
        return not any(
            len(answer) > 1 and answer in candidate.stem for answer in candidate.answers
        )
    if isinstance(candidate.fact, SlotFact) and candidate.pattern is not Pattern.BODY:
        return candidate.fact.printed not in candidate.stem
    wrong = frozenset().union(
        *(grams(option) for at, option in enumerate(candidate.options) if at not in candidate.key)
    )
    return all(
        (grams(_COMMON.sub("", candidate.options[at])) & grams(stem)) <= wrong
        for at in candidate.key
    )


def is_parallel(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V6: options differ, are of one class and of like length; closed ladders may vary."""
    options = candidate.options
    if candidate.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return True
    if len(set(options)) < len(options) or len(options) < 3:
        return False
    if candidate.pattern is Pattern.BODY and len(options) < OPTIONS:
        return False
    if candidate.pattern in FIGURES:
        return max(map(len, options)) <= RATIO * min(map(len, options)) + 2
    return True


def resists_guessing(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V7: keys do not stick out by length."""
    if candidate.kind is not Kind.MULTIPLE:
        return True
    keys = [len(candidate.options[at]) for at in candidate.key]
    wrong = [len(o) for at, o in enumerate(candidate.options) if at not in candidate.key]
    mine, theirs = sum(keys) / len(keys), sum(wrong) / len(wrong)
    return max(mine, theirs) <= 2 * min(mine, theirs)


def is_varied(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """L7: the body is one, and is not the answer to every question; nor is one sum."""
    mark = _answer(candidate)
    is_only = candidate.fact.norm.article.label not in desk.asked
    return mark is None or desk.answers[mark] < MOST_OF_ONE[candidate.kind] + MORE * is_only


def _answer(candidate: LawCandidate) -> tuple[str, ...] | None:
    """What must not be the answer too often: an authority, the sum of one list."""
    fact = candidate.fact
    if candidate.pattern is Pattern.SANCTIONS:
        return candidate.kind, *(candidate.options[at] for at in candidate.key)
    if not isinstance(fact, SlotFact):
        return None
    if fact.pattern is Pattern.BODY:
        return candidate.kind, fact.printed
    if fact.note and candidate.kind is Kind.SINGLE:
        return candidate.kind, fact.norm.article.label, str(fact.norm.paragraph), fact.printed
    return None


def is_new(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """V8: neither nearly the same stem nor the same rule was asked in this kind before."""
    norm = candidate.fact.norm
    rule = (norm.article.label, norm.paragraph, norm.item, norm.text)
    if (
        candidate.kind is Kind.JUDGE
        and not isinstance(candidate.fact, SlotFact)
        and rule in desk.judged
    ):
        return False
    mine = grams(candidate.stem, 3)
    return not any(
        kind is candidate.kind and jaccard(mine, other) >= DUPLICATE
        for kind, other in desk.near(mine)
    )


def is_safe(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """L9: no false form of a rule whose contrary would read as policy."""
    return (
        candidate.other is None
        or not UNSAFE.search(candidate.other[0])
        or isinstance(candidate.fact, SlotFact)
    )


def is_current(candidate: LawCandidate, law: Source, desk: Desk) -> bool:
    """L8: the rule sends to no law that was repealed already."""
    return not law.is_outdated(candidate.stem)


def _faithful(check: Callable[[LawCandidate, Source], bool]) -> Check:
    """A check of fidelity, which needs no desk."""
    return lambda candidate, law, desk: check(candidate, law)


CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("V1", cites),
    ("L1", has_scope),
    ("V2", _faithful(fidelity.has_key)),
    ("L2", _faithful(fidelity.is_whole_range)),
    ("V3", has_scene),
    ("L3", is_single),
    ("V5", is_whole),
    ("L6", _faithful(fidelity.keeps_exception)),
    ("L6", _faithful(fidelity.keeps_alternative)),
    ("L5", _faithful(fidelity.names_law)),
    ("V3", _faithful(fidelity.says_all)),
    ("V9", is_worth_asking),
    ("V9", has_substance),
    ("V10", is_decent),
    ("L8", is_current),
    ("V11", is_short),
    ("V4", is_silent),
    ("V6", is_parallel),
    ("V7", resists_guessing),
    ("L7", is_varied),
    ("L9", is_safe),
    ("V8", is_new),
    ("V1", is_told),
)


def first_failure(candidate: LawCandidate, law: Source, desk: Desk) -> str | None:
    """The first code a candidate fails, or None."""
    if candidate.faults:
        return sorted(candidate.faults)[0]
    return next((code for code, check in CHECKS if not check(candidate, law, desk)), None)


def _plain(text: str) -> str:
    from questions.statutes.marks import full_width

    return full_width(_BLANKS.sub("", text))
