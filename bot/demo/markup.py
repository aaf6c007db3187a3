"""The Bot API's HTML: a small fixed set of tags, parsed strictly into entities."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.demo.entities import FormattedText, utf16_length
from bot.demo.errors import ApiError, bad_request
from bot.demo.people import Json

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile(r"[<&]")
_TAG = re.compile(r"<(/?)([^\s<>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"\s+([A-Za-z][\w\-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]+));")


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    offset: int
    part: int
    attributes: dict[str, str]


def parse_html(source: str) -> FormattedText:
    """Text and entities of an HTML message.

    Raises ApiError 400 "can't parse entities: …" for any other tag, a tag left open or closed
    out of order. Unknown named references stay as they are, as on Telegram.
    """
    if "<" not in source and "&" not in source:
        return FormattedText(source, [])
    return _Parser(source).run()


class _Parser:
    """One pass over one source text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> FormattedText:
        position = 0
        while match := _SPECIAL.search(self.source, position):
            start = match.start()
            self._write(self.source[position:start])
            position = self._tag(start) if match.group() == "<" else self._reference(start)
        self._write(self.source[position:])
        if self.open:
            tag = self.open[-1].tag
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return FormattedText("".join(self.parts), _without_nested(self.entities))

    def _write(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += utf16_length(text)

    def _reference(self, start: int) -> int:
        match = _REFERENCE.match(self.source, start)
        if match is None:
            self._write("&")
            return start + 1
        decimal, hexadecimal, name = match.groups()
        if name is not None:
            self._write(_CHARACTERS.get(name, match.group()))
        else:
            code = int(decimal) if decimal is not None else int(hexadecimal, 16)
            is_character = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
            self._write(chr(code) if is_character else match.group())
        return match.end()

    def _tag(self, start: int) -> int:
        match = _TAG.match(self.source, start)
        if match is None:
            raise _refusal(f"Unclosed start tag at byte offset {self._bytes(start)}")
        slash, name, rest = match.groups()
        if slash:
            self._close(name.lower(), start)
        else:
            self._start(name.lower(), rest, start)
        return match.end()

    def _start(self, tag: str, rest: str, start: int) -> None:
        if tag not in _KINDS:
            at = self._bytes(start)
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {at}')
        attributes = self._attributes(rest, start)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            at = self._bytes(start)
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.open.append(_Open(tag, self.length, len(self.parts), attributes))

    def _attributes(self, rest: str, start: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        position = 0
        while match := _ATTRIBUTE.match(rest, position):
            name, *values = match.groups()
            attributes[name.lower()] = next((v for v in values if v is not None), "")
            position = match.end()
        if rest[position:].strip():
            raise _refusal(f"Unexpected end of name token at byte offset {self._bytes(start)}")
        return attributes

    def _close(self, tag: str, start: int) -> None:
        if not self.open:
            raise _refusal(f"Unexpected end tag at byte offset {self._bytes(start)}")
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise _refusal(
                f"Unmatched end tag at byte offset {self._bytes(start)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        length = self.length - opened.offset
        if length:
            self._add(opened, length)

    def _add(self, opened: _Open, length: int) -> None:
        entity: Json = {"type": _KINDS[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            inner = "".join(self.parts[opened.part :])
            target = link_target(_decoded(opened.attributes.get("href") or inner))
            if target is None:
                return
            entity |= target
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code":
            language = opened.attributes.get("class", "").removeprefix("language-")
            if language and self.open and self.open[-1].tag == "pre":
                entity |= {"type": "pre", "language": language}
        self.entities.append(entity)

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def link_target(href: str) -> Json | None:
    """The fields of a link's entity, or None where Telegram drops the link and keeps the text."""
    href = href.strip()
    if href.startswith("tg://user"):
        ids = parse_qs(urlsplit(href).query).get("id", [])
        if not ids or not ids[0].isdecimal():
            return None
        user = {"id": int(ids[0]), "is_bot": False, "first_name": ""}
        return {"type": "text_mention", "user": user}
    if "://" not in href:
        href = f"http://{href}"
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https", "tg", "ton"} or not parts.netloc:
        return None
    if parts.scheme in {"http", "https"} and "." not in (parts.hostname or ""):
        return None
    return {"url": href if parts.path or parts.query else f"{href}/"}


def _decoded(value: str) -> str:
    return _REFERENCE.sub(
        lambda match: _CHARACTERS.get(match.group(3) or "", match.group()), value
    )


def _without_nested(entities: list[Json]) -> list[Json]:
    """Code and pre hold no other entities; of a pre with a language one entity stays."""
    kept: list[Json] = []
    block_end, block = 0, None
    for entity in entities:
        end = entity["offset"] + entity["length"]
        if block is not None and end <= block_end:
            if "language" in entity and block["type"] == "pre":
                block["language"] = entity["language"]
            continue
        if entity["type"] in {"code", "pre"}:
            block, block_end = entity, end
        kept.append(entity)
    return kept


def _refusal(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
