"""Sentences cut so finely that a number ends its piece, each piece knowing what it inherits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from questions.documents import Clause, Sentence
from questions.facts import lexicon, phrases, quantities
from questions.facts.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause, or one item of a 、 list of figures in it; places in `plain`.

    `head` is the verb the list's first item lends to this one, `subject` whoever acts since an
    earlier clause, `scopes` the clauses of time and place before. `parent` is the piece whose
    total this is a part of (其中…), -1 for none; `item` its place in its clause's list.
    """

    start: int
    end: int
    text: str
    quantities: tuple[Quantity, ...]
    head: str
    subject: str
    scopes: tuple[str, ...]
    scope_at: int
    is_broken: bool
    opens: bool
    parent: int
    item: int


@dataclass(frozen=True, slots=True)
class _Inherited:
    subject: str = ""
    scopes: tuple[str, ...] = ()
    scope_at: int = -1


def cut(sentence: Sentence) -> tuple[Piece, ...]:
    """The pieces of a sentence; clauses that only give a scope become part of later ones."""
    pieces: list[Piece] = []
    carried = _Inherited()
    for clause in sentence.clauses:
        if clause.opens:
            carried = _Inherited()
        text, start = _scope(clause)
        if text:
            carried = _Inherited(
                carried.subject if lexicon.opens_with_preposition(text) or "以来" in text else "",
                (*carried.scopes, text),
                start if carried.scope_at < 0 else carried.scope_at,
            )
            continue
        subject = lexicon.opening(lexicon.strip_markers(clause.text)).subject
        carried = replace(carried, subject=subject or carried.subject)
        pieces.extend(_items(clause, carried, len(pieces)))
        period = phrases.opens_with_period(clause.text)
        if period and not carried.scopes:
            carried = replace(carried, scopes=(period,), scope_at=clause.start)
    return tuple(pieces)


def _scope(clause: Clause) -> tuple[str, int]:
    """A clause's words, and where they begin, if all it does is say when or where."""
    since = phrases.SINCE.search(clause.text)
    if since and lexicon.is_verbal(clause.text) and clause.text[:1] not in "自从":
        return since.group(), clause.start + since.start()
    text = lexicon.strip_markers(clause.text)
    if phrases.SCOPE.match(text) and next(quantities.scan(text), None) is None:
        return text, clause.end - len(text)
    return "", clause.start


def _items(clause: Clause, carried: _Inherited, before: int) -> Sequence[Piece]:
    found = list(quantities.scan(clause.text))
    cuts = [q.end for q in found if clause.text[q.end :].lstrip().startswith("、")]
    parent = before - 1 if clause.text.startswith("其中") else -1
    head = _head(clause.text[: cuts[0]]) if cuts else ""
    pieces: list[Piece] = []
    done = 0
    for number, place in enumerate([*cuts, len(clause.text)]):
        text = clause.text[done:place].lstrip(" 、")
        start = place - len(text)
        piece = Piece(
            start=clause.start + start,
            end=clause.start + place,
            text=text,
            quantities=tuple(
                replace(q, start=q.start - start, end=q.end - start)
                for q in found
                if start <= q.start < place
            ),
            head="" if number == 0 or _stands(text) else head,
            subject=carried.subject,
            scopes=carried.scopes,
            scope_at=carried.scope_at,
            is_broken=clause.is_broken,
            opens=clause.opens and number == 0,
            parent=parent,
            item=number,
        )
        pieces.append(piece)
        done = place
    return pieces


def _head(first: str) -> str:
    start = lexicon.opening(first)
    return first[: start.object_at] if start.verb else ""


def _stands(text: str) -> bool:
    """Whether a list item has a verb of its own."""
    number = next(quantities.scan(text), None)
    before = text[: number.start] if number else text
    return bool(phrases.CHANGE.match(before)) or bool(lexicon.verb_at(text, 0))
