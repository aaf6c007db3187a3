"""What one figure says in a few words, and which figures may stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from questions.documents.brackets import outside, pair
from questions.facts import lexicon, setting
from questions.facts.figures import FigureFact
from questions.facts.tallies import SPAN, TallyFact
from questions.generation import wording
from questions.generation.book import Source
from questions.generation.candidate import is_slight

OPTIONS: Final = 4
LONGEST: Final = 48  # characters of an option
RATIO: Final = 1.6
RECALLABLE: Final = 5  # digits a person may tell wrong at sight
SAID: Final = 4  # Han characters that say what an option counts
ROOM: Final = 104  # characters of the passage shown in feedback
LEAST: Final = 10  # characters on either side of a number shown there at least
_DATE: Final = re.compile(r"^(?:20\d\d年(?:度|全年)?)?[,，]?(?:全年[,，])?")
_INNER: Final = re.compile("^(?:级|本级|直|内|辖|属)")  # 浙江省 + 级…: no prefix of its own
_OFFICE: Final = re.compile("[一-鿿]{2,9}(?:厅|局|委员会|办公室|法院|检察院|大队|支队|总队)")
_STOPS: Final = re.compile("[,，;；。、:：]")
_VAGUE: Final = re.compile(
    "(?:联合|专项|集中|系列|相关|有关|各类|此项|该)[一-鿿]{0,4}(?:行动|活动|检查|执法|整治|工作|任务)"
)  # whose topic stands in the clause before
_LOOSE: Final = re.compile(
    "^(?:惠及|覆盖|涉及|分解到|受益|其中|占|同比|比|较|为|自|由|从|达|加上|另有|另外|控制在|来自|其余|平均|超过|约|近)"
)  # of what?
_CLUMSY: Final = re.compile(
    r"为(?:超过|近|约|逾)|则为|占同比|[中的和.]$|^[^,，]{2,16}涉及[^,，]*的\d|个方面|类\d|[一-鿿%]\.[一-鿿]"
)
_PART: Final = re.compile("^其中[,，]?")
_SPACES: Final = re.compile(r"\s+")
_GAP: Final = "……"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one figure says, and where its clause begins.

    `after` is the place of the figure that says of what, -1 for none.
    """

    figure: FigureFact
    text: str
    piece: int
    after: int = -1


def of(fact: TallyFact, source: Source) -> list[Claim]:
    """The claims of all figures that stand alone or behind another."""
    return [
        claim
        for figure in fact.figures
        if figure.at not in source.restated
        and not is_slight(figure)
        and (claim := _claim(figure, fact, source))
    ]


def fours(told: list[Claim]) -> Iterator[list[Claim]]:
    """Claims by fours of like length and none giving a number of another.

    First those of one section, then what is left of neighbouring ones.
    """
    left = list({claim.text: claim for claim in told}.values())
    for of_one_section in (True, True, False):
        waiting, left = left, []
        while waiting:
            four = _from(waiting.pop(0), waiting, of_one_section=of_one_section)
            if len(four) < OPTIONS:
                left.append(four[0])
                continue
            waiting = [claim for claim in waiting if claim not in four]
            yield sorted(four, key=lambda claim: claim.figure.at)
        left.sort(key=lambda claim: len(claim.text))  # what the nearest did not suit


def _from(first: Claim, others: list[Claim], *, of_one_section: bool) -> list[Claim]:
    """A claim with up to three others that fit, the nearest first."""
    four = [first]
    if first.after >= 0:
        return four
    near = [claim for claim in others if abs(claim.figure.at - first.figure.at) <= SPAN]
    for claim in sorted(near, key=lambda claim: abs(claim.figure.at - first.figure.at)):
        if len(four) < OPTIONS and _fits(four, claim, of_one_section=of_one_section):
            four.append(claim)
    return four


def _fits(four: list[Claim], claim: Claim, *, of_one_section: bool) -> bool:
    """Whether a claim stands near the others, is of like length and gives no number of theirs."""
    figure, text = claim.figure, claim.text
    gaps = [abs(figure.at - other.figure.at) for other in four]
    if max(gaps) > SPAN or claim.piece in [other.piece for other in four]:
        return False
    if of_one_section and figure.section != four[0].figure.section:
        return False
    if claim.after >= 0 and all(other.figure.at != claim.after for other in four):
        return False
    sizes = [len(text), *(len(other.text) for other in four)]
    if max(sizes) > RATIO * min(sizes) + 2:
        return False
    mine = _words(text, figure)
    return not any(
        other.figure.quantity.printed() in text
        or figure.quantity.printed() in other.text
        or _words(other.text, other.figure) in mine
        or mine in _words(other.text, other.figure)
        for other in four
    )


def _words(text: str, figure: FigureFact) -> str:
    """A claim without its number."""
    return text.replace(figure.quantity.printed(), "")


def _claim(figure: FigureFact, fact: TallyFact, source: Source) -> Claim | None:
    """What one figure says, without the period and the speaker the stem names."""
    digits = figure.quantity.digits.replace(",", "").replace(".", "").strip("0")
    if len(digits) > RECALLABLE:
        return None
    start, end = _piece(figure, source)
    text = _stated(figure, source)
    if _stands(text, figure):
        return Claim(figure, text, start)
    text = _PART.sub("", lexicon.strip_markers(source.document.plain[start:end].strip()))
    text = _SPACES.sub("", text)
    whole = setting.find_dangling(text) is None and not pair(text)[1]
    earlier = [
        other.at
        for other in fact.figures
        if other.sentence == figure.sentence and other.at < figure.at
    ]
    if not earlier or not whole or not _stands(text, figure, least=2):
        return None
    return Claim(figure, text, start, after=max(earlier))


def _stands(text: str, figure: FigureFact, least: int = SAID) -> bool:
    """Whether a claim says what it counts, its own figure alone, and no more than that."""
    printed = figure.quantity.printed()
    words = _words(text, figure)
    says = lexicon.weight(words) if least == SAID else sum("一" <= c <= "鿿" for c in words)
    if says < least or text[:1] in "的并及等" or _LOOSE.match(text):
        return False
    if _CLUMSY.search(text):
        return False
    own = text.count(printed) == 1 and not any(c.isdigit() for c in words)
    return own and 5 <= len(text) <= LONGEST


def _stated(figure: FigureFact, source: Source) -> str:
    """The statement of a figure, cut down to the clause that says it; '' if it leans on others."""
    text = wording.statement(figure, figure.quantity.printed()).rstrip("。")
    text = _DATE.sub("", text).removeprefix(source.setting.issuer or "\n")
    near = f"{source.setting.short}全{source.setting.level}"
    place = source.setting.place or "\n"
    if text.startswith(place):
        rest = text.removeprefix(place)
        if _OFFICE.match(rest):
            text = source.setting.level + rest  # 浙江省水利厅 → 省水利厅
        elif not _INNER.match(rest):
            text = rest
    text = text.replace(near, near[-2:]).lstrip("，,")
    before, _, own = text.rpartition("，")
    if before and not lexicon.is_verbal(own):
        return ""  # what was counted stands in the words before
    if lexicon.weight(_words(own, figure)) >= SAID and not _VAGUE.search(own):
        return own
    if before and before.replace("，", ",") + "," not in figure.sentence.replace("，", ","):
        return ""  # a clause whose own figure was left out is no topic of this one
    return text


def passage(fact: TallyFact, source: Source) -> str:
    """The words around each number in reading order, what lies between them left out."""
    text = source.document.plain
    figures = sorted(fact.figures, key=lambda figure: figure.at)
    spans = [_piece(figure, source) for figure in figures]
    most = max(end - start for start, end in spans)
    while _length(spans) > ROOM and most > LEAST:
        most -= 2
        spans = [
            _around(span, figure.at, len(figure.quantity.printed()), most)
            for span, figure in zip(spans, figures, strict=True)
        ]
    return _GAP.join(text[start:end].strip() for start, end in spans)


def _piece(figure: FigureFact, source: Source) -> tuple[int, int]:
    """Where the words right around a figure begin and end."""
    text, size = source.document.plain, len(figure.quantity.printed())
    begin = done = figure.start
    for stop in _STOPS.finditer(text, figure.start, figure.at):
        counted = any(c.isdigit() for c in text[done : stop.start()])
        if stop.group() != "、" or counted:  # else it joins nouns: 查封、扣押案件86件
            begin = stop.end()
        done = stop.end()
    behind = text[figure.at + size : figure.end]
    stops = outside(behind, _STOPS, pair(behind)[0])
    return begin, figure.at + size + stops[0] if stops else figure.end


def _length(spans: list[tuple[int, int]]) -> int:
    return sum(end - start + len(_GAP) for start, end in spans)


def _around(span: tuple[int, int], at: int, size: int, most: int) -> tuple[int, int]:
    """A span with at most `most` characters on either side of its number."""
    return max(span[0], at - most), min(span[1], at + size + most)
