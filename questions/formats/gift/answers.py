"""What stands between GIFT's braces: which kind of question it is, and its answers."""

from __future__ import annotations

import re
from typing import Final

from questions.formats.assembly import Unusable
from questions.formats.gift.blocks import show
from questions.formats.moodle.answers import (
    NO_PICTURES,
    NO_SUCH_KIND,
    Body,
    Entry,
    choice,
    judge,
    number,
    spread,
    typed,
)
from questions.formats.moodle.plain import Markup, Plain, clean, reduce
from questions.numerals import normalize

_MARKUP: Final = re.compile(r"\[(html|moodle|markdown|plain)\]")
_WEIGHT: Final = re.compile(r"%(-?\d{1,3}(?:\.\d{0,10})?)%")
_RIGHT: Final = re.compile(r"^=\s*(?:%100(?:\.0{0,10})?%)?")
_VERDICTS: Final = {
    "T": True,
    "TRUE": True,
    "F": False,
    "FALSE": False,
    "对": True,
    "正确": True,
    "√": True,
    "错": False,
    "错误": False,
    "×": False,
}


def body(answer: str, markup: Markup) -> Body:
    """The answers in our terms; raises Unusable for what is no question of ours.

    `answer` is hidden text without its general feedback; `markup` is the stem's.
    """
    if not answer:
        raise Unusable("这是简答题，没有可以判分的答案，请改写成有答案的题，或删去这一题")
    if answer.startswith("#"):
        return _number(answer[1:], markup)
    if "~" in answer:
        return _choice(answer, markup)
    if "=" in answer and "->" in answer:
        raise Unusable(f"这是匹配题，{NO_SUCH_KIND}")
    verdict = _VERDICTS.get(normalize(answer.partition("#")[0]).upper())
    if verdict is not None:
        wrong, _, right = answer.partition("#")[2].partition("#")
        return judge(verdict, right=_shown(right, markup), wrong=_shown(wrong, markup))
    return typed([_entry(part, markup, 100) for part in _parts(answer)], is_case_blind=True)


def text(hidden: str, markup: Markup) -> Plain:
    """A part's visible text, by the markup it names or else the stem's."""
    markup, hidden = marked(hidden.strip(), markup)
    return reduce(show(hidden), markup)


def marked(hidden: str, default: Markup) -> tuple[Markup, str]:
    """The markup a text begins by naming, and the rest; GIFT's default is the stem's."""
    found = _MARKUP.match(hidden)
    if found is None:
        return default, hidden
    return Markup(found[1]), hidden[found.end() :]


def _choice(answer: str, markup: Markup) -> Body:
    is_single = "=" in answer
    entries: list[Entry] = []
    for part in answer.replace("=", "~=").split("~"):
        part = part.strip()
        if not part and not entries:
            continue  # before the first sign
        # After = Moodle reads no weight; people still write the full one there.
        entries.append(_option(_RIGHT.sub("%100%", part), markup))
    return choice(entries, is_single=is_single)


def _option(part: str, markup: Markup) -> Entry:
    part, percent = _weighed(part, 0)
    words, _, feedback = part.partition("#")
    seen = text(words, markup)
    if seen.has_media:
        raise Unusable(NO_PICTURES)
    return Entry(seen.text, percent, _shown(feedback, markup))


def _entry(part: str, markup: Markup, percent: float) -> Entry:
    part, percent = _weighed(part, percent)
    words, _, feedback = part.partition("#")
    _, words = marked(words.strip(), markup)
    return Entry(clean(show(words)), percent, _shown(feedback, markup))


def _number(answer: str, markup: Markup) -> Body:
    answer, _, wrong = answer.partition("~")
    entries = []
    for part in filter(None, _parts(answer)):
        entry = _entry(part, markup, 100)
        value, tolerance = spread(entry.text)
        entries.append(Entry(value, entry.percent, entry.feedback, tolerance))
    if wrong:
        entries.append(Entry("*", 0, _shown(wrong.partition("#")[2], markup)))
    return number(entries)


def _parts(answer: str) -> list[str]:
    parts = [part.strip() for part in answer.split("=")]
    return parts[1:] if len(parts) > 1 and not parts[0] else parts


def _weighed(part: str, percent: float) -> tuple[str, float]:
    found = _WEIGHT.match(part.strip())
    if found is None:
        return part, percent
    return part.strip()[found.end() :], float(found[1])


def _shown(feedback: str, markup: Markup) -> str:
    return text(feedback, markup).text
