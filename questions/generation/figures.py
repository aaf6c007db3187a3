"""Figures asked as 单选, 判断 and 填空."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from questions import numerals
from questions.facts.figures import FigureFact
from questions.facts.phrases import Direction
from questions.facts.quantities import Quantity, UnitClass
from questions.generation import numbers, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble, is_slight
from questions.generation.likeness import half_step
from questions.models import JUDGE_OPTIONS, Kind

Maker = Callable[[FigureFact, Source, Book], Candidate | None]

RECALLABLE: Final = 4  # digits a person may recall
JUDGEABLE: Final = 5  # digits a person may tell wrong at sight
KNOWABLE: Final = 6  # digits a person may know among others by their size
WEIGHTY: Final = frozenset({UnitClass.SHARE, UnitClass.MONEY, UnitClass.SPAN})
TELLING: Final = 6  # Han characters of a passage that tells what was counted
_HAN: Final = re.compile("[一-鿿]")
_NAMED: Final = re.compile("(?:《[^》]*》[、和及与]?)+等$")
_NAMES: Final = re.compile("(?:[一-鿿]{2,14}、)+[一-鿿]{2,14}等$")
_SERVICES: Final = frozenset({"家次", "人次", "户次", "件次", "次", "场次", "台次", "车次"})
LONG_COUNT: Final = 1000  # from here on nobody recalls how often something was done
_OPPOSITES: Final = (
    ("下降", "上升"), ("减少", "增加"), ("降低", "提高"), ("缩短", "延长"), ("增长", "下降"),
    ("提升", "下降"), ("回落", "上升"), ("下滑", "上升"), ("压减", "增加"), ("压缩", "增加"),
)  # fmt: skip


def single(fact: FigureFact, source: Source, book: Book) -> Candidate | None:
    """Which of four figures; None where no fair wrong ones exist."""
    quantity, total = fact.quantity, fact.total
    if quantity.value == 100 and quantity.unit == "%":
        return None
    if (
        _length(fact) > KNOWABLE
        or fact.is_joint
        or is_bound(quantity)
        or (total and total.value == quantity.value)
    ):
        return None
    drawn = numbers.options(
        quantity,
        source.neighbours(fact),
        taken(fact, source),
        fact.ceiling,
        book.ledger,
        book.rng,
        total,
        _shown(fact),
    )
    if drawn is None:
        return None
    texts, key = drawn
    options = tuple(wording.full_width(quantity.printed(text)) for text in texts)
    draft = Draft(
        Kind.SINGLE,
        wording.question(fact),
        _explain(fact, source, f"{quantity.printed()}。"),
        options=options,
        key=(key,),
        keys=(quantity.digits, quantity.printed()),
        difficulty=_difficulty(0.45, fact),
    )
    return _finish(draft, fact, source)


def judge(fact: FigureFact, source: Source, book: Book) -> Candidate | None:
    """True as printed, or false by another number or the other direction."""
    if _length(fact) > JUDGEABLE or fact.is_joint or is_slight(fact):
        return None
    is_true = book.wants_truth() or is_bound(fact.quantity)
    printed, stem, note = fact.quantity.printed(), "", "对。"
    if is_true:
        stem = wording.statement(fact, printed)
    else:
        made = _falsified(fact, source, book)
        if made is None:
            return None
        stem, note = made
    draft = Draft(
        Kind.JUDGE,
        stem,
        _explain(fact, source, note),
        options=JUDGE_OPTIONS,
        key=(0 if is_true else 1,),
        keys=(fact.quantity.digits, printed),
        is_false=not is_true,
        difficulty=_difficulty(0.35, fact),
    )
    return _finish(draft, fact, source)


def blank(fact: FigureFact, source: Source, book: Book) -> Candidate | None:
    """The number left out, its unit kept; None where it is too long to recall."""
    if _length(fact) > RECALLABLE or fact.quantity.value == 100 or is_slight(fact):
        return None
    if fact.quantity.unit in _SERVICES and fact.quantity.value >= LONG_COUNT:
        return None
    stem = wording.gap(fact)
    if fact.quantity.digits in _numbers(fact.left + " " + fact.right) or (
        len(fact.quantity.digits) > 1 and fact.quantity.digits in stem
    ):
        return None
    draft = Draft(
        Kind.BLANK,
        stem,
        _explain(fact, source, f"{fact.quantity.printed()}。"),
        answers=_answers(fact, stem),
        keys=(fact.quantity.digits, fact.quantity.printed()),
        difficulty=_difficulty(0.6, fact),
    )
    return _finish(draft, fact, source)


MAKERS: Final[dict[Kind, Maker]] = {Kind.SINGLE: single, Kind.JUDGE: judge, Kind.BLANK: blank}


def _finish(draft: Draft, fact: FigureFact, source: Source) -> Candidate:
    document = source.document
    citation = document.cite(*_passage(fact, source), fact.section)
    return assemble(draft, document, fact, citation)


def _passage(fact: FigureFact, source: Source) -> tuple[int, int]:
    """Where the fact stands, less what lies beyond a tag left in the file."""
    document = source.document
    if document.is_verbatim(fact.start, fact.end):
        return fact.start, fact.end
    start, end = document.untagged(fact.start, fact.end, fact.at)
    tells = len(_HAN.findall(document.plain[start:end])) >= TELLING
    return (start, end) if tells else (fact.start, fact.end)


def _explain(fact: FigureFact, source: Source, answer: str) -> str:
    document = source.document
    return wording.explain(answer, document, fact.section, fact.start, fact.end, fact.spans)


def _length(fact: FigureFact) -> int:
    return len(fact.quantity.digits.replace(",", "").replace(".", "").rstrip("0"))


def _difficulty(base: float, fact: FigureFact) -> float:
    """Longer and less round numbers are harder."""
    return round(min(0.9, base + 0.04 * (_length(fact) - 2)), 2)


def taken(fact: FigureFact, source: Source) -> Callable[[Decimal], bool]:
    """Values that are true of something too like the fact, or stand in its own stem."""
    spans: list[tuple[Decimal, Decimal]] = []
    for value, step in sorted(
        {
            (rival.value, min(half_step(rival), rival.value / 50))
            for rival in (other.quantity for other in source.rivals.get(fact.at, ()))
        }
    ):
        low, high = value - step, value + step
        if spans and low <= spans[-1][1]:
            spans[-1] = (min(low, spans[-1][0]), max(high, spans[-1][1]))
        else:
            spans.append((low, high))
    starts = [low for low, _ in spans]
    told = _shown(fact)
    least = _listed(fact.left)

    def is_taken(value: Decimal) -> bool:
        at = bisect.bisect_right(starts, value) - 1
        few = value <= least < fact.quantity.value  # 《甲》《乙》等: more than the named
        return few or value in told or (at >= 0 and value <= spans[at][1])

    return is_taken


def _listed(left: str) -> int:
    """How many a stem names before it counts them: 《甲》《乙》等, 甲局、乙局等; 0 for none."""
    titles = _NAMED.search(left)
    if titles:
        return max(1, titles.group().count("《"))
    names = _NAMES.search(left)
    return names.group().count("、") + 1 if names else 0


def _shown(fact: FigureFact) -> frozenset[Decimal]:
    """The numbers that the words around a figure print."""
    readings = map(numerals.read, _numbers(fact.left + " " + fact.right))
    return frozenset(reading.value for reading in readings if reading is not None)


def _numbers(text: str) -> list[str]:
    word, found = "", []
    for c in text + " ":
        if c.isdigit() or c == ".":
            word += c
        elif word:
            found.append(word.strip("."))
            word = ""
    return found


def _falsified(fact: FigureFact, source: Source, book: Book) -> tuple[str, str] | None:
    printed = fact.quantity.printed()
    turned = _turned(fact.left) if may_turn(fact) else None
    if turned is not None and book.rng.random() < 0.8:
        stem = wording.statement(fact, printed).replace(
            wording.full_width(fact.left), wording.full_width(turned[0])
        )
        return stem, f"错，应为“{turned[1]}{printed}”。"
    made = numbers.wrong(fact.quantity, taken(fact, source), fact.ceiling, book.rng, fact.total)
    if made is None:
        return None
    return wording.statement(fact, fact.quantity.printed(made)), f"错，应为{printed}。"


def is_weighty(fact: FigureFact) -> bool:
    """Whether a figure tells more than how often: a rate, a sum, a time, a change."""
    tells = fact.direction is not None or fact.ceiling is not None
    return tells or fact.quantity.unit_class in WEIGHTY


def is_bound(quantity: Quantity) -> bool:
    """Whether a number only bounds what it tells (超过95%), so that lower ones are true too."""
    return bool(quantity.tail not in ("", "左右") or quantity.lead not in ("", "约", "大约", "近"))


def may_turn(fact: FigureFact) -> bool:
    """Whether the change could have gone the other way: the value before it stays possible."""
    if fact.direction is None or fact.ceiling is not None:
        return False
    change, base = fact.quantity, fact.base
    if change.unit == "%":
        return change.value < 100
    if base is None or base.unit.removesuffix("%") != change.unit.removesuffix("个百分点"):
        return False
    was_less = fact.direction is Direction.DOWN  # turned round, it rose
    before = base.value - change.value if was_less else base.value + change.value
    return before > 0 and not (base.unit == "%" and before > 100)


def _turned(left: str) -> tuple[str, str] | None:
    """The words with their last direction turned round, and the direction they had."""
    for word, other in (*_OPPOSITES, *((b, a) for a, b in _OPPOSITES)):
        for ending in (word, word + "了", word + "到", word + "至"):
            if left.endswith(ending):
                return left[: len(left) - len(ending)] + ending.replace(word, other), word
    return None


def _answers(fact: FigureFact, stem: str) -> tuple[str, ...]:
    """Every accepted form: 59, 59项, 五十九; 1.91, 1.91亿元, 19100万."""
    quantity = fact.quantity
    digits = quantity.digits.replace(",", "")
    approximate = quantity.inner + quantity.scale + quantity.after + quantity.unit
    forms = [digits, digits + approximate, digits + quantity.scale + quantity.unit]
    if "," in quantity.digits:
        forms.append(quantity.digits)
    if quantity.scale:
        forms.append(digits + quantity.scale)
    if quantity.scale == "亿":
        forms.append(f"{(Decimal(digits) * 10000).normalize():f}万{quantity.unit}")
    if quantity.scale == "万" and quantity.value == quantity.value.to_integral_value():
        forms.append(f"{int(quantity.value)}{quantity.unit}")
    words = numerals.spoken(Decimal(digits)) if Decimal(digits) < 10_000 else None
    if words is not None:
        forms += [words, words + quantity.scale + quantity.unit]
    if quantity.unit == "%":
        forms.append(f"百分之{digits}")
    return tuple(form for form in dict.fromkeys(forms) if len(form) < 2 or form not in stem)
