"""How much a piece says of what it counts, and what is left of it without its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from questions.facts import lexicon, phrases
from questions.facts.pieces import Piece
from questions.facts.quantities import UnitClass

ENOUGH: Final = 4  # Han characters that make a measure specific
TOPICAL: Final = 7  # and that need no topic, even where the clause before names one
LONG: Final = 12  # and that need no campaign either
SHORT: Final = 5  # up to here a noun without a verb leans on the clause before it
SPARE: Final = 3  # up to here next to nothing
TOPIC: Final = 36  # characters of a clause that names a topic
CASES: Final = re.compile("[案罚查违办]")
_NAME: Final = re.compile("“[^”]*”")
_FINE: Final = re.compile("(?:合计|共|累计)?(?:罚款|罚没|处罚金额|收缴罚)")
_PUNISHED: Final = re.compile("(?:立案|查处|查办|处罚)[一-鿿]*案件|处罚决定")
_DIGIT: Final = re.compile(r"\d")
_NOISE: Final = re.compile(r"\s|20\d\d年|^[一-鿿]?全[省市区县州国]")
_TOPIC: Final = re.compile(
    "开展|深化|加强|推进|强化|加大|严格|推动|围绕|聚焦|推行|实施|健全|落实|优化|严厉|规范|整治"
)
_BODY: Final = re.compile("部门|机关|机构|法院|检察院|队伍|服务队|协会|委员会")


def measure(before: str, after: str) -> str:
    """What is counted: the words around a number without subject, adverbs and verb."""
    text = lexicon.strip_markers(before)
    start = lexicon.opening(text)
    rest = text[start.object_at :] if start.verb else text[lexicon.skip_adverbs(text, 0) :]
    return _NOISE.sub("", rest + after)


def words(piece: Piece) -> str:
    """A piece's words without its figures, to weigh them."""
    text = piece.text
    pair = phrases.FROM_VALUE.search(text)
    if pair:
        text = re.sub("^[将把]", "", text[: pair.start()])  # 事项由26项压减到19项
    else:
        for number in reversed(piece.quantities):
            text = phrases.without_figure(text, number.start, number.end)
    return f"{piece.head}{lexicon.strip_markers(text)}"


def said(piece: Piece) -> str:
    """A piece as it is told, figures and all: without them its nouns and verbs hang."""
    return f"{piece.head}{lexicon.strip_markers(piece.text)}"


def is_change(piece: Piece) -> bool:
    """Whether a piece only says how a count changed."""
    first = piece.quantities[0] if piece.quantities else None
    return first is not None and bool(phrases.CHANGE.match(piece.text[: first.start]))


def is_aside(piece: Piece) -> bool:
    """Whether a piece but tells a change, or another part (修改2件) of the whole before it."""
    first = piece.quantities[0] if piece.quantities else None
    parted = first and phrases.PARTED.search(piece.text[: first.start])
    return is_change(piece) or bool(parted and len(piece.text) <= LONG)


def is_part(piece: Piece) -> bool:
    """Whether a piece counts a part of a whole, alone: what follows is of it."""
    return piece.parent >= 0 and bool(piece.quantities) and not piece.item


def is_last_of_many(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a whole is but the last of a list that counts the like by the same unit."""
    whole = pieces[at]
    if not whole.item or not whole.quantities or not pieces[at - 1].quantities:
        return False
    return whole.quantities[-1].unit == pieces[at - 1].quantities[-1].unit


def is_of_part(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a sum right behind a part is the part's; rates and outcomes are of the whole."""
    mine = pieces[index]
    number = mine.quantities[0]
    if number.unit_class is UnitClass.SHARE or phrases.DERIVED.match(mine.text[: number.start]):
        return False
    return is_part(pieces[index - 1])


def opener(pieces: Sequence[Piece], index: int) -> Piece | None:
    """The clause without figures that opens the run of counts a piece stands in."""
    at = index - 1
    while at > 0 and pieces[at].quantities and not pieces[at].opens:
        at -= 1
    return None if pieces[at].quantities else pieces[at]


def _punished(pieces: Sequence[Piece], index: int) -> int:
    """The cases, whole and not by kinds, that a fine told behind them is of; -1 for none."""
    if not _FINE.match(lexicon.strip_markers(pieces[index].text)):
        return -1
    at = index
    while at > 0 and not pieces[at].opens:
        at -= 1
        piece = pieces[at]
        counts = piece.quantities and piece.quantities[0].unit_class is UnitClass.COUNT
        if counts and piece.parent < 0 and _PUNISHED.search(piece.text):
            return at
    return -1


def rated(pieces: Sequence[Piece], index: int) -> int:
    """The count right before a bare rate (参训率) or sum that is of it; -1 without one.

    A rate that says an outcome again (整改4329条,整改率) is of what came before the outcome.
    """
    mine = pieces[index]
    if (cases := _punished(pieces, index)) >= 0:
        return cases
    own_words = mine.text[: mine.quantities[0].start]
    if mine.item or mine.opens or not lexicon.is_bare_measure(own_words):
        return -1
    at = index - 1
    if pieces[at].text.startswith(own_words[:2]) and not pieces[at].opens:
        at -= 1
    last = pieces[at] if at >= 0 else mine
    if not last.quantities or is_change(last) or last.parent >= 0 or at < 0:
        return -1
    counts = last.quantities[0].unit_class in (UnitClass.COUNT, UnitClass.NOUN)
    if last.item and phrases.FOLLOWS.match(last.text):
        at -= last.item  # 改造小区1571个、惠及居民21万户,开工率
        last = pieces[at]
    first = last.quantities[0] if last.quantities else mine.quantities[0]
    counted = measure(last.head + last.text[: first.start], last.text[first.end :])
    told_of = len(counted) > 1
    told = not phrases.DERIVED.match(last.text[: last.quantities[0].start])
    return at if counts and told_of and told else -1


def is_enough(piece: Piece) -> bool:
    """Whether a piece says by itself what is counted."""
    if not piece.quantities:
        return lexicon.weight(measure(piece.head + piece.text, "")) >= ENOUGH
    first = piece.quantities[0]
    before, after = piece.text[: first.start], piece.text[first.end :]
    if lexicon.is_bare_measure(phrases.FROM.sub("", phrases.FROM_VALUE.sub("", before))):
        return False
    if phrases.DERIVED.match(before) or phrases.AIMLESS.search(before + after):
        return False
    if is_change(piece) or first.unit_class is UnitClass.SHARE or piece.parent >= 0:
        return False
    return lexicon.weight(measure(piece.head + before, after)) + own(piece) >= ENOUGH


def own(piece: Piece) -> int:
    """What a piece's scope and subject say of its topic: 各级水行政主管部门 much, 全省 little."""
    said = "".join(piece.scopes)
    dated = 2 if phrases.EVENT.search(said) or lexicon.weight(said) > TOPICAL else 0
    if not piece.subject or not _BODY.search(piece.subject):
        return dated + (SHORT if piece.subject and piece.text.startswith(piece.subject) else 0)
    return dated + lexicon.weight(phrases.AREA.sub("", piece.subject))


def listed(pieces: Sequence[Piece], at: int) -> tuple[int, int]:
    """The first and last piece of the list that a piece stands in, if all of it counts."""
    first = last = at
    while pieces[first].item and first:
        first -= 1
    while last + 1 < len(pieces) and pieces[last + 1].item > 0:
        last += 1
    whole = pieces[first : last + 1]
    plain = all(piece.quantities and not is_change(piece) for piece in whole)
    stands = any(not piece.head and lexicon.is_verbal(piece.text) for piece in whole[1:])
    return (first, last) if plain and not stands and whole[0].parent < 0 else (at, at)


def is_measured(piece: Piece) -> bool:
    """Whether a piece gives a sum or share, which has no shares of its own."""
    first = piece.quantities[0].unit_class if piece.quantities else UnitClass.COUNT
    return first in (UnitClass.MONEY, UnitClass.SHARE)


def is_relational(before: str, right: str, weight: int) -> bool:
    """Whether what is counted belongs to something only an earlier clause can name."""
    text = before + right
    if phrases.RELATIONAL.search(text):
        return True
    if weight >= LONG and not text.startswith(("会同", "联合", "与")):
        return False
    aimed = weight >= TOPICAL and re.search("[对将]", before)
    return bool(phrases.AIMLESS.search(text)) and not aimed


def names_topic(piece: Piece, *, strict: bool) -> bool:
    """Whether a clause without figures says what the ones after it are about."""
    if piece.quantities or len(piece.text) > TOPIC or _DIGIT.search(_NAME.sub("", piece.text)):
        return False
    if "《" in piece.text or lexicon.weight(piece.text) < ENOUGH:
        return False
    text = lexicon.strip_markers(piece.text)
    if phrases.FORMULA.search(text):
        return False
    if text.startswith(("由", "以", "按", "下设", "设在", "成立", "即")) or "坚持" in text:
        return False
    place = lexicon.skip_adverbs(text, 0)
    return not strict or bool(_TOPIC.match(text, place))


def is_derived(before: str, right: str, counted: str) -> bool:
    """Whether a piece is but a verb or rate (办结, 采纳率) of what was counted before."""
    own = phrases.PERIOD.sub("", lexicon.strip_markers(before))
    if right:
        return False
    if len(counted) <= 1 or phrases.DERIVED.match(own):
        return True
    return len(own) <= SHORT + 1 and lexicon.is_bare_measure(own)


def is_beside(mine: Piece, other: Piece, weight: int, *, is_derived: bool) -> bool:
    """Whether an earlier piece stands beside this one and is not what it is about."""
    if mine.item and other.head_at == mine.head_at:
        return True  # another item of its list
    if phrases.AVERAGE.search(other.text):
        return True
    said = words(other)
    number = mine.quantities[0]
    if number.unit_class is UnitClass.SHARE:
        told = other.quantities or weight < SPARE or phrases.ACT.match(said)
        if is_measured(other) or not told:
            return True
    if "罚" in lexicon.strip_markers(mine.text)[:4] and not CASES.search(other.text):
        return True
    if not other.quantities:
        return False
    first = other.quantities[0]
    if first.unit == number.unit and not is_derived:
        return True  # its sibling
    text = lexicon.strip_markers(mine.text)
    acts = lexicon.verb_at(text, lexicon.skip_adverbs(text, 0)) and not is_derived
    if acts and not phrases.LOOKS.search(said):
        return True  # an act of its own
    stock = other.text[: first.start].endswith("达到") and not is_measured(other)
    return stock and (bool(acts) or weight >= SPARE)


def is_by_others(pieces: Sequence[Piece], index: int) -> bool:
    """决定被复议6件、诉讼2件: others act; 由4次、9份,减为1次、3份: what was before is gone."""
    piece = pieces[index]
    first = pieces[index - piece.item].text
    others = piece.item and not piece.head and "被" in first
    return bool(others or phrases.TO_ONLY.match(first))
