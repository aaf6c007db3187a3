"""Lists asked as 多选, and as 填空 for one member left out.

Wrong members come first from another list of the document, of the same class and with another
predicate; then from the tables. What stands elsewhere in the document, or is but another name
of a member, is no wrong member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from questions.data import words
from questions.facts import kinship, lexicon
from questions.facts.enumerations import EnumFact
from questions.facts.gazetteer import Class, Entry, members, near, overlap, short
from questions.generation import inplace, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.generation.likeness import grams
from questions.models import Kind

OPTIONS: Final = 5
MOST_KEYS: Final = 4
RATIO: Final = 1.6
TRIES: Final = 6  # draws of members before a list is given up
NEAR: Final = 10  # names of a table, around the members, that may be wrong ones
NEAREST: Final = 3  # the same where only those next to the members tempt
_PLACES: Final = frozenset({Class.PROVINCE, Class.CITY, Class.RIVER, Class.LAKE})
_BODIES: Final = frozenset({Class.DEPARTMENT, Class.MINISTRY})
_OWNING: Final = frozenset({"场所", "行业", "领域", "违法犯罪行为"})
_SET: Final = frozenset({"环节", "制度", "机关"})  # whose lists are known by heart
_WHOLES: Final = ("程序", "环节", "流程", "阶段")
_COUNTED: Final = re.compile("[两三四五六七八九十]项(?:制度|程序|机制|措施|要求)")
_COMMITTEE: Final = re.compile("[省市县区州旗盟党]委")
_ADVERBS: Final = (
    "均",
    "都",
    "分别",
    "共同",
    "联合",
    "申报",
    "成为",
    "成功",
    "获",
    "被",
    "受",
    "共",
)
_NO_OFFICE: Final = re.compile("法院|检察院|工会|团[省市县区]?委|妇联|联合会|协会|大学|学院")


def multiple(fact: EnumFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Two to four members among four or five names; an open list only beside a contrary one."""
    others = _siblings(fact, source, book)
    if not fact.is_open:
        others += _outsiders(fact, source, book, others)
    printed, names = _shown(fact, others)
    if fact.family.cls is Class.RIVER and fact.right.startswith("流域"):
        names, printed = _basins(fact, source, book), printed[-3:]
        if len(names) < 2:
            return
    printed = [name for name in printed if not _is_told(fact, [name], [])]
    count = _share(len(printed), len(names), book)
    if count == 0:
        return
    for _ in range(TRIES):
        keys = [printed[at] for at in sorted(book.rng.sample(range(len(printed)), count))]
        wrong = _matching(fact, keys, names)[: OPTIONS - count]
        fair = _is_balanced(keys, wrong, len(printed)) and _are_matched(keys, wrong)
        if fact.family.cls is Class.RIVER:  # 海河, 辽河 beside 海拉尔河, 锡林河: seen at once
            fair = fair and bool({*map(len, keys)} & {*map(len, wrong)})
        if fair and not _is_told(fact, keys, wrong):
            break
        book.rng.shuffle(names)
    else:
        return
    shown = [*keys, *wrong]
    book.rng.shuffle(shown)
    key = tuple(at for at, text in enumerate(shown) if text in keys)
    start = "据报告列举，" if fact.is_open else ""
    draft = Draft(
        Kind.MULTIPLE,
        start + _stem(fact),
        _explain(fact, source, f"{'、'.join(keys)}。"),
        options=tuple(shown),
        key=key,
        keys=tuple(keys),
        difficulty=0.6 if len(fact.members) > len(keys) else 0.55,
    )
    yield _finish(draft, fact, source)


def blank(fact: EnumFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The one member of a whole list that is not shown."""
    is_set = fact.family.cls is not Class.PEER or fact.noun in _SET
    if fact.is_open or not is_set or not 3 <= len(fact.members) <= 6:
        return
    able = [at for at in range(1, len(fact.members)) if not _is_told(fact, [fact.printed[at]], [])]
    if not able:
        return
    at = book.rng.choice(able)
    entry = fact.members[at]
    listed = [name if place != at else wording.BLANK for place, name in enumerate(fact.printed)]
    text = f"{fact.left}{'、'.join(listed)}{fact.right}。（填{fact.noun}名称）"
    names = [other.text for other in members(fact.family) if other.canon == entry.canon]
    draft = Draft(
        Kind.BLANK,
        wording.full_width(text),
        _explain(fact, source, f"{entry.text}。"),
        answers=tuple(dict.fromkeys([entry.text, *names])),
        keys=(entry.text,),
        difficulty=0.55,
    )
    yield _finish(draft, fact, source, "blank")


def _share(members: int, others: int, book: Book) -> int:
    """How many members to show beside how many others; 0 where no fair set exists."""
    fair = [count for count in (2, 3, 3) if count <= members and min(OPTIONS - count, others) >= 2]
    if not fair and others == 1 and members >= MOST_KEYS - 1:
        return min(members, MOST_KEYS)  # one alone, where no two are known
    return book.rng.choice(fair) if fair else 0


def _set(fact: EnumFact) -> str:
    """The name of the set that the list is the whole of; '' where the stem has it already."""
    members = {entry.canon for entry in fact.members}
    for name, listed in words("sets").items():
        if members == set(listed.split()) and "三项制度" not in fact.left + fact.right:
            return str(name)
    return ""


def _matching(fact: EnumFact, keys: list[str], names: list[str]) -> list[str]:
    """Of places, the names that end as some key does (no 江 beside rivers all 河); of bodies,
    those first."""
    endings = {key[-1] for key in keys}
    if fact.family.cls in _BODIES:  # 局 beside 局 first
        return sorted(names, key=lambda name: name[-1] not in endings)
    if fact.family.cls not in _PLACES:
        return names
    return [name for name in names if name[-1] in endings]


def _basins(fact: EnumFact, source: Source, book: Book) -> list[str]:
    """Basins of their own that the document doesn't print: the country's, or the province's."""
    known = words("great_basins").split()
    if {entry.canon for entry in fact.members} <= {*known}:
        great = [name for name in known if name not in source.document.plain]
        book.rng.shuffle(great)
        return great
    short_name = kinship.province(source.document)
    apart = [set(kinship.waters(entry.canon, short_name)) for entry in fact.members]
    names = sorted(set.intersection(*apart))
    names = [name for name in names if name not in source.document.plain]
    book.rng.shuffle(names)
    kept: list[str] = []
    for name in names:
        if all(name in kinship.waters(other, short_name) for other in kept):
            kept.append(name)
    return kept


def _is_balanced(keys: list[str], wrong: list[str], most: int) -> bool:
    """Whether enough wrong options are left; one does beside all that are right."""
    party = [name for name in (*keys, *wrong) if _COMMITTEE.match(name)]
    if len(party) == 1 and party[0] in keys:
        return False  # one body of the Party among offices is seen at once
    return len(wrong) >= (2 if len(keys) < min(most, MOST_KEYS) else 1)


def _is_told(fact: EnumFact, keys: list[str], wrong: list[str]) -> bool:
    """Whether a word of the stem is that of a right body alone (教育基地, 教育厅)."""
    if fact.family.cls not in _BODIES:
        return False
    said = grams(fact.left[-40:] + "\n" + fact.right)
    heard = frozenset().union(*(grams(name) for name in wrong))
    return any(grams(key[:-1]) & said - heard for key in keys)


def _stem(fact: EnumFact) -> str:
    right, name, noun = fact.right, _set(fact), _noun(fact)
    if name:
        return inplace.stem(fact.left, f"下列哪些{noun}（{name}）", right)
    if _COUNTED.fullmatch(right) and lexicon.is_verbal(fact.left.rpartition(",")[2][-4:]):
        return inplace.stem(fact.left, f"的{right}包括下列哪些", "")
    if fact.names_whole or right.startswith(_WHOLES):
        return inplace.stem(fact.left, "下列哪些", right)
    plain = not right or right[0] in ",(的" or right.startswith(_ADVERBS)
    if plain or lexicon.is_verbal(right):
        return inplace.stem(*inplace.whose(fact.left, f"下列哪些{noun}"), right)
    if fact.family.cls is Class.RIVER and right.startswith("流域"):
        return inplace.stem(fact.left, "下列哪些流域的", right.removeprefix("流域"))
    if fact.family.cls in _PLACES or fact.noun in _OWNING:
        return inplace.stem(fact.left, f"下列哪些{noun}的", right)
    return inplace.gap(fact.left, right, f"横线处列出的{noun}有哪些？")


def _noun(fact: EnumFact) -> str:
    """What the members are called: courts, unions and leagues are no 部门."""
    others = any(_NO_OFFICE.search(member.text) for member in fact.members)
    return "单位" if fact.noun == "部门" and others else fact.noun


def _siblings(fact: EnumFact, source: Source, book: Book) -> list[Entry]:
    """Members of other lists of the class whose predicate is another."""
    mine = inplace.predicate(fact.left, fact.right)
    names = {entry.canon for entry in fact.members}
    found: list[Entry] = []
    # What the document says next to a list is the likeliest to be taken for a part of it.
    for other in sorted(source.lists.get(fact.noun, ()), key=lambda one: abs(one.at - fact.at)):
        # What an open list leaves unnamed may be of its own family, and of any body's.
        contrary = fact.family.cls is Class.PEER and other.family != fact.family
        if other is fact or (not contrary if fact.is_open else other.family != fact.family):
            continue
        if inplace.are_alike(mine, inplace.predicate(other.left, other.right)):
            names |= {entry.canon for entry in other.members}
            continue
        listed = [e for e in other.members if e.canon not in names and not _overlaps(e, fact)]
        book.rng.shuffle(listed)
        names |= {entry.canon for entry in listed}
        found += listed
    return found


def _outsiders(fact: EnumFact, source: Source, book: Book, taken: list[Entry]) -> list[Entry]:
    """Names next to the members in the tables that the document does not print."""
    style, styles = fact.members[0].style, {entry.style for entry in fact.members}
    has_party = any(entry.canon.startswith("党委") for entry in fact.members)
    known = {entry.canon for entry in taken}
    ends = {entry.text[-1] for entry in fact.members}
    found: dict[str, Entry] = {}
    for entry in near(fact.members):
        fits = entry.style == style
        if fact.family.cls is Class.DEPARTMENT:
            fits = entry.style in styles or entry.style != 1
            fits &= has_party or not entry.canon.startswith("党委")
        if not fits or entry.canon in known or entry.canon in found or entry.canon in source.own:
            continue
        if fact.family.cls is Class.CITY and entry.text[-1] not in ends:
            continue
        if not source.prints(entry) and not _overlaps(entry, fact):
            found[entry.canon] = entry
        most = NEAREST if fact.noun == "机关" else NEAR
        if len(found) == (2 * NEAR if fact.family.cls in _PLACES else most):
            break
    listed = list(found.values())
    book.rng.shuffle(listed)
    return listed


def _overlaps(entry: Entry, fact: EnumFact) -> bool:
    return any(overlap(entry, member) for member in fact.members)


def _shown(fact: EnumFact, others: list[Entry]) -> tuple[list[str], list[str]]:
    """Members and others of like length; in their short forms where the full ones differ."""
    full = [entry.text for entry in fact.members]
    low = min(map(len, full))
    printed = [text for text in full if len(text) <= RATIO * low + 2]
    names = [other.text for other in others]
    if len(printed) < 2:
        shortened = [short(entry) for entry in fact.members]
        if shortened == full:  # long beside short, as the wrong ones are to be
            return full, [name for name in names if any(_are_sized(name, text) for text in full)]
        printed, names = shortened, [short(other) for other in others]
    return printed, _alike(printed, names)


def _are_sized(one: str, other: str) -> bool:
    return max(len(one), len(other)) <= RATIO * min(len(one), len(other)) + 2


def _are_matched(keys: list[str], wrong: list[str]) -> bool:
    """Whether each right name has a wrong one of like length beside it, and each wrong a right."""
    return all(any(_are_sized(key, name) for name in wrong) for key in keys) and all(
        any(_are_sized(key, name) for key in keys) for name in wrong
    )


def _alike(printed: list[str], names: list[str]) -> list[str]:
    """Names of like length, none a part of a member or holding one."""
    low, high = min(map(len, printed)), max(map(len, printed))
    kept: list[str] = []
    for name in names:
        least = min([low, len(name), *map(len, kept)])
        most = max([high, len(name), *map(len, kept)])
        apart = not any(name in other or other in name for other in (*printed, *kept))
        if apart and most <= RATIO * least + 2:
            kept.append(name)
    return kept


def _explain(fact: EnumFact, source: Source, answer: str) -> str:
    keys = fact.printed
    return wording.explain(answer, source.document, fact.section, fact.start, fact.end, keys=keys)


def _finish(draft: Draft, fact: EnumFact, source: Source, part: str = "") -> Candidate:
    citation = source.document.cite(fact.start, fact.end, fact.section)
    return assemble(draft, source.document, fact, citation, part)
