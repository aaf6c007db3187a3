"""What a law's own references become when a sentence leaves its page."""

from __future__ import annotations

import re
from typing import Final

from questions.statutes import marks

_LAW: Final = r"本(?:法|条例|规定|办法|细则|规则|法典)"
_ARTICLES: Final = (
    rf"第{marks.NUM}条(?:第{marks.NUM}款)?(?:第{marks.NUM}项)?"
    rf"(?:(?:、|和|或者|至)第{marks.NUM}[条款项](?:第{marks.NUM}款)?(?:第{marks.NUM}项)?)*"
)
_RULES: Final = (
    (re.compile(r"（以下(?:统)?(?:简)?称[^（）]*）"), ""),
    (re.compile(rf"^违反{_LAW}(?:{_ARTICLES})?的?(?:有关)?规定，"), ""),
    (re.compile(rf"违反{_LAW}{_ARTICLES}的?规定[，]?"), "违法"),
    (re.compile(rf"(?:依照|按照|根据|依据){_LAW}(?:{_ARTICLES})的?规定，?"), "依法"),
    (re.compile(rf"{_LAW}{_ARTICLES}规定的可以"), "依法可以"),
    (re.compile(rf"(?:依照|按照|根据|依据){_LAW}的?(?:有关)?规定(?!的)"), "依法"),
    (re.compile(r"除依法(?:予以处罚)外，"), ""),
)
_DANGLING: Final = re.compile(
    r"前[一二两三]?[款条项]|上述|前述|本(?:条(?!例)|[款项])|该[款条项]|^其中|^此|^上款|依照本章"
)
_NUMBERED: Final = re.compile(rf"(?<!》)第{marks.NUM}条")
_POINTED: Final = re.compile("(?<!应)该([一-鿿]{2})")
_THIS: Final = re.compile(r"^(?:其(?!他|余|中)|该|这)")


def rewrite(text: str, law: str) -> str:
    """The text with the law's own name for 本法 and references by number made general."""
    for pattern, plain in _RULES:
        text = pattern.sub(plain, text)
    return re.sub(rf"{_LAW}(?!{_ARTICLES})", f"《{law}》", text)


def faults(text: str) -> frozenset[str]:
    """L1 where the text leans on a neighbouring paragraph, L4 where on an article's number."""
    found = set()
    if _DANGLING.search(text) or _THIS.match(text):
        found.add("L1")
    for this in _POINTED.finditer(text):
        if this[1] != "违法" and this[1] != "行为" and this[1] not in text[: this.start()]:
            found.add("L1")
    if _NUMBERED.search(text):
        found.add("L4")
    if text.endswith("：") or not text:
        found.add("L2")
    return frozenset(found)
