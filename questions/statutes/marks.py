"""The marks by which a law text shows its build, and the numerals in them."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import Final

from questions.numerals import spoken

NUM: Final = r"[零〇○一二两三四五六七八九十百千\d]+"
HEAD: Final = re.compile(rf"第({NUM})(分编|编|章|节)(之{NUM})?([^。；：]{{0,40}})$")
PLAIN_HEAD: Final = re.compile(r"(总则|附则|序言)$")
ARTICLE: Final = re.compile(
    rf"第({NUM})条(?:之({NUM}))?(?P<strict>(?![、至和及与或的所规之]|第{NUM}[款项条]))?"
)
CAPTION: Final = re.compile(r"[【（(]([^【】（）()。]{1,25})[】）)]")
ITEM: Final = re.compile(r"[（(]([一二三四五六七八九十百]+)[）)][、.．]?")
PART: Final = re.compile(r"(?:[（(](\d{1,2})[）)]|(\d{1,2})[.．、](?!\d))")
INLINE_ITEM: Final = re.compile(r"(?<=[：；。])(?=[（(][一二三四五六七八九十]+[）)])")
MARKER: Final = re.compile(rf"(?:(?<=[。；：\s])|^)(?=第{NUM}(?:[条章节编]|分编)(?![款项、至和]))")
LAST: Final = re.compile(
    r"自(?:(\d{4})年(\d{1,2})月(\d{1,2})日|(公布|发布)之日)起(?:施行|实施|生效)"
)
TERMINAL: Final = "。；：”）！？"
RANKS: Final = {"编": 0, "分编": 1, "章": 2, "节": 3}

_WIDE: Final = str.maketrans(
    {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）",
     "<": "〈", ">": "〉", "○": "〇"}
)  # fmt: skip
_NUMERIC: Final = re.compile(r"(?<=\d)[，：](?=\d)")
_QUOTES: Final = re.compile('"([^"]{1,60})"')
_HALF: Final = {"，": ",", "：": ":"}


def full_width(text: str) -> str:
    """Chinese marks throughout, one character for one; commas inside numbers stay."""
    text = _QUOTES.sub(r"“\1”", text.translate(_WIDE))
    return _NUMERIC.sub(lambda mark: _HALF[mark.group()], text)


@functools.lru_cache(maxsize=4096)
def ordinal(text: str) -> int | None:
    """The number in 第NUM条, in either script; None where it is none."""
    if text.isdigit() and text.isascii():
        return int(text)
    import cn2an  # compiling its tables takes 100 ms, which a starting bot can do without

    try:
        return int(cn2an.cn2an(text.replace("〇", "零").replace("两", "二"), "smart"))
    except (ValueError, KeyError, IndexError):
        return None  # 百条, 十十条: written with numerals, yet no number


@functools.lru_cache(maxsize=4096)
def numeral(number: int) -> str:
    """An ordinal as laws print it: 12 → 十二, 110 → 一百一十."""
    return spoken(Decimal(number)) or str(number)


def label(number: int, branch: int) -> str:
    """第一百二十条之一."""
    return f"第{numeral(number)}条" + (f"之{numeral(branch)}" if branch else "")
