"""Reads GIFT: every block by Moodle's rules, and none of them stops the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from questions.documents.decoding import decode, is_text
from questions.errors import DocumentError, FormatError
from questions.formats.assembly import Parts, Unusable, file_document
from questions.formats.format import Place, Reading
from questions.formats.gift import answers
from questions.formats.gift.blocks import Block, blocks, hide, labels, show
from questions.formats.moodle import category
from questions.formats.moodle.answers import NO_PICTURES, Remark, explanation
from questions.formats.moodle.plain import Markup, reduce
from questions.formats.moodle.tray import Tray
from questions.models import Kind

_CATEGORY: Final = re.compile(r"\$CATEGORY:[ \t]*(.*)")
_NAME: Final = re.compile(r"::(.*?)::", re.DOTALL)
_SIGN: Final = re.compile(
    r"(?<!\\)[{｛]\s*(?:[=~＝～]|[#＃]\s*[-+=.%\d]|(?:T|TRUE|F|FALSE)\s*[#}｝])"
    r"|^[ \t]*::(?:[^\n:\\]|\\.){1,300}::[^\n{]{0,2000}[{]",
    re.MULTILINE,
)
_WIDE: Final = str.maketrans("｛｝＝～＃％", "{}=~#%")
_BLANK: Final = {Kind.BLANK: "____"}
_GAP: Final = "（ ）"


@dataclass(frozen=True, slots=True)
class _Cut:
    """A block cut at its braces; `answer` is None for a description."""

    head: str
    answer: str | None
    tail: str
    is_wide: bool = False


def read(data: bytes, name: str = "") -> Reading:
    """The bank in a GIFT file; raises FormatError where the bytes are no text or hold no block."""
    try:
        text = decode(data)
    except DocumentError as error:
        raise FormatError("这不是文本文件，读不出 GIFT 题目。") from error
    tray = Tray(file_document(data, name, len(text)))
    section: tuple[str, ...] = ()
    is_empty = True
    for block in blocks(text):
        is_empty = False
        found = _CATEGORY.match(block.text)
        if found is not None:
            section = category.split(show(hide(found[1])))
            block = _after(block, found.end())
        if block.text:
            _read_block(block, section, tray)
    if is_empty:
        raise FormatError("文件里没有 GIFT 题目。")
    return tray.reading()


def knows(data: bytes) -> bool:
    """Whether some block begins its answers as only GIFT does."""
    if not is_text(data) or data[:4] in (b"PK\x03\x04", b"%PDF"):
        return False
    try:
        return _SIGN.search(decode(data)) is not None
    except DocumentError:
        return False


def _after(block: Block, end: int) -> Block:
    """What follows a category line that no blank line parts from its question."""
    rest = block.text[end:].strip()
    return Block(block.row + block.text.count("\n", 0, end) + 1, rest, rest, block.comments)


def _read_block(block: Block, section: tuple[str, ...], tray: Tray) -> None:
    place = Place(row=block.row)
    try:
        parts, remarks = _question(block, section)
    except Unusable as reason:
        tray.skip(place, str(reason), block.raw)
        return
    tray.take(parts, place, block.raw, remarks)


def _question(block: Block, section: tuple[str, ...]) -> tuple[Parts, set[Remark]]:
    text = hide(block.text)
    named = _NAME.match(text)
    cut = _cut(text[named.end() :].strip() if named else text)
    if cut.answer is None:
        raise Unusable("这一段没有花括号，是说明文字，不是题；若是一题，请补上花括号里的答案")
    inner, _, general = _last_split(cut.answer)
    markup, head = answers.marked(cut.head, Markup.MOODLE)
    body = answers.body(inner.strip(), markup)
    gap = _BLANK.get(body.kind, _GAP) if cut.tail.strip() else ""
    stem = reduce(show(head + gap + cut.tail), markup)
    if stem.has_media:
        raise Unusable(NO_PICTURES)
    if not stem.text and named:
        stem = reduce(show(named[1]), Markup.PLAIN)  # people write the question as its name
    told = answers.text(general, markup)
    uid, tags = labels(block.comments)
    remarks = set(body.remarks)
    if any(feedback for _, feedback in body.feedback):
        remarks.add(Remark.FEEDBACK)
    if told.has_media:
        remarks.add(Remark.MEDIA)
    if cut.is_wide:
        remarks.add(Remark.WIDE)
    parts = Parts(
        kind=body.kind,
        stem=stem.text,
        options=body.options,
        key=body.key,
        answers=body.answers,
        explanation=explanation(told.text, body.feedback),
        section=section,
        tags=tags,
        uid=uid,
        fact=body.fact,
    )
    return parts, remarks


def _cut(text: str) -> _Cut:
    is_wide = "{" not in text and "}" not in text and "｛" in text and "｝" in text
    if is_wide:
        opening, closing = text.find("｛"), text.rfind("｝") + 1
        inner = text[opening:closing].translate(_WIDE)
        text = text[:opening] + inner + text[closing:]
    opening, closing = text.find("{"), text.find("}")
    if opening < 0 and closing < 0:
        return _Cut(text, None, "")
    if opening < 0 or closing < opening:
        raise Unusable(r"花括号“{”“}”没有配对；题目文字里的花括号要写作“\{”“\}”")
    head, answer, tail = text[:opening], text[opening + 1 : closing], text[closing + 1 :]
    if "{" in answer or "{" in tail or "}" in tail:
        raise Unusable(
            r"有多余的花括号：一题只能有一处答案，各题之间要空一行，文字里的要写作“\{”“\}”"
        )
    return _Cut(head, answer, tail, is_wide)


def _last_split(answer: str) -> tuple[str, str, str]:
    before, mark, after = answer.rpartition("####")
    return (before, mark, after) if mark else (answer, "", "")
