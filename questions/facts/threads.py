"""What the sentences of one paragraph hand on: whose area, since when, on what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from questions.documents import Document, Sentence
from questions.facts import lexicon, phrases

HEADING: Final = 30  # characters of a sentence that is but a heading


@dataclass(frozen=True, slots=True)
class Thread:
    """What a sentence takes from those before it in its paragraph.

    `area` is the last subject that was a whole area (全区), `since` a scope counted from an
    event with its place in `plain`, `heading` the enumerated sentence (二是…。) that names
    what the following ones are about.
    """

    area: str = ""
    since: str = ""
    since_at: int = -1
    heading: str = ""

    def after(self, sentence: Sentence) -> Thread:
        """The thread behind a sentence."""
        thread = self
        for clause in sentence.clauses:
            text = lexicon.strip_markers(clause.text)
            area = phrases.AREA.match(lexicon.opening(text).subject)
            if area:
                thread = replace(thread, area=area.group())
            if phrases.SCOPE.match(text) or phrases.SINCE.search(text):
                thread = _dated(thread, clause.text, clause.start)
        if len(sentence.clauses) == 1 and len(sentence.text) <= HEADING:
            text = lexicon.strip_markers(sentence.text.strip()).strip("。;, ")
            if text != sentence.text.strip("。;, ") and not any(c.isdigit() for c in text):
                thread = replace(thread, heading=text)
        return thread


def _dated(thread: Thread, text: str, start: int) -> Thread:
    late = phrases.SINCE.search(text)
    said = late.group() if late else lexicon.strip_markers(text)
    if phrases.EVENT.search(said):
        return replace(thread, since=said, since_at=start + text.index(said))
    return replace(thread, since="", since_at=-1)


def along(document: Document) -> Iterator[tuple[Sentence, Thread]]:
    """Every sentence with the thread it hangs on; headings, lines and numbering cut it."""
    thread = Thread()
    previous: Sentence | None = None
    for sentence in document.sentences:
        if previous is not None:
            gap = document.plain[previous.end : sentence.start]
            if previous.section != sentence.section or "\n" in gap:
                thread = Thread()
            elif phrases.ITEM.match(sentence.text):
                thread = Thread(since=thread.since, since_at=thread.since_at)
        yield sentence, thread
        thread = thread.after(sentence)
        previous = sentence
