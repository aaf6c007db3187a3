"""A server's reply read strictly: what isn't exactly the shape asked for is no reply."""

from __future__ import annotations

import json
import re
from typing import Any, Final

# What servers put around an answer: a model's thinking, a code fence.
_THINKING: Final = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCE: Final = re.compile(r"\A```(?:json)?\s*\n(?P<inside>.*)\n```\Z", re.DOTALL)
LONGEST_STEM: Final = 400


class BadReply(Exception):
    """The reply isn't what was asked for."""


def read(payload: bytes, size: int) -> dict[int, str]:
    """The proposed stems by number, 1 to `size`; raises BadReply."""
    try:
        choices = json.loads(payload)["choices"]
        content = choices[0]["message"]["content"]
        if not isinstance(content, str):
            raise BadReply
        rows = json.loads(_bare(content))["wordings"]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise BadReply from error
    if not isinstance(rows, list) or len(rows) > size:
        raise BadReply
    found: dict[int, str] = {}
    for row in rows:
        number, stem = _row(row)
        if not 1 <= number <= size or number in found:
            raise BadReply
        found[number] = stem
    return found


def _bare(content: str) -> str:
    text = _THINKING.sub("", content).strip()
    fenced = _FENCE.match(text)
    return fenced["inside"] if fenced else text


def _row(row: Any) -> tuple[int, str]:
    if not isinstance(row, dict) or set(row) != {"number", "stem"}:
        raise BadReply
    number, stem = row["number"], row["stem"]
    if type(number) is not int or not isinstance(stem, str) or len(stem) > LONGEST_STEM:
        raise BadReply
    return number, stem
