"""Which version a law text is, how it is called, and from when to when it is in force."""

from __future__ import annotations

from datetime import date

from questions.statutes import block
from questions.statutes.model import Event, Statute

_CHANGES = ("修订", "修正")
_COUNTRY = "中华人民共和国"


def version(statute: Statute) -> str:
    """2021年修订, empty where the text was never changed or its block is missing."""
    changes = [event for event in statute.events if event.verb in _CHANGES]
    return f"{changes[-1].day.year}年{changes[-1].verb}" if changes else ""


def display_title(statute: Statute) -> str:
    """The title as headers show it: 中华人民共和国行政处罚法（2021年修订）."""
    if statute.title is None:
        return statute.document.title
    label = version(statute)
    return f"{statute.title}（{label}）" if label else statute.title


def short_title(statute: Statute) -> str:
    """What stems call the law: 行政处罚法."""
    title = statute.title or statute.document.title
    return title.removeprefix(_COUNTRY)


def basis_days(statute: Statute) -> tuple[date | None, date | None]:
    """First and last day in force as far as the text itself can tell; None where it can't.

    A text whose last change names a 《…决定》 still prints the day of its first version.
    """
    last = _last_change(statute)
    if statute.title is None or (last is not None and last.names_decision):
        return None, None
    made = max((e.day for e in statute.events if e.verb in (*_CHANGES, "通过")), default=None)
    start, end = _printed(statute)
    is_older = start is not None and made is not None and start < made
    return (None if is_older else start), end


def _printed(statute: Statute) -> tuple[date | None, date | None]:
    starts = [event.day for event in statute.events if event.verb == "施行"]
    if starts:
        return max(starts), None
    published = [event.day for event in statute.events if event.verb in ("公布", "发布")]
    if statute.articles:
        tail = statute.articles[-1].paragraphs
        day, from_publication = block.last_day("".join(p.passage.text for p in tail))
        if day is not None:
            return day, None
        if from_publication and published:
            return published[-1], None
    return (published[-1] if published else None), None


def _last_change(statute: Statute) -> Event | None:
    changes = [event for event in statute.events if event.verb in _CHANGES]
    return changes[-1] if changes else None
