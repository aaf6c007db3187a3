"""Moodle's marked-up texts reduced to what a chat message can show.

Nothing of the markup survives: scripts and styles are dropped with what they hold, blocks become
lines. Every step is linear in the text, whatever it is.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from questions.formats.assembly import Unusable


class Markup(StrEnum):
    """How a text is meant, in GIFT's names."""

    HTML = "html"
    MOODLE = "moodle"
    MARKDOWN = "markdown"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without markup; `has_media` where it showed a picture, a film or an attachment."""

    text: str
    has_media: bool = False


LONGEST_MARKED: Final = 200_000  # characters with their markup; Word wraps a sentence in pages
ATTACHMENT: Final = "@@PLUGINFILE@@"

_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff\U0001fffe\U0001ffff]"
)
_BREAKS: Final = re.compile(r"\r\n?")
# Each branch begins with its one character, so that the search jumps from one to the next.
_TOKEN: Final = re.compile(
    r"<(?:(?P<open>!--|!\[CDATA\[|\?xml)"
    r"|!\[(?:if|endif)[^<>\]]*\]>|!doctype[^<>]*>"  # Word's own, a page's first line
    r"|(?P<end>/?)(?P<name>[a-z][a-z0-9:]{0,30})(?P<more>[\s/][^<>]*|)>)"
    r"|&(?P<entity>\#\d{1,7};|\#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};)"
    r"|-(?P<comment>->)|\](?P<data>\]>)|\?(?P<xml>>)",
    re.IGNORECASE,
)
_HIDES: Final = {"!--": "-->", "![cdata[": "", "?xml": "?>"}


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS: Final = _names("""
    p div br h1 h2 h3 h4 h5 h6 ul ol dl dt dd table tbody thead tfoot tr caption section article
    main header footer nav aside body html form hr pre blockquote center figure figcaption
    address details summary fieldset legend
""")
_INLINE: Final = _names("""
    span a b i u s em strong font small big label input abbr acronym code del ins mark meta link
    base col colgroup tt kbd samp var cite q dfn strike wbr nobr bdo ruby rt rp button select
    option textarea time data map area source track param math mi mo mn mrow msup msub mfrac
    semantics annotation lang tex nolink
""")
_MEDIA: Final = _names("img audio video iframe object embed svg canvas picture")
_HIDDEN: Final = _names("script style noscript template svg iframe object head title")
_KNOWN: Final = _BLOCKS | _INLINE | _MEDIA | _HIDDEN | {"li", "td", "th", "sub", "sup"}
_RAISED: Final = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISABLE: Final = re.compile(r"[0-9+\-−=()n]{1,12}")
_LOWERABLE: Final = re.compile(r"[0-9+\-−=()]{1,12}")
_BLANKS: Final = re.compile(r"[ \t\xa0]+")
_SPACE: Final = re.compile(r"\s+")

_PICTURE: Final = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\)")
_BULLET: Final = re.compile(r"^(·|\d{1,3}\.)\n", re.MULTILINE)  # the text of <li> in a <p>
_LINK: Final = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{1,2000}\)")
_STRESS: Final = re.compile(r"\*\*(?=\S)([^*\n]{1,500})\*\*|`([^`\n]{1,500})`")
_HEADING: Final = re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE)


def clean(text: str) -> str:
    """The text without the characters no XML or chat message takes; line ends are line feeds."""
    return _UNFIT.sub("", _BREAKS.sub("\n", text)).strip()


def reduce(text: str, markup: Markup) -> Plain:
    """What a reader sees of a text; raises Unusable for one too long for any question."""
    if len(text) > LONGEST_MARKED:
        raise Unusable("题里有一段文字太长，请缩短或分成几道题")
    text = clean(text)
    if markup is Markup.PLAIN:
        return Plain(text, ATTACHMENT in text)
    has_media = ATTACHMENT in text
    if markup is Markup.MARKDOWN:
        has_media = has_media or _PICTURE.search(text) is not None
        text = _LINK.sub(r"\1", _PICTURE.sub("", text))
        text = _HEADING.sub("", _STRESS.sub(lambda found: found[1] or found[2], text))
    if "<" not in text and "&" not in text and markup is not Markup.HTML:
        return Plain(text, has_media)
    page = _Page(keeps_lines=markup is not Markup.HTML)
    page.read(text)
    return Plain(clean(page.text()), has_media or page.has_media)


@dataclass(slots=True)
class _Page:
    """HTML on its way to text."""

    keeps_lines: bool
    has_media: bool = False
    out: list[str] = field(default_factory=list)
    hidden: str = ""  # what ends the stretch that is not shown
    lists: list[int | None] = field(default_factory=list)  # next number, or None for bullets
    script: tuple[str, int] | None = None  # sub or sup, and where in `out` it began
    is_verbatim: bool = False

    def read(self, text: str) -> None:
        done = 0
        for token in _TOKEN.finditer(text):
            self._words(text[done : token.start()])
            done = token.end()
            if self.hidden:
                self._look_for_end(token)
            elif token["open"]:
                self.hidden = _HIDES[token["open"].lower()]
            elif token["name"]:
                self._tag(token)
            elif token["entity"]:
                self.out.append(html.unescape(token[0]))
            elif token["comment"] or token["xml"]:
                self.out.append(token[0])
        self._words(text[done:])

    def text(self) -> str:
        whole = _BLANKS.sub(" ", "".join(self.out))
        lines = (line.strip().removeprefix("| ") for line in whole.split("\n"))
        return _BULLET.sub(r"\1 ", "\n".join(line for line in lines if line))

    def _words(self, words: str) -> None:
        if words and not self.hidden:
            keeps = self.keeps_lines or self.is_verbatim
            self.out.append(words if keeps else _SPACE.sub(" ", words))

    def _look_for_end(self, token: re.Match[str]) -> None:
        ended = token["name"] if token["end"] else token[0]
        if ended.lower() == self.hidden:
            self.hidden = ""

    def _tag(self, token: re.Match[str]) -> None:
        name, is_end = token["name"].lower(), bool(token["end"])
        if name not in _KNOWN and ":" not in name:
            self.out.append(token[0])  # a < in the text, no tag
            return
        self.has_media = self.has_media or name in _MEDIA
        if name in _HIDDEN and not is_end and not token["more"].endswith("/"):
            self.hidden = name
        elif name in ("sub", "sup"):
            self._script(name, is_end)
        elif name in ("td", "th"):
            self.out.append("" if is_end else " | ")
        elif name == "li":
            self.out.append("" if is_end else self._bullet())
        elif name in _BLOCKS:
            self._block(name, is_end)

    def _block(self, name: str, is_end: bool) -> None:
        self.out.append("\n")
        if name == "pre":
            self.is_verbatim = not is_end
        if name in ("ul", "ol"):
            if not is_end:
                self.lists.append(1 if name == "ol" else None)
            elif self.lists:
                self.lists.pop()

    def _bullet(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "\n· "
        self.lists[-1] = number + 1
        return f"\n{number}. "

    def _script(self, name: str, is_end: bool) -> None:
        if not is_end:
            self.script = self.script or (name, len(self.out))
        elif self.script is not None and self.script[0] == name:
            inner = "".join(self.out[self.script[1] :]).strip()
            del self.out[self.script[1] :]
            self.out.append(_scripted(name, inner))
            self.script = None


def _scripted(name: str, inner: str) -> str:
    if name == "sup":
        return inner.translate(_RAISED) if _RAISABLE.fullmatch(inner) else inner and f"^{inner}"
    return inner.translate(_LOWERED) if _LOWERABLE.fullmatch(inner) else inner and f"_{inner}"
