"""One row of each table, as plain cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.reports.files.order import Order
from bot.reports.files.tables import Row, share
from bot.texts import label
from storage.repositories.reports import AnswerLine, Counts, QuestionLine, RoundLine
from storage.repositories.reports_people import PersonLine

LONGEST_STEM: Final = 40  # of the stem beside each answer; the table of questions has it whole


def about(order: Order) -> Iterator[Row]:
    """What the file holds and how its figures are counted."""
    made_at = order.made_at.strftime("%Y-%m-%d %H:%M")
    said = {
        "period": order.period,
        "days": f"{order.days.first} — {order.days.last}",
        "scope": order.scope,
        "made_at": made_at,
    }
    for name, value in said.items():
        yield label(f"reports.about_{name}"), value
    for name in ("due", "participation", "rate", "score_rate", "pass_rate", "discrimination"):
        yield label(f"reports.column_{name}"), label(f"reports.meaning_{name}")


def of_person(line: PersonLine, department: str) -> Row:
    """A person's part."""
    name = line.name if line.is_active else label("reports.gone", name=line.name)
    return (
        name,
        department or label("boards.department_none"),
        label(f"reports.role_{line.role.value}"),
        line.asked,
        line.answered,
        line.right,
        share(line.right, line.answered),
        line.points,
        line.offered,
        share(line.points, line.offered),
        line.began,
        line.due,
        line.away,
    )


def of_department(name: str, people: int | None, counts: Counts, scored: int, passed: int) -> Row:
    """A department's part."""
    return (
        name or label("boards.department_none"),
        people,
        counts.due,
        counts.began,
        share(counts.began, counts.due),
        counts.finished,
        counts.answered,
        counts.right,
        share(counts.right, counts.answered),
        counts.points,
        counts.offered,
        share(counts.points, counts.offered),
        scored,
        passed,
        share(passed, scored),
    )


def of_round(line: RoundLine) -> Row:
    """A round."""
    counts = line.counts
    return (
        line.day,
        line.plan,
        line.size,
        counts.due,
        counts.began,
        share(counts.began, counts.due),
        counts.finished,
        counts.answered,
        counts.right,
        share(counts.right, counts.answered),
    )


def of_answer(
    line: RoundLine, answer: AnswerLine, question: QuestionLine | None, name: str, department: str
) -> Row:
    """An answer."""
    return (
        line.day,
        line.plan,
        department or label("boards.department_none"),
        name,
        question.uid if question is not None else "",
        question.stem[:LONGEST_STEM] if question is not None else "",
        label(f"reports.kind_{question.kind.value}") if question is not None else "",
        label(f"reports.outcome_{answer.outcome.value}"),
        answer.points,
    )


def of_question(line: QuestionLine, answered: int, right: int) -> Row:
    """A question, with what was answered in these days and what all its answers say."""
    status = label(f"reports.status_{line.status.value}")
    if line.is_voided:
        status = label("reports.status_voided")
    elif not line.is_current:
        status = label("reports.status_former", status=status)
    return (
        line.uid,
        line.stem,
        label(f"reports.kind_{line.kind.value}"),
        "；".join(line.tags),
        f"《{line.law}》{line.article}" if line.law else "",
        answered,
        share(right, answered),
        line.discrimination / 100 if line.discrimination is not None else None,
        status,
    )
