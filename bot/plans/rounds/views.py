"""Screens of rounds: the last ones, how one stands, a list of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.keyboards import Row, button, pager
from bot.plans.rounds.service import People, RoundCard, Rounds
from bot.plans.rounds.taps import ShowPeople, ShowRound, ShowRounds
from bot.plans.taps import ShowPlan
from bot.screen import Screen
from bot.texts import Markup, catalogue, label, text
from bot.texts.dates import day_label, moment_label
from storage.repositories.polls import PollState
from storage.repositories.roll import UNREACHABLE
from storage.repositories.standings import Part, PersonStanding, RoundHead, RoundLine
from storage.states import DeliveryState

_ROLL: Final = (
    Part.SENT,
    Part.WAITING,
    Part.FAILED,
    Part.UNREACHABLE,
    Part.UNKNOWN,
    Part.LEAVE,
    Part.QUIET,
)
_PROGRESS: Final = (Part.FINISHED, Part.BEGUN, Part.UNBEGUN)
_WITH_REASON: Final = (Part.FAILED, Part.WAITING)
_BUTTONS_A_ROW: Final = 3


def listing(result: Rounds) -> Screen:
    """The last rounds, each a button."""
    lines: list[str] = []
    if result.plan is None:
        lines.append(text("rounds.list", count=len(result.rounds)))
    else:
        lines.append(text("rounds.list_of", plan=result.plan.name, count=len(result.rounds)))
    if not result.is_everybody:
        lines.append(text("rounds.own_departments"))
    if not result.rounds:
        lines.append(text("rounds.none"))
    lines += [_line(line, result.now) for line in result.rounds]
    opens = [
        button("rounds.button_open", ShowRound(line.id), day=day_label(line.day), plan=line.plan)
        for line in result.rounds
    ]
    plan_id = result.plan.id if result.plan is not None else 0
    last: Row = (button("rounds.button_refresh", ShowRounds(plan_id)),)
    if result.plan is not None:
        last += (button("plans.button_to_plan", ShowPlan(plan_id)),)
    rows = [tuple(opens[i : i + 2]) for i in range(0, len(opens), 2)]
    return Screen("\n".join(lines), (*rows, last))


def _line(line: RoundLine, now: datetime) -> Markup:
    return text(
        "rounds.line",
        day=day_label(line.day),
        plan=line.plan,
        state=_state(line, now),
        due=line.due,
        finished=line.finished,
    )


def _state(round_: RoundLine | RoundHead, now: datetime) -> Markup:
    if now >= round_.settles_at:
        return text("rounds.state_over")
    return text("rounds.state_open" if now < round_.closes_at else "rounds.state_late")


def card(result: RoundCard) -> Screen:
    """How a round stands, with a button for each list."""
    head, counts = result.head, result.counts
    lines: list[str] = [
        text(
            "rounds.card",
            plan=head.plan,
            day=day_label(head.day),
            state=_state(head, result.now),
            opened=moment_label(head.opens_at, head.timezone),
            settles=moment_label(head.settles_at, head.timezone),
            people=sum(counts.get(part, 0) for part in _ROLL),
        )
    ]
    if not result.is_everybody:
        lines.append(text("rounds.own_departments"))
    lines += ["", *_counts(counts, _ROLL)]
    lines += ["", *_counts(counts, _PROGRESS), "", _reminder(result)]
    lines += [_poll(poll) for poll in result.polls]
    lines += ["", text("rounds.at", at=_clock(result.now, head.timezone))]
    return Screen("\n".join(lines), _rows(result))


def _counts(counts: Mapping[Part, int], parts: tuple[Part, ...]) -> list[str]:
    """The lists that hold somebody; what was sent and finished is told in any case."""
    always = (Part.SENT, Part.FINISHED)
    return [
        text(f"rounds.count_{part}", count=counts.get(part, 0))
        for part in parts
        if part in always or counts.get(part)
    ]


def _reminder(result: RoundCard) -> Markup:
    head, sent = result.head, result.reminders
    if head.reminded_at is None:
        if not head.has_reminder:
            return text("rounds.no_reminder")
        key = "rounds.reminder_ahead" if result.now < head.closes_at else "rounds.not_reminded"
        return text(key)
    return text(
        "rounds.reminded",
        at=moment_label(head.reminded_at, head.timezone),
        sent=sent.get(Part.SENT, 0) + sent.get(Part.UNKNOWN, 0),
        waiting=sent.get(Part.WAITING, 0),
        spared=sum(sent.values()) - sum(sent.get(p, 0) for p in ("sent", "unknown", "waiting")),
    )


def _poll(poll: PollState) -> Markup:
    state = "waiting" if poll.state in _UNDER_WAY else poll.state.value
    said = text(f"rounds.poll_{state}", title=poll.title)
    if poll.state is DeliveryState.FAILED:
        return text("rounds.poll_why", poll=said, reason=_reason(poll.reason))
    return said


_UNDER_WAY: Final = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING)


def _reason(reason: str | None) -> str:
    """Why it failed, in words; an unknown one as it is stored."""
    key = f"rounds.reason_{reason}"
    return label(key) if key in catalogue() else reason or label("rounds.reason_none")


def _rows(result: RoundCard) -> tuple[Row, ...]:
    head = result.head
    lists = [
        button(f"rounds.list_{part}", ShowPeople(head.id, part.value, 0), count=count)
        for part in (*_ROLL, *_PROGRESS)
        if (count := result.counts.get(part, 0))
    ]
    rows = [tuple(lists[i : i + _BUTTONS_A_ROW]) for i in range(0, len(lists), _BUTTONS_A_ROW)]
    last = (
        button("rounds.button_refresh", ShowRound(head.id)),
        button("rounds.button_plan_rounds", ShowRounds(head.plan_id)),
        button("rounds.button_all", ShowRounds(0)),
    )
    return (*rows, last)


def people(result: People) -> Screen:
    """A page of names with their departments; since when people can't be reached."""
    head = result.head
    lines: list[str] = [
        text(
            "rounds.people",
            part=label(f"rounds.list_{result.part}", count=result.total),
            plan=head.plan,
            day=day_label(head.day),
        )
    ]
    if result.part is Part.UNREACHABLE:
        lines.append(text("rounds.unreachable_hint"))
    if not result.people:
        lines.append(text("rounds.nobody"))
    lines += [_person(each, result) for each in result.people]

    def turn(page: int) -> ShowPeople:
        return ShowPeople(head.id, result.part.value, page)

    last = (
        button("rounds.button_refresh", turn(result.page)),
        button("rounds.button_round", ShowRound(head.id)),
    )
    return Screen("\n".join(lines), (*pager(result.page, result.pages, turn), last))


def _person(person: PersonStanding, result: People) -> Markup:
    department = person.department or label("rounds.no_department")
    name = text("rounds.person", name=person.name, department=department)
    if result.part is Part.UNREACHABLE:
        if person.unreachable_at is None:
            return text("rounds.person_back", person=name)
        since = moment_label(person.unreachable_at, result.head.timezone)
        return text(
            "rounds.person_since",
            person=name,
            since=since,
            why=_reason(person.reason if person.reason != UNREACHABLE else None),
        )
    if result.part in _WITH_REASON and person.reason is not None:
        return text("rounds.person_why", person=name, why=_reason(person.reason))
    return name


def _clock(now: datetime, timezone: str) -> str:
    return f"{now.astimezone(ZoneInfo(timezone)):%H:%M:%S}"
