"""The rules of random lives, and what must be so after each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Connection, func, select, text

from bot.banks.objections import voiding
from bot.context import mark_reachable, mark_unreachable
from bot.daily import openings
from bot.daily import service as daily
from bot.daily.steps import Card
from bot.groups import service as groups
from bot.people.roster import service as roster
from bot.plans import service as plans
from bot.plans.changes import Wanted, change
from bot.plans.making import service as making
from bot.preferences import absence, service, spans
from questions.conflicts import clash, gist
from questions.selection import Quota
from storage.repositories.audience import Audience
from storage.states import DeliveryKind, PersonId, PlanId, Role
from storage.tables import deliveries, round_totals, rounds, sittings
from tests.bot.boards.test_maintained import differences
from tests.bot.engine.town import CHATS, ONCE, ZONE, Town
from tests.cast import XIAOCHENG

NEVER_MIND = 10**9  # the mark of a state that nobody has changed since
CHAT = st.sampled_from(CHATS)
ANY = st.integers(0, 30)
CHANGES: tuple[Mapping[str, object], ...] = (
    {"days": "workdays"},
    {"days": "1234567"},
    {"at": time(14, 30), "remind_at": time(19, 0), "own_time_until": None},
    {"at": time(23, 30), "remind_at": None, "own_time_until": None},
    {"at": time(8, 45), "own_time_until": time(10, 30), "remind_at": time(16, 30)},
    {"starts_on": date(2026, 11, 24), "ends_on": date(2026, 11, 24), "days": "1234567"},
    {"starts_on": date(2026, 11, 23), "ends_on": date(2026, 11, 27)},
    {"open_hours": 4},
    {"open_hours": None},
    {"catch_up_days": 0},
    {"catch_up_days": 2},
    {"question_count": 3, "quotas": (Quota("fact", "title", 1), Quota("tag", "执法", 1))},
    {"audience": Audience(roles=(Role.STAFF,))},
    {"audience": Audience(departments=(2,))},  # type: ignore[arg-type]
    {"audience": Audience(joined_since=date(2026, 11, 24))},
    {"audience": Audience()},
    {"has_polls": True},
)


class Life(RuleBasedStateMachine):
    """A few days in the house."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        connection.execute(text("SAVEPOINT life"))
        self.town = Town(connection)
        self.unit = self.town.unit
        self.town.tick()

    def teardown(self) -> None:
        try:
            self.recount()
        finally:
            self.town.connection.execute(text("ROLLBACK TO life"))

    # Plans

    @rule(what=st.sampled_from(CHANGES), number=st.integers(0, 2))
    def change_plan(self, what: Mapping[str, object], number: int) -> None:
        every = self.unit.plans.list_all()
        plan = every[number % len(every)]
        with self.town.act():
            change(
                self.unit,
                XIAOCHENG,
                plan.id,
                NEVER_MIND,
                lambda _unit, _plan: Wanted(what),
                now=self.town.now,
            )

    @precondition(lambda self: len(self.unit.plans.list_all()) < 3)
    @rule()
    def make_plan(self) -> None:
        with self.town.act():
            number = self.town.update()
            card = making.make_named(
                self.unit, XIAOCHENG, f"计划{number}", number, ZONE, now=self.town.now
            )
            self.unit.plans.link_bank(card.plan.id, 1)  # type: ignore[arg-type]

    @rule(act=st.sampled_from(("start", "start", "start", "pause", "end")), number=ANY)
    def move_plan(self, act: str, number: int) -> None:
        plan_id = PlanId(1 + number % 3)
        with self.town.act():
            plans.move(self.unit, XIAOCHENG, plan_id, NEVER_MIND, act, now=self.town.now)

    # The clock, and what it does

    @rule(minutes=st.sampled_from((1, 10, 45, 90, 240, 240, 600, 1440, 1440, 4320)))
    def wait(self, minutes: int) -> None:
        self.town.now += timedelta(minutes=minutes)
        self.town.tick()

    @rule(minutes=st.sampled_from((-180, -15, 30, 240, 1440)))
    def set_clock(self, minutes: int) -> None:
        self.town.now += timedelta(minutes=minutes)

    @rule()
    def tick(self) -> None:
        self.town.tick()

    @rule(holder=st.sampled_from("ab"))
    def send(self, holder: str) -> None:
        """The ordinary way."""
        self.town.claim(holder)
        while self.town.held[holder]:
            self._begin(holder)
            self.town.end("sent")

    @rule(holder=st.sampled_from("ab"))
    def claim(self, holder: str) -> None:
        self.town.claim(holder)

    @rule(holder=st.sampled_from("ab"))
    def begin(self, holder: str) -> None:
        self._begin(holder)

    def _begin(self, holder: str) -> None:
        delivery = self.town.begin(holder)
        if delivery is None:
            return
        person = self.unit.people.get(delivery.person_id)
        key = (delivery.round_id, delivery.person_id)
        assert person.is_active, "a deactivated person is written to"
        if delivery.kind in ONCE and key not in self.town.given:
            assert not self.town.is_away(person.id, delivery.day), "written to on leave"
        if delivery.kind is not DeliveryKind.ROUND:
            sitting = self.unit.sittings.find(delivery.round_id, person.id)
            assert sitting is None or not sitting.is_finished, "a finished round is told again"
            assert self.town.row(*key) is not None

    @rule(how=st.sampled_from(("sent", "sent", "unknown", "retry", "blocked", "crash")))
    def end(self, how: str) -> None:
        self.town.end(how)

    @rule(holder=st.sampled_from("ab"))
    def die(self, holder: str) -> None:
        self.town.held[holder].clear()

    @rule()
    def send_polls(self) -> None:
        until = self.town.now + timedelta(seconds=60)
        for poll in self.unit.polls.claim("p", self.town.now, until, 9):
            if self.unit.polls.begin(poll.id, "p"):
                self.unit.polls.mark_sent(poll.id, 1, f"poll{poll.id}")

    # People and their rounds

    def _round(self, which: int) -> int:
        """One of the last rounds."""
        every = self.town.rounds()
        return every[-1 - which % min(len(every), 3)] if every else 0

    @rule(chat=CHAT, which=ANY, is_today=st.booleans(), what=st.integers(0, 4))
    def answer(self, chat: int, which: int, is_today: bool, what: int) -> None:
        with self.town.act():
            now = self.town.now
            if is_today:
                step: object = daily.today(self.unit, chat, now=now)
            else:
                step = daily.begin(self.unit, chat, self._round(which), now=now)
            if isinstance(step, Card) and what:
                self._give(chat, step, what)

    def _give(self, chat: int, step: Card, what: int) -> None:
        item, now = step.item, self.town.now
        place = (item.sitting.id, item.position)
        if what == 4:
            daily.give_up(self.unit, chat, *place, now=now)
        elif item.question.kind == "multiple":
            daily.tick(self.unit, chat, *place, what, is_ticked=True, now=now)
            daily.submit(self.unit, chat, *place, now=now)
        else:
            daily.choose(self.unit, chat, *place, what % 2, now=now)
        after = self.unit.sittings.find_item(*place)
        assert after is not None
        assert after.grade is not None
        self.town.given.add((item.sitting.round_id, item.sitting.person_id))

    @rule(chat=CHAT, which=ANY)
    def finish(self, chat: int, which: int) -> None:
        with self.town.act():
            for _ in range(4):
                now = self.town.now
                step = daily.begin(self.unit, chat, self._round(which), now=now)
                if not isinstance(step, Card):
                    break
                self._give(chat, step, 4)

    @rule(chat=CHAT, number=ANY, place=st.integers(0, 1))
    def vote(self, chat: int, number: int, place: int) -> None:
        poll = self.unit.polls.find_sent(f"poll{1 + number % 8}")
        with self.town.act():
            vote = groups.vote(
                self.unit, chat, f"poll{1 + number % 8}", [place], now=self.town.now
            )
            if vote is groups.Vote.COUNTED:
                assert poll is not None
                self.town.given.add((poll.round_id, self.town.person(chat) or 0))

    @rule(chat=CHAT, which=ANY)
    def snooze(self, chat: int, which: int) -> None:
        with self.town.act():
            service.snooze(self.unit, chat, self._round(which), now=self.town.now)

    @rule(chat=CHAT, which=ANY)
    def leave_today(self, chat: int, which: int) -> None:
        with self.town.act():
            absence.leave_today(
                self.unit, chat, self._round(which), timezone=ZONE, now=self.town.now
            )

    @rule(chat=CHAT, begins=st.integers(-2, 2), days=st.integers(0, 3))
    def leave(self, chat: int, begins: int, days: int) -> None:
        first = self.town.now.date() + timedelta(days=begins)
        last = first + timedelta(days=days)
        with self.town.act():
            if begins >= 0:
                absence.take_leave(
                    self.unit,
                    chat,
                    spans.Span(first, last),
                    self.town.update(),
                    timezone=ZONE,
                    now=self.town.now,
                )
            else:
                absence.grant_leave(
                    self.unit,
                    XIAOCHENG,
                    self.town.person(chat) or 0,
                    first,
                    last,
                    timezone=ZONE,
                    now=self.town.now,
                )

    @rule(chat=CHAT)
    def cancel_leave(self, chat: int) -> None:
        person_id = self.town.person(chat)
        for leave in self.unit.leaves.list_of(person_id or 0, self.town.now.date()):  # type: ignore[arg-type]
            with self.town.act():
                absence.cancel_leave(
                    self.unit, XIAOCHENG, leave.id, timezone=ZONE, now=self.town.now
                )

    @rule(chat=CHAT, is_wanted=st.booleans())
    def mute(self, chat: int, is_wanted: bool) -> None:
        with self.town.act():
            service.mute(self.unit, chat, is_wanted=is_wanted, timezone=ZONE, now=self.town.now)

    @rule(chat=CHAT, minutes=st.sampled_from((525, 570, 630, 1440)))
    def wish(self, chat: int, minutes: int) -> None:
        with self.town.act():
            service.set_push(self.unit, chat, minutes, timezone=ZONE, now=self.town.now)

    @rule(chat=CHAT, hours=st.sampled_from(((480, 540), (1260, 420), (960, 1020), (1440, 1440))))
    def quiet(self, chat: int, hours: tuple[int, int]) -> None:
        with self.town.act():
            service.set_quiet(self.unit, chat, *hours, timezone=ZONE, now=self.town.now)

    @rule(chat=CHAT, is_back=st.booleans())
    def block(self, chat: int, is_back: bool) -> None:
        if is_back:
            mark_reachable(self.unit, chat)
            absence.come_back(self.unit, chat, now=self.town.now)
        else:
            mark_unreachable(self.unit, chat, now=self.town.now)

    @rule(chat=CHAT, is_active=st.booleans())
    def set_active(self, chat: int, is_active: bool) -> None:
        person_id = self.town.person(chat) or 0
        with self.town.act():
            roster.set_active(
                self.unit, XIAOCHENG, person_id, is_active=is_active, now=self.town.now
            )

    @rule(chat=CHAT, place=st.integers(1, 2), is_trainer=st.booleans())
    def move(self, chat: int, place: int, is_trainer: bool) -> None:
        person_id = self.town.person(chat) or 0
        with self.town.act():
            roster.move(self.unit, XIAOCHENG, person_id, place, now=self.town.now)
        role = Role.TRAINER if is_trainer else Role.STAFF
        with self.town.act():
            roster.set_role(self.unit, XIAOCHENG, person_id, role, (), now=self.town.now)

    @rule()
    def join(self) -> None:
        self.unit.people.add_once(CHATS[-1], "小二", 2, Role.STAFF, self.town.now)  # type: ignore[arg-type]

    @rule(number=st.integers(1, 10))
    def void(self, number: int) -> None:
        with self.town.act():
            voiding.void(self.unit, XIAOCHENG, number, 1, now=self.town.now)

    # What must be so

    @rule()
    def recount(self) -> None:
        assert differences(self.unit) == []

    @invariant()
    def rounds_are_sound(self) -> None:
        every = self.town.connection.execute(select(rounds)).all()
        assert len({(row.plan_id, row.day) for row in every}) == len(every)
        for row in every:
            assert row.opens_at < row.closes_at <= row.settles_at
            versions = self.unit.plans.list_round_versions(row.id)
            asked = [gist(q) for q in self.unit.banks.list_versions(versions).values()]
            assert len(asked) == len(set(versions)) == len(versions) > 0
            assert not any(clash(one, other) for n, one in enumerate(asked) for other in asked[:n])

    @invariant()
    def rolls_are_counted(self) -> None:
        on_roll = select(deliveries.c.round_id, func.count()).where(
            deliveries.c.kind == "round", deliveries.c.state != "skipped"
        )
        found = self.town.connection.execute(on_roll.group_by("round_id"))
        counted: dict[int, int] = {row[0]: row[1] for row in found}
        kept = select(round_totals.c.round_id, func.sum(round_totals.c.due)).group_by("round_id")
        rows = self.town.connection.execute(kept)
        assert counted == {row[0]: int(row[1]) for row in rows if row[1]}

    @invariant()
    def nothing_is_said_twice(self) -> None:
        for (delivery_id, kind), number in self.town.left.items():
            assert number <= (1 if kind in ONCE else 4), (delivery_id, kind)

    @invariant()
    def what_is_settled_stays_settled(self) -> None:
        for person_id in {key[1] for key in self.town.charged}:
            for result, _ in self.unit.totals.list_rounds(PersonId(person_id)):
                key = (result.round_id, result.person_id)
                charged = self.town.charged.get(key, 0)
                assert result.missed_offered == charged, (key, result)

    @invariant()
    def who_is_on_leave_is_off_the_roll(self) -> None:
        open_rounds = select(rounds.c.id, rounds.c.day).where(rounds.c.settled_at.is_(None))
        for round_id, day in self.town.connection.execute(open_rounds):
            for chat in CHATS:
                person_id = self.town.person(chat)
                if person_id is None or (round_id, person_id) in self.town.given:
                    continue
                row = self.town.row(round_id, person_id)
                if row is not None and self.town.is_away(person_id, day):
                    assert row.state == "skipped", (round_id, person_id, row)

    @invariant()
    def nobody_sees_what_is_not_theirs(self) -> None:
        for chat in CHATS:
            person = self.unit.people.find_by_chat(chat)
            if person is None:
                continue
            for round_ in openings.answerable(self.unit, person, self.town.now):
                plan = self.unit.plans.find(round_.plan_id)
                assert plan is not None
                if self.town.row(round_.id, person.id) is None:
                    assert openings.reaches(plan, person)

    @invariant()
    def who_has_answered_all_has_finished(self) -> None:
        for row in self.town.connection.execute(select(sittings)):
            is_done = self.town.answered(row.round_id, row.person_id) == row.size
            assert row.is_finished == is_done
