"""Reads Moodle XML: each <question> by its type, the broken ones named and passed over."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from questions.documents.decoding import decode
from questions.errors import DocumentError, FormatError
from questions.formats.assembly import Parts, Unusable, file_document
from questions.formats.format import Place, Reading
from questions.formats.moodle import category
from questions.formats.moodle.answers import (
    NO_PICTURES,
    NO_SUCH_KIND,
    Body,
    Entry,
    Remark,
    choice,
    explanation,
    judge,
    number,
    typed,
)
from questions.formats.moodle.plain import ATTACHMENT, Markup, Plain, clean, reduce
from questions.formats.moodle.tray import Tray
from questions.formats.moodle_xml.elements import BrokenAt, Element, Item, items

_ROOT: Final = re.compile(rb"<quiz[\s/>]")
_HEAD: Final = 8192  # bytes in which the root stands
_MARKUPS: Final = {
    "html": Markup.HTML,
    "moodle_auto_format": Markup.MOODLE,
    "plain_text": Markup.PLAIN,
    "markdown": Markup.MARKDOWN,
    "wiki_like": Markup.MOODLE,
}
_UNASKABLE: Final = {
    "essay": "简答题",
    "match": "匹配题",
    "matching": "匹配题",
    "randomsamatch": "随机匹配题",
    "cloze": "完形填空题",
    "multianswer": "完形填空题",
    "gapselect": "选词填空题",
    "ddwtos": "拖词填空题",
    "ddimageortext": "拖图题",
    "ddmarker": "标图题",
    "ddmatch": "拖动匹配题",
    "ordering": "排序题",
    "calculated": "计算题",
    "calculatedsimple": "计算题",
    "calculatedmulti": "计算选择题",
    "random": "随机题",
    "coderunner": "编程题",
    "stack": "数学推导题",
    "multichoiceset": "全对才得分的多选题",
    "recordrtc": "录音题",
    "description": "说明文字",
}
_FALSE: Final = ("", "0", "false")
_OVERALL: Final = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read(data: bytes, name: str = "") -> Reading:
    """The bank in a Moodle XML file.

    Where the XML breaks off, what stands before is read and the place named; raises FormatError
    where nothing does, and for a file with a document type or entities.
    """
    try:
        text = decode(data)
    except DocumentError as error:
        raise FormatError("这不是文本文件，读不出 Moodle XML 题库。") from error
    tray = Tray(file_document(data, name, len(text)))
    section: tuple[str, ...] = ()
    found = 0
    try:
        for item in items(text):
            found += 1
            if item.element.attributes.get("type") == "category":
                section = category.split(item.element.value("category"))
            else:
                _read_item(item, section, tray)
    except BrokenAt as error:
        reason = f"文件从第 {error.row} 行起不是有效的 XML，后面的都没有读，请从 Moodle 重新导出"
        if not found:
            raise FormatError(f"{reason}。") from error
        tray.skip(Place(row=error.row), reason, "")
    return tray.reading()


def knows(data: bytes) -> bool:
    """Whether the root of an XML file is <quiz>."""
    head = data[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and _ROOT.search(head) is not None


def _read_item(item: Item, section: tuple[str, ...], tray: Tray) -> None:
    place = Place(row=item.row)
    remarks: set[Remark] = set()
    try:
        parts = _question(item.element, section, remarks)
    except Unusable as reason:
        tray.skip(place, str(reason), item.raw)
        return
    tray.take(parts, place, item.raw, remarks)


def _question(element: Element, section: tuple[str, ...], remarks: set[Remark]) -> Parts:
    kind = element.attributes.get("type", "").strip()
    if kind in _UNASKABLE:
        raise Unusable(f"这是{_UNASKABLE[kind]}，{NO_SUCH_KIND}")
    if kind not in _BODIES:
        raise Unusable(f"不认识“{kind[:40]}”这种题型，{NO_SUCH_KIND}")
    markup = _markup(element.child("questiontext"), Markup.HTML)
    stem = _text(element.child("questiontext"), markup)
    if stem.has_media or element.child("image_base64") is not None:
        raise Unusable(NO_PICTURES)
    body = _BODIES[kind](element, markup)
    told = _text(element.child("generalfeedback"), markup)
    remarks |= body.remarks | _remarks(element, markup)
    if told.has_media:
        remarks.add(Remark.MEDIA)
    if any(feedback for _, feedback in body.feedback):
        remarks.add(Remark.FEEDBACK)
    return Parts(
        kind=body.kind,
        stem=stem.text,
        options=body.options,
        key=body.key,
        answers=body.answers,
        explanation=explanation(told.text, body.feedback),
        section=section,
        tags=_tags(element),
        uid=clean(element.value("idnumber")),
        fact=body.fact,
    )


def _choice(element: Element, markup: Markup) -> Body:
    is_single = element.value("single", "true").lower() not in _FALSE
    entries = []
    for answer in element.every("answer"):
        text = _text(answer, markup)
        if text.has_media:
            raise Unusable(NO_PICTURES)
        entries.append(Entry(text.text, _percent(answer), _feedback(answer, markup)))
    return choice(entries, is_single=is_single)


def _judge(element: Element, markup: Markup) -> Body:
    answers = element.every("answer")
    if len(answers) != 2:
        raise Unusable("判断题应有“对”“错”两个答案")
    words = [_own_text(answer).casefold() for answer in answers]
    is_named = set(words) == {"true", "false"}
    true = answers[words.index("true")] if is_named else answers[0]
    is_true = _percent(true) >= 100
    right, wrong = sorted(answers, key=_percent, reverse=True)
    body = judge(is_true, right=_feedback(right, markup), wrong=_feedback(wrong, markup))
    if is_named:
        return body
    return Body(body.kind, body.options, body.key, (), body.feedback, frozenset({Remark.ORDER}))


def _typed(element: Element, markup: Markup) -> Body:
    entries = [
        Entry(clean(_own_text(answer)), _percent(answer), _feedback(answer, markup))
        for answer in element.every("answer")
    ]
    return typed(entries, is_case_blind=element.value("usecase", "0").lower() in _FALSE)


def _number(element: Element, markup: Markup) -> Body:
    entries = [
        Entry(
            _own_text(answer) or "*",
            _percent(answer),
            _feedback(answer, markup),
            answer.value("tolerance", "0"),
        )
        for answer in element.every("answer")
    ]
    units = element.child("units")
    names = [
        unit.value("unit_name")
        for unit in (units.every("unit") if units is not None else ())
        if _float(unit.value("multiplier", "1")) == 1
    ]
    body = number(entries, clean(names[0]) if names else "")
    if units is None or len(units.every("unit")) <= 1:
        return body
    remarks = body.remarks | {Remark.UNITS}
    return Body(body.kind, (), (), body.answers, body.feedback, remarks, body.fact)


_BODIES: Final[dict[str, Callable[[Element, Markup], Body]]] = {
    "multichoice": _choice,
    "truefalse": _judge,
    "shortanswer": _typed,
    "numerical": _number,
}


def _remarks(element: Element, markup: Markup) -> set[Remark]:
    """What of a question's settings is left behind."""
    found = set()
    if element.value("hidden") not in _FALSE:
        found.add(Remark.HIDDEN)
    if _float(element.value("defaultgrade") or "1") != 1:
        found.add(Remark.MARKS)
    overall = (_text(element.child(name), markup).text for name in _OVERALL)
    if element.child("hint") is not None or any(overall):
        found.add(Remark.EXTRAS)
    if any(_media(answer.child("feedback"), markup) for answer in element.every("answer")):
        found.add(Remark.MEDIA)
    return found


def _text(element: Element | None, default: Markup) -> Plain:
    if element is None:
        return Plain("")
    return reduce(_own_text(element), _markup(element, default))


def _own_text(element: Element) -> str:
    """What stands in an element's <text>; in very old files, in itself."""
    inner = element.child("text")
    return (element if inner is None else inner).words.strip()


def _markup(element: Element | None, default: Markup) -> Markup:
    named = element.attributes.get("format", "").strip() if element is not None else ""
    return _MARKUPS.get(named, Markup.HTML) if named else default


def _feedback(answer: Element, markup: Markup) -> str:
    return _text(answer.child("feedback"), markup).text


def _media(element: Element | None, markup: Markup) -> bool:
    if element is None:
        return False
    words = _own_text(element)
    return ATTACHMENT in words or ("<" in words and _text(element, markup).has_media)


def _percent(answer: Element) -> float:
    value = _float(answer.attributes.get("fraction", "0").strip() or "0")
    if not -100.01 <= value <= 100.01:
        raise Unusable("答案的得分比例不是 -100 到 100 之间的数")
    return value


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _tags(element: Element) -> tuple[str, ...]:
    return tuple(
        " ".join(clean(tag.value("text") or tag.words).split())
        for group in (element.child("tags"), element.child("coursetags"))
        if group is not None
        for tag in group.every("tag")
    )
