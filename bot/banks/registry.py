"""The law registry of this house: the shipped rows with those its admins added."""

from __future__ import annotations

from dataclasses import dataclass

from questions import laws
from questions.laws import Registry
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Known:
    """The registry; `trouble` says why added rows can't be used with it."""

    registry: Registry
    trouble: str = ""


def laws_csv(unit: Unit) -> str:
    """The added rows as the CSV that generation takes; "" where there are none."""
    rows = unit.laws.list_all()
    return laws.write_rows(rows).decode("utf-8-sig") if rows else ""


def registry_of(unit: Unit) -> Known:
    """What is known of laws; added rows at odds with the shipped ones are left out, and said."""
    shipped = laws.registry()
    rows, issues = laws.read_rows(laws_csv(unit).encode()) if unit.laws.list_all() else ((), ())
    try:
        extended = shipped.extended(rows) if rows else shipped
    except laws.LawError as error:
        return Known(shipped, str(error))
    return Known(extended, str(issues[0]) if issues else "")
