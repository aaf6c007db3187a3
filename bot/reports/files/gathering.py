"""Reads what a file is to hold, slice by slice, and hands it to a sink."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bot.reports.files import rows
from bot.reports.files.order import Order
from bot.reports.files.tables import Row, Sink, table
from questions.models import Outcome
from questions.ranking import LOWEST_LISTED, MILLION
from storage.database import Database
from storage.repositories.reports import AnswerLine, Counts, QuestionLine, RoundLine
from storage.repositories.reports_people import PersonLine
from storage.repositories.windows import NO_DEPARTMENT
from storage.states import DepartmentId, PersonId, VersionId
from storage.unit import Unit

PEOPLE: Final = 500  # in a slice
SITTINGS: Final = 1000
QUESTIONS: Final = 500

Told = Callable[[str, int, int], Awaitable[None]]


@dataclass(slots=True)
class Passed:
    """Of a department's people: those with something offered, and those with a passing rate."""

    scored: int = 0
    passed: int = 0


@dataclass(slots=True)
class Asked:
    """Answers to a version, and the right ones."""

    answered: int = 0
    right: int = 0


class Gathering:
    """One file's reading; `told` hears which table, how many rows, and of how many (or 0)."""

    def __init__(self, database: Database, order: Order, sink: Sink, told: Told) -> None:
        self._database, self._order, self._sink, self._told = database, order, sink, told
        self._departments: dict[DepartmentId, tuple[str, int]] = {}
        self._passed: dict[DepartmentId, Passed] = {}
        self._asked: dict[VersionId, Asked] = {}
        self._questions: dict[VersionId, QuestionLine] = {}
        self._names: dict[PersonId, tuple[str, DepartmentId]] = {}

    async def run(self) -> None:
        """Write every table."""
        days, seen = self._order.days, self._order.departments
        listed = await self._database.read(lambda unit: unit.reports.list_departments(seen))
        self._departments = {which: (name, size) for which, name, size in listed}
        self._begin("about")
        self._sink.add(rows.about(self._order))
        await self._people()
        counts = await self._database.read(
            lambda unit: unit.reports.count_by_department(days, seen)
        )
        self._begin("departments")
        self._sink.add(self._department_rows(counts))
        rounds = await self._database.read(lambda unit: unit.reports.list_rounds(days, seen))
        self._begin("rounds")
        self._sink.add(
            rows.of_round(line) for line in rounds if seen is None or line.counts != Counts()
        )
        await self._load_questions()
        await self._answers(rounds)
        self._begin("questions")
        self._sink.add(
            rows.of_question(line, asked.answered, asked.right)
            for line in self._questions.values()
            if (asked := self._asked.get(line.version_id, Asked()))
        )

    def _begin(self, name: str) -> None:
        self._sink.begin(table(name))

    def _department(self, which: DepartmentId) -> str:
        return self._departments.get(which, ("", 0))[0]

    async def _people(self) -> None:
        self._begin("people")
        after = done = 0
        while True:
            found = await self._database.read(self._people_after(after))
            if not found:
                return
            self._sink.add(self._person(line) for line in found)
            after, done = found[-1].id, done + len(found)
            await self._told("people", done, 0)

    def _person(self, line: PersonLine) -> Row:
        if line.offered:
            passed = self._passed.setdefault(line.department_id, Passed())
            passed.scored += 1
            passed.passed += line.points * MILLION >= LOWEST_LISTED * line.offered
        return rows.of_person(line, self._department(line.department_id))

    def _department_rows(self, counts: dict[DepartmentId, Counts]) -> Iterable[Row]:
        for which, (name, size) in self._departments.items():
            passed = self._passed.get(which, Passed())
            yield rows.of_department(
                name, size, counts.get(which, Counts()), passed.scored, passed.passed
            )
        if NO_DEPARTMENT in counts or NO_DEPARTMENT in self._passed:
            passed = self._passed.get(NO_DEPARTMENT, Passed())
            none = counts.get(NO_DEPARTMENT, Counts())
            yield rows.of_department("", None, none, passed.scored, passed.passed)

    async def _load_questions(self) -> None:
        after = 0
        while True:
            found = await self._database.read(self._questions_after(after))
            if not found:
                return
            self._questions |= {line.version_id: line for line in found}
            after = found[-1].version_id

    async def _answers(self, rounds: list[RoundLine]) -> None:
        total = sum(line.counts.answered for line in rounds)
        self._begin("answers")
        done = 0
        for line in rounds:
            last: int | None = 0
            while last is not None:
                found, last = await self._database.read(self._answers_after(line, last))
                await self._learn_names(found)
                self._sink.add(self._answer(line, answer) for answer in found)
                done += len(found)
                await self._told("answers", done, max(total, done))

    def _people_after(self, after: int) -> Callable[[Unit], list[PersonLine]]:
        days, seen = self._order.days, self._order.departments
        return lambda unit: unit.reports.list_people(days, seen, after=after, limit=PEOPLE)

    def _questions_after(self, after: int) -> Callable[[Unit], list[QuestionLine]]:
        days = self._order.days
        return lambda unit: unit.reports.list_questions(days, after=after, limit=QUESTIONS)

    def _answers_after(
        self, line: RoundLine, after: int
    ) -> Callable[[Unit], tuple[list[AnswerLine], int | None]]:
        seen = self._order.departments
        return lambda unit: unit.reports.list_answers(line.id, seen, after=after, limit=SITTINGS)

    async def _learn_names(self, found: list[AnswerLine]) -> None:
        new = {line.person_id for line in found} - self._names.keys()
        if new:
            self._names |= await self._database.read(lambda unit: unit.reports.list_names(new))

    def _answer(self, line: RoundLine, answer: AnswerLine) -> Row:
        asked = self._asked.setdefault(answer.version_id, Asked())
        asked.answered += 1
        asked.right += answer.outcome is Outcome.RIGHT
        name, department = self._names[answer.person_id]
        question = self._questions.get(answer.version_id)
        return rows.of_answer(line, answer, question, name, self._department(department))
