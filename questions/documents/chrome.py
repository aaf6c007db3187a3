"""Page furniture, told from a report's sentences by its form."""

from __future__ import annotations

import re
from typing import Final

from questions.data import words

_WORDS: Final = re.compile(
    "|".join(map(re.escape, sorted(words("chrome").split(), key=len)[::-1]))
)
_LABEL: Final = re.compile(r"^[一-鿿 ]{2,8}:")
_TRAIL: Final = re.compile(r"\S *[>›»] *\S")
_NUMBERS: Final = re.compile(
    r"https?://|www\.|[\w.]+@[\w.]+|(?<!\d)0\d{2,3}-\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)"
    r"|(?<!\d)400-\d{3}-\d{4}|备\d{6,}号|\.(?:docx?|pdf|xlsx?|wps|zip|rar|jpg|png)\b|\d{5,}号-\d"
)
_STAMP: Final = re.compile(r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?: *\d{1,2}:\d\d(?::\d\d)?)?")
_SENTENCE: Final = re.compile(r"[。;!?]")
_HAN: Final = re.compile(r"[一-鿿]")

# Furniture glued to a sentence on the same line; what matches is cut out.
INLINE: Final = re.compile(
    r"【[^】\n]{0,24}(?:】|$)"
    r"|(?:发布时间|发布日期|发文日期|更新时间|时间|日期) *: *"
    r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"(?: *\d{1,2}:\d\d(?::\d\d)?)?"
    r"|(?:信息|文章|稿件)?来源 *: *[^\s,。;:]{2,24}(?=\s|$|【|\[|浏览|作者|字体|字号)"
    r"|(?:字体|字号)(?:大小)? *: *[\[【]? *[大中小特 ]{1,8}[\]】]?"
    r"|(?:浏览次数|浏览量|阅读次数|阅读量|点击数|点击量|点击率|访问量|阅读) *: *\d*(?: *次)?"
    r"|(?:责任编辑|责编|编辑|作者|审核|校对|撰稿|供稿) *: *[^\s,。;:]{1,12}(?=\s|$|】|\))"
    r"|打印本页|打印页面|打印本文|关闭窗口|关闭本页|分享到 *:?|返回顶部|扫一扫[^。\n]{0,24}"
    r"|当前位置 *:[^。\n]{0,60}|20\d\d[-/.]\d{1,2}[-/.]\d{1,2} +\d{1,2}:\d\d(?::\d\d)?"
)


def is_chrome(line: str) -> bool:
    """Whether a line is a button, label, trail, stamp or number and no sentence.

    `line` is folded and stripped. A line with a full stop is furniture only when it is short
    and speaks in a page's words.
    """
    han = len(_HAN.findall(line))
    if han < 2 or line.count("|") >= 3:
        return True
    if _TRAIL.search(line) and han < 60 and "《" not in line:
        return True
    if _SENTENCE.search(line):
        return han < 60 and bool(_WORDS.search(line) and _marked(line))
    if han < 45 and (_WORDS.search(line) or _NUMBERS.search(line)):
        return True
    if _LABEL.match(line) and len(line) < 50:
        return True
    return bool(_STAMP.search(line)) and han < 30


def _marked(line: str) -> bool:
    return bool(_NUMBERS.search(line) or _STAMP.search(line) or line.count(":") or "|" in line)
