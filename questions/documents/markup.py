"""The visible text of a page, each character with its place in the source.

Works on any text: tags left over in a plain file go the same way as those of a whole page,
while the angle brackets of nested titles (<方案>) are no tags and stay.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Sequence
from typing import Final

_BLOCKS: Final = (
    "p|div|br|h[1-6]|li|ul|ol|dl|dt|dd|table|tbody|thead|tr|td|th|section|article|main|header|"
    "footer|nav|aside|title|body|html|head|form|hr|pre|blockquote|center|figure|figcaption"
)
_INLINE: Final = (
    "span|a|b|i|u|em|strong|font|sub|sup|img|input|label|small|big|s|o:p|st1:[a-z]+|meta|link|"
    "base|abbr|code|del|ins|mark|video|source|ucapcontent|ucaptitle|iframe|map|area|col|colgroup"
)
_HIDDEN: Final = (
    "script|style|noscript|nav|footer|aside|button|select|svg|textarea|template|iframe|object"
)
_TOKEN: Final = re.compile(
    rf"(?P<hidden><!--.*?-->|<!\[CDATA\[|<\?xml.*?\?>|<!doctype[^>]*>"
    rf"|<(?P<name>{_HIDDEN})\b[^<>]*>.*?</(?P=name)\s*>)"
    rf"|(?P<block></?(?:{_BLOCKS})(?:\s[^<>]*)?/?>)"
    rf"|(?P<inline></?(?:{_INLINE}|{_HIDDEN})(?:\s[^<>]*)?/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});)",
    re.IGNORECASE | re.DOTALL,
)


def strip(text: str) -> tuple[str, Sequence[int]]:
    """What a reader sees of `text`, and where each of its characters stands in `text`."""
    pieces: list[str] = []
    offsets = array("L")
    done = 0
    for token in _TOKEN.finditer(text):
        pieces.append(text[done : token.start()])
        offsets.extend(range(done, token.start()))
        seen = _seen(token)
        pieces.append(seen)
        offsets.extend([token.start()] * len(seen))
        done = token.end()
    if done == 0:
        return text, range(len(text))
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    return "".join(pieces), offsets


def _seen(token: re.Match[str]) -> str:
    if token["entity"]:
        return html.unescape(token["entity"])
    return "" if token["inline"] else "\n"
