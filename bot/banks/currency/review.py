"""The daily look at the law behind every question; it may run at any time, and twice."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.banks.registry import registry_of
from bot.plans.calendar import local_day, moment
from bot.texts import label
from questions.laws import Registry, renewed
from questions.models import Basis, Question
from storage.repositories.currency import EndRow, Force
from storage.unit import Unit

log = logging.getLogger(__name__)

SOON = timedelta(days=30)
# Owners hear of it in the morning, not at midnight.
TOLD_AT = time(8, 30)


def review(unit: Unit, timezone: str, *, now: datetime, former: Registry | None = None) -> None:
    """Bring days up to the registry, flag what lapsed, and have owners told of what is new.

    `former` is the registry as it was, where rows have just been changed: what followed from
    them is taken back.
    """
    known = registry_of(unit)
    if known.trouble:
        log.warning("added law rows can't be used: %s", known.trouble)
    refresh(unit, known.registry, former)
    today = local_day(now, timezone)
    unit.currency.clear_lapsed(today)
    due_at = max(now, moment(today, TOLD_AT, timezone))
    for end in unit.currency.list_ends(today + SOON):
        if end.in_force_to >= today:
            unit.notices.add(f"n:{end.bank_id}:{end.in_force_to:%Y%m%d}", due_at)
        elif unit.currency.flag_lapsed(end, lapse_of(known.registry, end)):
            unit.notices.add(f"l:{end.bank_id}:{today:%Y%m%d}", due_at)
    unit.notices.forget(now)


def lapse_of(registry: Registry, end: EndRow) -> str:
    """When a law ended and what took its place, as the sentence of an alert."""
    law = registry.find(end.law)
    begins = end.in_force_to + timedelta(days=1)
    values = {
        "law": registry.name(end.law),
        "year": begins.year,
        "month": begins.month,
        "day": begins.day,
    }
    if law is None or law.in_force_to is None or end.in_force_to < law.in_force_to:
        return label("currency.lapse_text", **values)  # the law stands, its text is another
    if law.replaced_by is None:
        return label("currency.lapse", **values)
    return label("currency.lapse_replaced", **values, successor=registry.name(law.replaced_by))


def refresh(unit: Unit, registry: Registry, former: Registry | None = None) -> int:
    """Give stored questions the days the registry knows; how many that changed."""
    changed = 0
    for force, basis in changes(unit, registry, former):
        for row in unit.currency.list_on(force):
            if row.question.basis is not None:
                unit.editions.set_force(row.id, _with(row.question, basis))
                changed += 1
    return changed


def changes(
    unit: Unit, registry: Registry, former: Registry | None = None
) -> list[tuple[Force, Basis]]:
    """What questions say of laws that the registry knows better, and what it says."""
    found: list[tuple[Force, Basis]] = []
    for force in unit.currency.list_forces():
        said = Basis(force.law, None, force.in_force_from, force.in_force_to)
        before = former.find(force.law) if former is not None else None
        basis = renewed(said, registry.find(force.law), before)
        if basis != said:
            found.append((force, basis))
    return found


def _with(question: Question, basis: Basis) -> Question:
    held = question.basis
    if held is None:
        return question
    begins, ends = basis.in_force_from, basis.in_force_to
    return replace(question, basis=replace(held, in_force_from=begins, in_force_to=ends))


def has_lapsed(basis: Basis, today: date) -> bool:
    """Whether a basis no longer holds."""
    return basis.in_force_to is not None and basis.in_force_to < today
