"""A house with two departments, polls and plans of every sort, and a sender that may die."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select

from bot.context import mark_unreachable
from bot.errors import BotError
from bot.plans import opening, reminding
from storage.errors import StorageError
from storage.repositories.deliveries import DueDelivery
from storage.states import DeliveryKind, DepartmentId, Role, RoundId
from storage.tables import answers, deliveries, leaves, people, sittings
from storage.unit import Unit
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG, a_judge, a_multiple, a_question, furnish

XIAODONG, XIAOER = 1004, 1005
CHATS = (XIAOAN, XIAOBAI, XIAOCHENG, XIAODONG, XIAOER)
ZONE = "Asia/Shanghai"
GROUPS = (-501, -502)
ONCE = (DeliveryKind.ROUND, DeliveryKind.REMINDER)


@dataclass(frozen=True)
class Row:
    """One line of a roll."""

    state: str
    reason: str | None


class Town:
    """Everything that happens goes through here, each act as a transaction of its own."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.unit = Unit(connection)
        self.now: datetime = NINE
        self.held: dict[str, list[DueDelivery]] = {"a": [], "b": []}
        self.sending: list[DueDelivery] = []
        self.left: Counter[tuple[int, str]] = Counter()  # messages that may have left
        self.arrived: set[tuple[int, int]] = set()  # (round, person) of pushes in the chat
        self.doubtful: set[tuple[int, int]] = set()
        self.given: set[tuple[int, int]] = set()  # somebody answered themselves
        self.charged: dict[tuple[int, int], int] = {}  # for good, once a round is settled
        self.updates = 1000

    @contextmanager
    def act(self) -> Iterator[None]:
        """What is refused leaves no trace."""
        nested = self.connection.begin_nested()
        try:
            yield
        except (BotError, StorageError):
            nested.rollback()
        else:
            nested.commit()

    def update(self) -> int:
        """A new update's id."""
        self.updates += 1
        return self.updates

    # The house

    def open_house(self) -> None:
        """Two departments, ten questions, a plan for everybody."""
        furnish(
            self.unit,
            *(a_question(f"q{n}") for n in range(5)),
            a_question("q1x", stem="2025年，某厅办理的案件（q1）共有多少件？", tags=("q1",)),
            a_multiple("m1"),
            a_multiple("m2"),
            a_judge("j1"),
            a_judge("j2"),
            question_count=2,
            days="1234567",
            has_polls=True,
            remind_at=time(16, 30),
        )
        water = self.unit.people.add_department("水处", NINE)
        dong = self.unit.people.add(XIAODONG, "小东", water, Role.STAFF, NINE)
        for chat, place in zip(GROUPS, (DepartmentId(1), water), strict=True):
            self.unit.groups.bind(chat, "群", place, dong, NINE)

    def person(self, chat: int) -> int | None:
        """Who has this chat."""
        found = self.unit.people.find_by_chat(chat)
        return found.id if found is not None else None

    def rounds(self) -> list[RoundId]:
        """Every round so far."""
        return self.unit.recount(None).list_rounds()

    # The clock

    def tick(self) -> None:
        """What a tick of the scheduler does."""
        for plan_id in opening.due_plans(self.unit, now=self.now):
            opening.open_due(self.unit, plan_id, now=self.now)
        for round_id in reminding.due_reminders(self.unit, now=self.now):
            reminding.remind(self.unit, round_id, now=self.now)
        for round_id in opening.unsettled_rounds(self.unit, now=self.now):
            opening.settle_round(self.unit, round_id, now=self.now)
            self.charge(round_id)
        opening.tidy(self.unit, now=self.now)

    # The sender

    def claim(self, holder: str) -> None:
        """Take up what is due."""
        until = self.now + timedelta(seconds=10)
        self.held[holder] += self.unit.deliveries.claim(holder, self.now, until, 4)

    def begin(self, holder: str) -> DueDelivery | None:
        """What the sender does before a request leaves."""
        if not self.held[holder]:
            return None
        delivery = self.held[holder].pop(0)
        if delivery.closes_at <= self.now:
            self.unit.deliveries.mark_failed(delivery.id, "expired")
        elif self.unit.deliveries.begin(delivery.id, holder):
            self.sending.append(delivery)
            return delivery
        return None

    def end(self, how: str) -> None:
        """How a request ended."""
        if not self.sending:
            return
        delivery = self.sending.pop(0)
        notes = self.unit.deliveries
        if how == "sent":
            self.note(delivery, self.arrived)
            notes.mark_sent(delivery.id, 100 + delivery.id)
        elif how == "unknown":
            self.note(delivery, self.doubtful)
            notes.mark_unknown(delivery.id)
        elif how == "retry":
            notes.mark_retry(delivery.id, self.now + timedelta(seconds=5), "timeout")
        elif how == "blocked":
            notes.mark_failed(delivery.id, "blocked")
            mark_unreachable(self.unit, delivery.chat_id, now=self.now)
        else:
            self.note(delivery, self.doubtful)

    def note(self, delivery: DueDelivery, where: set[tuple[int, int]]) -> None:
        """A message has left, or may have."""
        self.left[delivery.id, delivery.kind] += 1
        if delivery.kind is DeliveryKind.ROUND:
            where.add((delivery.round_id, delivery.person_id))

    # What must be so

    def row(self, round_id: int, person_id: int) -> Row | None:
        """A person's line on a roll."""
        found = self.connection.execute(
            select(deliveries.c.state, deliveries.c.reason).where(
                deliveries.c.round_id == round_id,
                deliveries.c.person_id == person_id,
                deliveries.c.kind == DeliveryKind.ROUND.value,
            )
        ).one_or_none()
        return Row(*found) if found is not None else None

    def is_away(self, person_id: int, day: date) -> bool:
        """Whether a leave stands on a day."""
        found = select(leaves.c.id).where(
            leaves.c.person_id == person_id,
            leaves.c.cancelled_at.is_(None),
            leaves.c.first_day <= day,
            leaves.c.last_day >= day,
        )
        return self.connection.execute(found).first() is not None

    def charge(self, round_id: RoundId) -> None:
        """What settling should have charged, by what the people have seen."""
        round_ = self.unit.plans.get_round(round_id)
        assert round_ is not None
        for person in self.connection.execute(select(people)).all():
            key = (round_id, person.id)
            results = {
                result.round_id: result.missed_offered
                for result, _ in self.unit.totals.list_rounds(person.id)
            }
            row = self.row(*key)
            sitting = self.unit.sittings.find(round_id, person.id)
            has_got = key in self.arrived or key in self.given
            has_got |= key in self.doubtful and sitting is not None
            is_excused = self.is_away(person.id, round_.day) and key not in self.given
            pays = row is not None and person.is_active and has_got and not is_excused
            left = round_.size - self.answered(*key)
            self.charged[key] = results.get(round_id, 0)
            if not pays:
                assert self.charged[key] == 0, (key, row)
            elif row is not None and row.state == "sent":
                assert self.charged[key] == left * 10, (key, row)

    def answered(self, round_id: int, person_id: int) -> int:
        """How many questions of a round a person has answered."""
        found = (
            select(answers.c.position)
            .join(sittings, sittings.c.id == answers.c.sitting_id)
            .where(
                sittings.c.round_id == round_id,
                sittings.c.person_id == person_id,
                answers.c.answered_at.is_not(None),
            )
        )
        return len(self.connection.execute(found).all())
