"""The smaller parts of a question as people write them: difficulty, dates, basis, tags."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from questions.formats.assembly import Unusable

DEPARTMENT: Final = "责任处室："
_LEVEL_WORDS: Final = {
    0.2: "易 容易 简单 低 很易 非常容易 较低 easy simple",
    0.35: "偏易 较易 较容易 较简单",
    0.5: "适中 中 中等 一般 普通 正常 medium normal moderate",
    0.65: "偏难 较难 较高 中难",
    0.8: "难 困难 很难 高 非常难 hard difficult",
}
_LEVELS: Final = {word: level for level, words in _LEVEL_WORDS.items() for word in words.split()}
_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")
_EIGHT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SERIAL: Final = re.compile(r"[3-7]\d{4}")
_EPOCH: Final = date(1899, 12, 30)
_NUMBER: Final = "[零〇一二两三四五六七八九十百千0-9]+"
ARTICLE: Final = re.compile(
    f"第{_NUMBER}条(?:之{_NUMBER})?(?:第{_NUMBER}款)?(?:第?[（(]?{_NUMBER}[)）]?项)?"
)
_LAW: Final = re.compile(r"《(.+)》(.*)", re.DOTALL)
_UNTITLED: Final = re.compile(rf"([^《》，。；,;\n]{{2,60}}?)((?:{ARTICLE.pattern})?)", re.DOTALL)
_LAW_WORD: Final = re.compile(
    "(?:法|法典|条例|规定|办法|决定|细则|解释|宪法|准则|规则|意见|通则)$"
)
_FIRM: Final = re.compile(r"[;；|\n]")
_LOOSE: Final = re.compile(r"[,，、]")
_PLACE: Final = re.compile(r"(?:工作表“.*”)?(?:第 \d+ 行)?(?:“.*”列)?", re.DOTALL)


def read_difficulty(text: str) -> float | None:
    """0 (easy) to 1 from a word, a fraction, a level of five or stars; None where unclear."""
    word = unicodedata.normalize("NFKC", text).strip().lower()
    if word in _LEVELS:
        return _LEVELS[word]
    if word and set(word) <= set("★☆*") and len(word) <= 5:
        return (len(word.rstrip("☆")) or 1) / 5
    try:
        number = float(word.removesuffix("级").removesuffix("星"))
    except ValueError:
        return None
    if 0 <= number <= 1 and not (number == 1 and word != "1.0"):
        return number
    return (number - 1) / 4 if number in (1, 2, 3, 4, 5) else None


def write_difficulty(value: float) -> str:
    """A difficulty such that reading gives the same number again."""
    return repr(float(value))


def read_day(text: str) -> date | None:
    """A day as people or Excel write it, None for an empty cell; raises Unusable."""
    word = unicodedata.normalize("NFKC", text).strip()
    if not word:
        return None
    parts = _DAY.fullmatch(word) or _EIGHT.fullmatch(word)
    try:
        if parts:
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
        if _SERIAL.fullmatch(word):
            return _EPOCH + timedelta(days=int(word))
    except ValueError:
        pass
    raise Unusable(f"看不懂日期“{word[:20]}”，请写成 2026-01-31 的样子")


def read_law(text: str) -> tuple[str, str] | None:
    """The law and the article that a basis names; None where the text names no law."""
    whole = text.strip()
    if ARTICLE.fullmatch(whole):
        return "", whole
    if titled := _LAW.fullmatch(whole):
        return titled[1].strip(), titled[2].strip()
    untitled = _UNTITLED.fullmatch(whole)
    if untitled and (untitled[2] or _LAW_WORD.search(untitled[1])):
        return untitled[1].strip(), untitled[2].strip()
    return None


def is_law(text: str) -> bool:
    """Whether a passage is no quotation but names an article: 第十二条, 《某法》第十二条."""
    found = read_law(text)
    return found is not None and bool(ARTICLE.fullmatch(found[1])) and "\n" not in found[0]


def write_law(law: str, article: str | None) -> str:
    """A basis such that reading gives the same law and article again."""
    return f"《{law}》{article or ''}"


def read_tags(text: str) -> tuple[str, ...]:
    """Tags apart by semicolons, bars or line breaks; where there are none, by commas."""
    marks = _FIRM if _FIRM.search(text) else _LOOSE
    return tuple(tag.strip() for tag in marks.split(text) if tag.strip())


def write_tags(tags: tuple[str, ...]) -> str:
    """Tags such that reading tells them apart again."""
    alone = len(tags) == 1 and bool(_LOOSE.search(tags[0]))
    return "；".join(tags) + "；" * alone


def read_section(text: str) -> tuple[str, ...]:
    """A path of headings, apart by slashes."""
    return tuple(part.strip() for part in re.split("[/\n]", text) if part.strip())


def write_section(section: tuple[str, ...]) -> str:
    """The path; empty where it only says in which row of a bank file the question once stood."""
    return "" if is_row(section) else "/".join(section)


def is_row(section: tuple[str, ...]) -> bool:
    """Whether a section is but a place in a bank file: there was no source to name."""
    return len(section) == 1 and bool(_PLACE.fullmatch(section[0]))
