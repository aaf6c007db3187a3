"""Moodle's own import of GIFT, its rules written down a second time and by other means.

Only so much as our exports use. It trusts nothing of the product.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# The grades that question_bank::fraction_options_full() allows, in percent.
GRADES = (
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667,
    14.28571, 12.5, 11.11111, 10, 5, 0,
)  # fmt: skip

_WEIGHT = re.compile(r"%-*([0-9]{1,2})\.?([0-9]*)%")


@dataclass
class Imported:
    """A question as Moodle would store it."""

    qtype: str
    text: str
    name: str = ""
    feedback: str = ""
    category: str = ""
    answers: list[tuple[str, float]] = field(default_factory=list)
    is_single: bool = False


def gift(data: bytes) -> list[Imported]:
    """What Moodle makes of a GIFT file, block by block."""
    found: list[Imported] = []
    block: list[str] = []
    category = ""
    for line in [*data.decode().split("\n"), ""]:
        line = line.strip(" \t\n\r\0\x0b")
        if line:
            block.append(" " if line.startswith("//") else line)
            continue
        text = _before("\n".join(block).strip(" \t\n\r\0\x0b"))
        block = []
        if text.startswith("$CATEGORY:"):
            category = text[10:].strip()
        elif text:
            item = _question(text)
            item.category = category
            found.append(item)
    return found


def is_grade(percent: float) -> bool:
    """Whether the import takes this weight without an error."""
    return any(abs(abs(percent) - grade) < 0.00001 for grade in GRADES)


def _before(text: str) -> str:
    text = text.replace("\\\\", "&&092;")
    for char in ":#={}~":
        text = text.replace(f"\\{char}", f"&&{ord(char):03};")
    return text.replace("\\n", "&&010").replace("&&092;", "\\")


def _after(text: str) -> str:
    for char in ":#={}~":
        text = text.replace(f"&&{ord(char):03};", char)
    return text.replace("&&010", "\n")


def _text(text: str) -> str:
    text = text.strip(" \t\n\r\0\x0b")
    if text.startswith("["):
        name = text[1 : text.find("]")]
        if name in ("html", "plain", "moodle", "markdown"):
            assert name == "plain"
            text = text[text.find("]") + 1 :]
    return _after(text).strip(" \t\n\r\0\x0b")


def _question(text: str) -> Imported:
    name = ""
    if text.startswith("::"):
        name, _, text = text[2:].partition("::")
    start, end = text.find("{"), text.find("}")
    assert 0 <= start < end == len(text) - 1, "the answers must close the question"
    answer, stem = text[start + 1 : end].strip(), text[:start]
    at = answer.rfind("####")
    feedback = answer[at + 4 :] if at >= 0 else ""
    answer = answer[:at].strip() if at >= 0 else answer
    item = Imported("", _text(stem), _after(name), _text(feedback))
    if "~" in answer:
        item.qtype, item.is_single = "multichoice", "=" in answer
        parts = answer.replace("=", "~=").split("~")[1:]
        item.answers = [_weighed(part.strip(), 0) for part in parts]
    elif "=" in answer and "->" in answer:
        item.qtype = "match"
    elif answer in ("T", "TRUE", "F", "FALSE"):
        item.qtype, item.answers = "truefalse", [(answer, 100)]
    else:
        item.qtype = "shortanswer"
        item.answers = [_weighed(part.strip(), 100) for part in answer.split("=")[1:]]
    return item


def _weighed(part: str, percent: float) -> tuple[str, float]:
    if part.startswith("="):
        part, percent = part[1:], 100
    elif _WEIGHT.match(part):
        weight, part = part[1:].split("%", 1)
        percent = float(weight)
    assert "#" not in part, "nothing of ours has feedback of its own"
    return _text(part), percent
