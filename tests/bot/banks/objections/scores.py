"""Totals as they follow from answers and rounds alone, to hold the maintained ones against."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import text

from questions.periods import periods_of
from questions.scoring import POINTS
from storage.repositories.totals_rounds import UNCHARGED
from storage.unit import Unit

Score = tuple[int, int, int, int]  # points, offered, answered, right


def kept(unit: Unit) -> dict[tuple[int, str], Score]:
    """The maintained totals by person and period."""
    rows = unit._connection.execute(text("SELECT * FROM person_totals"))
    found = {
        (row.person_id, row.period): (row.points, row.offered, row.answered, row.right_count)
        for row in rows
    }
    return {key: score for key, score in found.items() if any(score)}


def recomputed(unit: Unit) -> dict[tuple[int, str], Score]:
    """The same from answers, rounds, deliveries and voided versions, person by person."""
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def add(person: int, round_id: int, *by: int) -> None:
        found = next(r for r in rounds if r.id == round_id)
        for period in periods_of(found.day, found.plan_id):
            for place, amount in enumerate(by):
                sums[person, period][place] += amount

    run = unit._connection.execute
    rounds = [unit.plans.get_round(row.id) for row in run(text("SELECT id FROM rounds"))]
    voided = set(
        run(text("SELECT id FROM question_versions WHERE voided_at IS NOT NULL")).scalars()
    )
    items = run(
        text(
            "SELECT s.person_id, s.round_id, a.version_id, a.answered_at, a.points, a.offered,"
            " a.outcome FROM answers a JOIN sittings s ON s.id = a.sitting_id"
        )
    ).all()
    for item in items:
        if item.answered_at is not None:
            is_right = int(item.outcome == "right")
            add(item.person_id, item.round_id, item.points, item.offered, 1, is_right)
            if item.version_id in voided:
                assert item.points == item.offered == POINTS
                assert is_right
    done = {(i.person_id, i.round_id, i.version_id) for i in items if i.answered_at is not None}
    seated = {(i.person_id, i.round_id) for i in items}
    sent = run(text("SELECT * FROM deliveries WHERE kind = 'round'")).all()
    for delivery in sent:
        round_ = next(r for r in rounds if r.id == delivery.round_id)
        key = (delivery.person_id, delivery.round_id)
        arrived = delivery.state == "sent" or (delivery.state == "unknown" and key in seated)
        if round_.settled_at is None or not arrived or delivery.reason == UNCHARGED:
            continue
        for version in unit.plans.list_round_versions(round_.id):
            if (*key, version) not in done:
                add(*key, POINTS if version in voided else 0, POINTS, 0, 0)
    return {key: tuple(score) for key, score in sums.items()}  # type: ignore[misc]
