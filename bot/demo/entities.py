"""Message texts and their entities; offsets and lengths count UTF-16 code units."""

import re
from dataclasses import dataclass
from typing import Any

from bot.demo.errors import bad_request
from bot.demo.people import Json

MAX_ENTITIES = 100

_NAMED = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    }
)
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_URL = re.compile(
    r"https?://[A-Za-z0-9][^\s<>\"'，。；：！？、）】》]*[^\s<>\"'，。；：！？、）】》.,;:!?)]"
)


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Text as people see it, with the Bot API's MessageEntity objects over it."""

    text: str
    entities: list[Json]


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every entity offset."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def check_entities(given: Any) -> list[Json]:
    """Entities a bot passed explicitly; entities of unknown types are ignored."""
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array")
    checked: list[Json] = []
    for entity in given:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse entities: expected an Object")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int):
            raise bad_request("can't parse entities: Field 'offset' or 'length' is wrong")
        if entity["type"] in _NAMED and length > 0 and offset >= 0:
            checked.append(dict(entity))
    return checked


def finish(formatted: FormattedText) -> FormattedText:
    """Trim the text, detect commands and links, keep the first 100 entities, as Telegram does."""
    text, entities = _trim(formatted.text, formatted.entities)
    found = detect(text)
    if found and entities:
        found = [entity for entity in found if not _is_covered(entity, entities)]
    if found:
        entities = sorted([*entities, *found], key=lambda e: (e["offset"], -e["length"]))
    return FormattedText(text, entities[:MAX_ENTITIES])


def detect(text: str) -> list[Json]:
    """Commands and links in a plain text."""
    if "/" not in text:
        return []
    found = [_over(text, match, "url") for match in _URL.finditer(text)]
    found += [
        entity
        for match in _COMMAND.finditer(text)
        if not _is_covered(entity := _over(text, match, "bot_command"), found)
    ]
    return found


def _over(text: str, match: re.Match[str], kind: str) -> Json:
    return {
        "type": kind,
        "offset": utf16_length(text[: match.start()]),
        "length": utf16_length(match.group()),
    }


def _is_covered(entity: Json, others: list[Json]) -> bool:
    """Whether a code, link or command already lies over part of the entity."""
    start, end = entity["offset"], entity["offset"] + entity["length"]
    return any(
        other["type"] in {"code", "pre", "text_link", "text_mention", "url", "bot_command"}
        and other["offset"] < end
        and start < other["offset"] + other["length"]
        for other in others
    )


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    trimmed = text.strip()
    if len(trimmed) == len(text):
        return text, entities
    shift = len(text) - len(text.lstrip())
    total = utf16_length(trimmed)
    kept: list[Json] = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        end = min(total, entity["offset"] + entity["length"] - shift)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return trimmed, kept
