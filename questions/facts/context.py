"""What a number leans on: the earlier words it takes to say what was counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from questions.documents import Sentence
from questions.facts import lexicon, phrases
from questions.facts.pieces import Piece
from questions.facts.setting import topic

ENOUGH: Final = 4  # Han characters that make a measure specific
SHORT: Final = 5  # up to here a noun without a verb leans on the clause before it
DEPTH: Final = 4  # pieces carried at most
BACKGROUND: Final = 36  # characters of an earlier sentence's clause
_NOISE: Final = re.compile(r"\s|20\d\d年|^[一-鿿]?全[省市区县州国]")


@dataclass(frozen=True, slots=True)
class Context:
    """Earlier words (None where the piece stands alone), where they begin, and whether the
    piece still takes the verb of its list."""

    text: str | None
    start: int
    keeps_head: bool = True


def measure(before: str, after: str) -> str:
    """What is counted: the words around a number without subject, adverbs and verb."""
    text = lexicon.strip_markers(before)
    start = lexicon.opening(text)
    rest = text[start.object_at :] if start.verb else text[lexicon.skip_adverbs(text, 0) :]
    return _NOISE.sub("", rest + after)


def _units(piece: Piece) -> list[str]:
    return [quantity.unit for quantity in piece.quantities]


class Antecedents:
    """The contexts of one sentence's pieces, asked for in reading order."""

    def __init__(self, pieces: Sequence[Piece], sentence: Sentence, previous: Sentence | None):
        self._pieces, self._section = pieces, sentence.section
        same = previous is not None and previous.section == sentence.section
        self._previous = previous if same else None
        self._theme = ""  # what the sentence before lends, once a number needed it

    def of(self, index: int, before: str, right: str) -> Context:
        """The context of the number that stands between `before` and `right` in a piece."""
        piece = self._pieces[index]
        is_change = bool(phrases.CHANGE.match(before))
        counted = measure(piece.head + phrases.FROM_VALUE.sub("", before), right)
        weight = lexicon.weight(counted)
        if piece.parent >= 0 and not is_change:
            return self._part(index, piece, weight)
        is_thin = piece.item > 0 and bool(piece.head) and weight < ENOUGH
        leans = is_change or is_thin or self._leans(index, before, right, weight)
        if not leans and not phrases.RELATED.search(counted):
            own = bool(piece.subject) and piece.text.startswith(piece.subject)
            near = not piece.opens and "全" in before[:2]
            if weight >= ENOUGH - (own or near):
                return self._standing(index, piece)
        text, start = self._earlier(index, piece, is_change=is_change)
        return Context(text, start, keeps_head=not is_thin)

    def _leans(self, index: int, before: str, right: str, weight: int) -> bool:
        """Whether a bare noun (合格率, 受灾人口) needs the clause before it."""
        piece = self._pieces[index]
        if index == 0 or piece.opens:
            return False
        if lexicon.is_bare_measure(before):
            return True
        alone = not piece.head and not piece.subject and not right
        return alone and weight <= SHORT and not lexicon.is_verbal(piece.text)

    def _part(self, index: int, piece: Piece, weight: int) -> Context:
        """The total a part belongs to, and a sibling where the part alone says too little."""
        text, start = self._earlier(piece.parent + 1, piece, is_change=False, crosses=True)
        sibling = ""
        first = self._pieces[piece.parent + 1]
        if piece.item > 0 and weight < 2 and _units(piece) != _units(first):
            sibling = "、".join(other.text for other in self._pieces[piece.parent + 1 : index])
            sibling = lexicon.strip_markers(sibling) + ","
        return Context(f"{text or ''}其中{sibling}", start)

    def _earlier(
        self, index: int, piece: Piece, *, is_change: bool, crosses: bool = False
    ) -> tuple[str | None, int]:
        """The pieces before `index` up to one that says what is counted; `crosses` a semicolon."""
        text, start, at = "", piece.start, index
        for _ in range(DEPTH):
            if at == 0 or (self._pieces[at].opens and not (crosses and at == index)):
                break
            at -= 1
            earlier = self._pieces[at]
            text = f"{earlier.head}{lexicon.strip_markers(earlier.text)},{text}"
            start = earlier.start
            if self._is_enough(at):
                break
        first = self._pieces[at]
        if text and first.subject and first.subject not in text:
            text = first.subject + text
        if not text or (not self._is_enough(at) and not is_change):
            self._theme = self._theme or self._background()
        return (self._theme + text) or None, start

    def _standing(self, index: int, piece: Piece) -> Context:
        """A piece that stands alone still takes the clause that brought in its subject."""
        foreign = piece.subject and not piece.text.startswith(piece.subject)
        if foreign and index > 0 and not piece.head:
            earlier = self._pieces[index - 1]
            if earlier.text.startswith(piece.subject) and not earlier.quantities:
                return Context(f"{earlier.text},", earlier.start)
        if self._theme:
            lent = piece.subject if piece.subject not in piece.text else ""
            return Context(self._theme + lent, piece.start)
        return Context(None, piece.start)

    def _is_enough(self, index: int) -> bool:
        piece = self._pieces[index]
        if not piece.quantities:
            return lexicon.weight(measure(piece.head + piece.text, "")) >= ENOUGH
        first = piece.quantities[0]
        before, after = piece.text[: first.start], piece.text[first.end :]
        if phrases.CHANGE.match(before):
            return False
        return lexicon.weight(measure(piece.head + before, after)) >= ENOUGH

    def _background(self) -> str:
        """What the sentence before, or the heading, says this one is about."""
        if self._previous is not None:
            for clause in self._previous.clauses[:2]:
                if phrases.SCOPE.match(clause.text):
                    continue
                if len(clause.text) <= BACKGROUND and not any(c.isdigit() for c in clause.text):
                    return f"{lexicon.strip_markers(clause.text)},"
                break
        subject = topic(self._section)
        return f"在{subject}方面," if subject else ""
