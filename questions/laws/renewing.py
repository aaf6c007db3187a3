"""What the registry has learned since a basis was written: when it stops being in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from questions.laws.law import Law, Version
from questions.models import Basis


def renewed(basis: Basis, law: Law | None, former: Law | None = None) -> Basis:
    """The basis with the days the registry knows now; an earlier end is never put off.

    `law` is None where the registry doesn't know it. `former` is the row that stood there
    before: an end taken from it goes with it. A basis without a first day may be of any text of
    the law, so it ends with the law itself, and gets a first day only where there is but one
    text.
    """
    end = _end(basis, law) if law is not None else None
    last = basis.in_force_to
    if former is not None and last is not None and last == _end(basis, former):
        last = None
    if end is not None and (last is None or end < last):
        last = end
    begins = basis.in_force_from
    if begins is None and law is not None and len(law.versions) == 1:
        begins = law.in_force_from
    return replace(basis, in_force_from=begins, in_force_to=last)


def _end(basis: Basis, law: Law) -> date | None:
    if basis.in_force_from is None:
        return law.in_force_to
    return _text(law, basis.in_force_from).in_force_to


def _text(law: Law, begins: date) -> Version:
    """The text that came into force on a day, else the one that held on it."""
    for text in law.versions:
        if text.in_force_from == begins:
            return text
    return law.version(begins)
