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
    (re.compile(rf"违反{_LAW}{_ARTICLES}的?规定(?!的)，?"), "违反《@》规定"),
    (
        re.compile(
            rf"(?<!不得)(?<!不再)(?:依照|按照|根据|依据){_LAW}(?:{_ARTICLES})的?规定(?!，)"
        ),
        "依照《@》规定",
    ),
    (re.compile(rf"{_LAW}{_ARTICLES}规定的可以"), "依法可以"),
    (re.compile(rf"(?:^|(?<=，))(?:依照|按照|根据|依据){_LAW}{_ARTICLES}的?规定，"), ""),
    (re.compile(r"除依法(?:予以处罚)外，"), ""),
)
_BREACH: Final = re.compile(
    rf"(?:^|(?<=[一-鿿]))违反{_LAW}(?:{_ARTICLES})?的?(?:有关)?规定，(?=[^由处责])"
)
_WRONG: Final = re.compile(
    "有下列|未(?!来)|擅自|拒绝|拒不|非法|违法|违规|违章|违反|伪造|变造|虚假|弄虚作假|超过|超标|超出|逃避|阻碍|阻挠|"
    "损毁|侵占|泄露|没有|无证|无许可|欺骗|贿赂|转让|淘汰|禁止|倾倒|抛撒|丢弃|遗撒|焚烧|隐瞒|瞒报|迟报|漏报|出借|滥用|"
    "玩忽|串通|挪用|占用|破坏|妨碍|涂改|冒用|盗|窃取|不(?:按|符|具|依|予|接|履|执|报|提|公|如|明|合|采|正|及|能|再|遵|配)"
)
_DANGLING: Final = re.compile(
    r"前[一二两三]?[款条项]|^以上(?!级)|(?<!条)第[一二三四五六七]款|上述|前述|本(?:条(?!例)|[款项])|该[款条项]|^其中|^此|^上款|依照本章|本[章节编]"
)
_NUMBERED: Final = re.compile(rf"(?<!》)第{marks.NUM}(?:条|章(?!节)|编)")
_POINTED: Final = re.compile("(?<!应)该([一-鿿]{2})")
_THIS: Final = re.compile(r"^(?:其(?!他|余|中)|该|这)")


def rewrite(text: str, law: str) -> str:
    """The text with the law's own name for 本法 and references by number made general."""
    text = _BREACH.sub(lambda found: _breach(found, law), text)
    for pattern, plain in _RULES:
        text = pattern.sub(plain.replace("@", law), text)
    return re.sub(rf"{_LAW}(?!{_ARTICLES})", f"《{law}》", text)


def _breach(found: re.Match[str], law: str) -> str:
    """违反本法…规定， goes where the act that follows is wrong by itself."""
    act = found.string[found.end() :].split("的，")[0]
    return "" if _WRONG.search(act) else f"违反《{law}》规定，"


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
