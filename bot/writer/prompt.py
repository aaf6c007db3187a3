"""What is sent: instructions kept as data, the questions as one JSON object beside them."""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from questions.writing import Request

LONGEST_QUOTE: Final = 600  # characters of a passage that are shown
_KINDS: Final = {"single": "单选", "multiple": "多选", "judge": "判断", "blank": "填空"}


@functools.cache
def instructions() -> str:
    """The system message."""
    path = Path(__file__).with_name("prompt.toml")
    text: str = tomllib.loads(path.read_text(encoding="utf-8"))["system"]
    return text.strip()


def messages(batch: Sequence[Request]) -> list[dict[str, str]]:
    """The messages that ask for other stems of a batch, numbered from 1."""
    told = [_told(number, request) for number, request in enumerate(batch, 1)]
    content = json.dumps({"questions": told}, ensure_ascii=False)
    return [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": content},
    ]


def _told(number: int, request: Request) -> dict[str, Any]:
    return {
        "number": number,
        "kind": _KINDS[request.kind],
        "stem": request.stem,
        "options": list(request.options),
        "key": [request.options[at] for at in request.key],
        "answers": list(request.answers),
        "fact": dict(request.fact),
        "quote": request.quote[:LONGEST_QUOTE],
        "section": list(request.section),
    }
