"""What a reader makes of a file: its text, what of it is seen, and which lines are headings."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from questions.documents import markup

DEEPEST = 2  # sections have three levels


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file and what a person sees of it.

    `offsets[i]` is where character i of `visible` stands in `text`; `headings` maps the place
    in `visible` of a heading's first character to its level, 0 to 2. `titles` and `sources` are
    what the file itself calls its title and its issuer, the surest first.
    """

    text: str
    visible: str
    offsets: Sequence[int]
    headings: Mapping[int, int] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def of_text(text: str) -> Reading:
    """Text as it stands, tags left out."""
    visible, offsets = markup.strip(text)
    return Reading(text, visible, offsets)


def conceal(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, Sequence[int]]:
    """The text without `spans`, which rise and don't overlap, and where its characters stood."""
    pieces: list[str] = []
    offsets = array("L")
    done = 0
    for start, end in spans:
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        done = end
    if done == 0:
        return text, range(len(text))
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    return "".join(pieces), offsets


def levels(visible: str, depths: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Headings (place, depth as written) with their levels; the title on top is none of them."""
    rows = list(depths)
    if rows and _is_title(visible, rows):
        del rows[0]
    ranks = sorted({depth for _, depth in rows})
    return {place: min(ranks.index(depth), DEEPEST) for place, depth in rows}


def _is_title(visible: str, rows: Sequence[tuple[int, int]]) -> bool:
    """Whether the first heading stands above all others, or on top of the page and below none."""
    (place, top), *others = rows
    if not visible[:place].strip():
        return all(depth >= top for _, depth in others)
    return all(depth > top for _, depth in others)
