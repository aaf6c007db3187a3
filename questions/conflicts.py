"""Which questions must not be asked together: same passage, or one tells another's key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from questions.models import Kind, Question
from questions.numerals import normalize

SHORTEST_KEY = 3  # characters; shorter keys stand in any text


@dataclass(frozen=True, slots=True)
class Gist:
    """What of a question can clash with another.

    `shown` is read before it is answered, `told` also afterwards; `keys` are what to know.
    """

    document: str
    start: int
    end: int
    shown: str
    told: str
    keys: tuple[str, ...]


def gist(question: Question) -> Gist:
    """A question's passage, its texts and its keys, folded for comparing."""
    cite = question.citation
    shown = normalize(question.stem + "\n" + "\n".join(question.options))
    keys: Sequence[str] = ()
    if question.kind is not Kind.JUDGE:
        keys = question.answers or [question.options[index] for index in question.key]
    return Gist(
        cite.document,
        cite.start,
        cite.end,
        shown,
        shown + normalize(question.explanation),
        tuple(key for key in map(normalize, keys) if len(key) >= SHORTEST_KEY),
    )


def conflict(one: Question, other: Question) -> bool:
    """Whether two questions must not meet in a round."""
    return clash(gist(one), gist(other))


def clash(one: Gist, other: Gist) -> bool:
    """The same of gists: one passage, or a key in what the other has people read.

    Explanations count, since each is shown before the next question.
    """
    if _overlap(one, other):
        return True
    return any(key in one.told for key in other.keys) or any(key in other.told for key in one.keys)


def _overlap(one: Gist, other: Gist) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


class Past:
    """What a plan asked lately, to compare many questions with."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._gists = [gist(question) for question in questions]
        self._shown = "\n".join(past.shown for past in self._gists)
        self._keys = {key for past in self._gists for key in past.keys}

    def clashes(self, one: Gist) -> bool:
        """Whether a question asks the same again, gives away the key of a round that may still
        be open, or has its own key in a question that people have just seen.
        """
        return (
            any(_overlap(one, past) for past in self._gists)
            or any(key in self._shown for key in one.keys)
            or any(key in one.shown for key in self._keys)
        )
