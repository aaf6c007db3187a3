"""情形列举: lists whose members can be told from those of other lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from questions.facts import citing, fines
from questions.facts.articles import ListFact, Member
from questions.facts.branches import MODAL, parse, split
from questions.facts.norms import Norm
from questions.statutes import Item, Statute, short_title

_LISTED: Final = re.compile(r"(?P<have>有|符合)下列(?P<w>(?:违法)?行为|情形|情况)之一(?P<de>的?)")
_CONTENT: Final = re.compile(r"(?:下列|以下)(?P<w>[一-鿿]{2,8}?)$")
_AMID: Final = re.compile(r"(?:下列|以下)(?P<w>[一-鿿]{2,8}?)(?=的?，)")
_KINDS: Final = re.compile(r"的种类$")
_SPLIT: Final = re.compile(r"分别|处理|程序|要求$|规定$|如下$|含义$|措施$")
_SUMS: Final = re.compile(
    rf"{fines.NUM}元以上{fines.NUM}元以下|{fines.NUM}倍以上{fines.NUM}倍以下"
)
_PENAL: Final = re.compile("处[^，。；]{0,30}罚[款金]|拘留")
LARGEST, LONGEST = 8, 40
_ET_CETERA: Final = re.compile("等(?:信息|材料|内容|要求|事项|情况)?$")
_NAMED: Final = re.compile("(?:依照|按照|根据)?《[^》]+》(?:的?规定)?")
_NORM: Final = re.compile(r"(?<!依法)应当|不得|(?<!的，)可以(?!达到)|必须|有权")


def extract(statute: Statute, norms: Sequence[Norm]) -> Iterator[ListFact]:
    """Every list with what the law attaches to it."""
    law = short_title(statute)
    opening = [norm for norm in norms if norm.opens]
    for _, group in groupby(opening, key=lambda norm: (norm.article.label, norm.paragraph)):
        yield from _lists(list(group), law)


def _lists(group: Sequence[Norm], law: str) -> Iterator[ListFact]:
    norm = group[0]
    paragraph = norm.article.paragraphs[norm.paragraph]
    members, everything, is_open = _members(paragraph.items, law)
    text = citing.rewrite(paragraph.passage.text.rstrip("："), law)
    faults = set(norm.faults) | _faults(paragraph.items)
    asked = _asked(text)
    if asked is None and _KINDS.search(text):
        asked, faults = (text, text, "", ""), faults | {"L5"}
    if asked is None:
        return
    frame, left, word, right = asked
    if _PENAL.search(text):
        faults = faults | {"L3"}  # one sum stands in many articles: no list of acts is its own
    if frame == "情形":
        right = next(right[slice(*span)] for span in split(right, "；"))
    items_end = paragraph.items[-1].passage
    start = paragraph.passage.span(0, 1)[0]
    end = items_end.span(0, len(items_end.text))[1]
    yield ListFact(
        norm, norm.article.place(norm.paragraph), left, word, right, frame,
        _says(right if frame == "情形" else text), members, everything, is_open, start, end,
        frozenset(faults | citing.faults(left + right)), attached=_attached(norm, text),
    )  # fmt: skip


def _attached(norm: Norm, text: str) -> str:
    """What follows the list's stem to its very end, and what its article adds in other 款."""
    listed = _LISTED.search(text)
    others = (p for at, p in enumerate(norm.article.paragraphs) if at != norm.paragraph)
    tails = (p.passage.text for p in others)
    return "；".join([text[listed.end() :] if listed else text, *tails])


def _asked(text: str) -> tuple[str, str, str, str] | None:
    """Frame, left, the asked word and right of a list's stem."""
    listed = _LISTED.search(text)
    if listed:
        left, right = text[: listed.start()], text[listed.end() :]
        follows = right.lstrip("，").split("，")[0]
        if listed["de"] or not follows.endswith("的"):
            right = "的" + right
        return "情形", left + listed["have"], f"{listed['w']}", right
    text = text.rpartition("。")[2]
    amid = _AMID.search(text)
    if amid:
        return amid["w"], text[: amid.start()], amid["w"], text[amid.end("w") :]
    content = _CONTENT.search(text)
    if content and not _SPLIT.search(content["w"]):
        return content["w"], text[: content.start()], content["w"], ""
    return None


def _members(items: Sequence[Item], law: str) -> tuple[tuple[Member, ...], tuple[str, ...], bool]:
    members: list[Member] = []
    everything: list[str] = []
    is_open = False
    for item in items:
        words = citing.rewrite(item.passage.text.rstrip("；。，"), law)
        words = _ET_CETERA.sub("", words.removesuffix("的"))
        everything.append(words)
        if fines.CATCH_ALL.search(words):
            is_open = True
        elif len(words) <= LONGEST and is_plain(words) and not item.parts:
            members.append(Member(words, item.number))
    return tuple(members), tuple(everything), is_open


def is_plain(words: str) -> bool:
    """Whether an item can stand as an option."""
    return not (
        words.endswith(("等", "等信息", "等要求"))
        or _NORM.search(words)
        or citing.faults(words)
        or "；" in words
        or "（" in words
        or "。" in words
    )


def _faults(items: Sequence[Item]) -> set[str]:
    norms = sum(bool(_NORM.search(item.passage.text)) for item in items)
    return {"L5"} if len(items) > LARGEST or norms * 2 > len(items) else set()


def _says(right: str) -> tuple[str, ...]:
    """What is attached: the sums where there are any, else the words without their authority."""
    sums = _SUMS.findall(right)
    if sums:
        return tuple(sums)
    branch = parse(right.lstrip("的，"))
    found = MODAL.search(branch.rest)
    return (_NAMED.sub("", branch.rest[found.end() if found else 0 :]),)
