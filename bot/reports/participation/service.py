"""Use cases of participation: figures, the same by groups, the people behind them, who counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.errors import StaleTap
from bot.guards import require
from bot.keyboards import page_count
from bot.reports.participation.sight import Sight, look
from bot.reports.stretches import read_word, stretch_of
from bot.texts import label
from bot.texts.dates import day_label
from questions.periods import Span, plan_period
from questions.ranking import LOWEST_LISTED, MILLION
from storage.repositories.leaves import ON_LEAVE
from storage.repositories.participation import Attendance, RoundSum, Share
from storage.repositories.participation_rolls import Basis, Part, Window
from storage.repositories.reports import Counts
from storage.repositories.reports_people import PersonLine
from storage.repositories.roll import UNREACHABLE
from storage.states import DepartmentId, Role
from storage.unit import Unit

GROUPS_A_PAGE: Final = 6
NAMES_A_PAGE: Final = 20
PASSED: Final = "passed"
_SLICE: Final = 4000


class By(StrEnum):
    """How figures are divided."""

    DEPARTMENT = "department"
    PLAN = "plan"
    WEEK = "week"
    MONTH = "month"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Figures:
    """人次 in `counts`; 人 in `cover` (took part of due) and `passed` (of those who answered).

    None where a figure has no meaning: there are no 人 besides 人次 in a single round.
    """

    counts: Counts
    cover: Share | None
    passed: Share | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of what is looked at; `away` are 人次 not counted, by reason."""

    sight: Sight
    figures: Figures
    rounds: int
    away: dict[str, int]
    round: RoundSum | None


@dataclass(frozen=True, slots=True)
class Group:
    """One line: its name, its figures, and what to look at for more of it."""

    name: str
    figures: Figures
    stretch: str
    department: int
    plan: int
    round: int


@dataclass(frozen=True, slots=True)
class Groups:
    """A page of groups; pages count from 0."""

    sight: Sight
    by: By
    groups: tuple[Group, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Names:
    """A page of people."""

    sight: Sight
    part: str
    people: tuple[Attendance, ...]
    total: int
    page: int
    pages: int
    round: RoundSum | None


def read_overview(
    unit: Unit,
    chat_id: int,
    word: str,
    department: int = 0,
    plan: int = 0,
    round_id: int = 0,
    *,
    today: date,
) -> Overview:
    """The figures of a stretch, of one department, plan or round."""
    sight = look(
        unit, chat_id, word, today=today, department=department, plan=plan, round_id=round_id
    )
    sums = unit.participation.list_sums(sight.window, sight.basis)
    away = unit.participation.count_away(sight.window)
    rounds = len({each.round_id for each in sums})
    figures = figures_of(unit, sight, sums)
    return Overview(sight, figures, rounds, away, _one_round(sight, sums))


def figures_of(unit: Unit, sight: Sight, sums: Iterable[RoundSum]) -> Figures:
    """What the sums come to, with the people behind them."""
    counts = sum((each.counts for each in sums), Counts())
    if sight.window.round_id is not None:
        return Figures(counts, None, None)
    shares = unit.participation.count_people(sight.window, sight.basis)
    return Figures(counts, _total(shares.values()), _total_passed(unit, sight))


def _total(shares: Iterable[Share]) -> Share:
    return sum(shares, Share())


def passed_period(sight: Sight) -> str | None:
    """The period of totals that says who passed: the plan's whole one, or the stretch's."""
    if sight.window.plan_id is not None:
        return plan_period(sight.window.plan_id)
    return sight.stretch.period


def _total_passed(unit: Unit, sight: Sight) -> Share:
    period = passed_period(sight)
    if period is not None:
        return _total(unit.participation.count_passed(period, sight.window.among).values())
    lines = list_answering(unit, sight.window)
    return Share(sum(has_passed(line) for line in lines), len(lines))


def list_answering(unit: Unit, window: Window) -> list[PersonLine]:
    """People who answered in days for which no totals are kept."""
    found: list[PersonLine] = []
    after = 0
    while lines := unit.reports.list_people(window.days, window.among, after=after, limit=_SLICE):
        found += [line for line in lines if line.answered > 0]
        after = lines[-1].id
    return found


def has_passed(line: PersonLine) -> bool:
    """Whether somebody's rate is a passing one."""
    return line.offered > 0 and line.points * MILLION >= line.offered * LOWEST_LISTED


def _one_round(sight: Sight, sums: list[RoundSum]) -> RoundSum | None:
    if sight.window.round_id is None:
        return None
    if not sums:
        raise StaleTap  # nobody in sight was meant
    return sums[0]


def read_groups(
    unit: Unit,
    chat_id: int,
    word: str,
    by: str,
    page: int,
    department: int = 0,
    plan: int = 0,
    *,
    today: date,
) -> Groups:
    """A page of the figures by groups; raises StaleTap for a division there isn't."""
    sight = look(unit, chat_id, word, today=today, department=department, plan=plan)
    try:
        wanted = By(by)
    except ValueError as error:
        raise StaleTap from error
    sums = unit.participation.list_sums(sight.window, sight.basis)
    divided: dict[object, list[RoundSum]] = {}
    for each in sums:
        divided.setdefault(_KEYS[wanted](each), []).append(each)
    keys = list(divided)
    if wanted is not By.DEPARTMENT:
        keys.reverse()  # the latest first
    else:
        keys.sort(key=lambda key: (key == 0, key))
    pages = page_count(len(keys), GROUPS_A_PAGE)
    page = min(page, pages - 1)
    shown = keys[page * GROUPS_A_PAGE : (page + 1) * GROUPS_A_PAGE]
    groups = tuple(_group(unit, sight, wanted, divided[key]) for key in shown)
    return Groups(sight, wanted, groups, page, pages)


_KEYS: dict[By, Callable[[RoundSum], object]] = {
    By.DEPARTMENT: lambda each: each.department_id,
    By.PLAN: lambda each: each.plan_id,
    By.WEEK: lambda each: stretch_of(Span.WEEK, each.day).first,
    By.MONTH: lambda each: stretch_of(Span.MONTH, each.day).first,
    By.ROUND: lambda each: each.round_id,
}


def _group(unit: Unit, sight: Sight, by: By, sums: list[RoundSum]) -> Group:
    """One group with its figures; a narrower sight makes them."""
    any_, window, stretch = sums[-1], sight.window, sight.stretch
    department, plan, round_id = sight.department, sight.plan_id, 0
    if by is By.DEPARTMENT:
        return _department(unit, sight, sums)
    if by is By.PLAN:
        name, plan = any_.plan, any_.plan_id
        window = replace(window, plan_id=any_.plan_id)
    elif by is By.ROUND:
        name = label("participation.round", day=day_label(any_.day), plan=any_.plan)
        round_id = any_.round_id
        window = replace(window, round_id=any_.round_id)
    else:
        stretch = stretch_of(Span(by.value), any_.day)
        name, window = stretch.name, replace(window, days=stretch.days)
    figures = figures_of(unit, replace(sight, window=window, stretch=stretch), sums)
    return Group(name, figures, stretch.word, department, plan, round_id)


def _department(unit: Unit, sight: Sight, sums: list[RoundSum]) -> Group:
    which = sums[0].department_id
    name = sight.names.get(which) or label("boards.department_none")
    if which:
        among = frozenset([which])
        narrowed = replace(sight, window=replace(sight.window, among=among))
        figures = figures_of(unit, narrowed, sums)
    else:
        figures = _without_department(unit, sight, sums)
    return Group(name, figures, sight.stretch.word, which, sight.plan_id, 0)


def _without_department(unit: Unit, sight: Sight, sums: list[RoundSum]) -> Figures:
    counts = sum((each.counts for each in sums), Counts())
    nobody = DepartmentId(0)
    cover = unit.participation.count_people(sight.window, sight.basis).get(nobody, Share())
    period = passed_period(sight)
    if period is None:
        lines = [one for one in list_answering(unit, sight.window) if not one.department_id]
        return Figures(counts, cover, Share(sum(map(has_passed, lines)), len(lines)))
    passed = unit.participation.count_passed(period, sight.window.among)
    return Figures(counts, cover, passed.get(nobody, Share()))


def read_names(
    unit: Unit,
    chat_id: int,
    word: str,
    part: str,
    page: int,
    department: int = 0,
    plan: int = 0,
    round_id: int = 0,
    *,
    today: date,
) -> Names:
    """A page of the people behind a number; a page too far is the last one."""
    sight = look(
        unit, chat_id, word, today=today, department=department, plan=plan, round_id=round_id
    )
    about = None
    if round_id:
        about = _one_round(sight, unit.participation.list_sums(sight.window, sight.basis))
    if part == PASSED and not round_id:
        return _passed_names(unit, sight, page)
    try:
        wanted = Part(part)
    except ValueError as error:
        raise StaleTap from error
    total = unit.participation.count_listed(sight.window, sight.basis, wanted)
    pages = page_count(total, NAMES_A_PAGE)
    page = min(page, pages - 1)
    people = unit.participation.list_people(
        sight.window, sight.basis, wanted, offset=page * NAMES_A_PAGE, limit=NAMES_A_PAGE
    )
    return Names(sight, part, tuple(people), total, page, pages, about)


def _passed_names(unit: Unit, sight: Sight, page: int) -> Names:
    period, among = passed_period(sight), sight.window.among
    if period is not None:
        total = _total(unit.participation.count_passed(period, among).values()).part
    else:
        lines = [line for line in list_answering(unit, sight.window) if has_passed(line)]
        total = len(lines)
    pages = page_count(total, NAMES_A_PAGE)
    page = min(page, pages - 1)
    first = page * NAMES_A_PAGE
    if period is not None:
        people = unit.participation.list_passed(period, among, offset=first, limit=NAMES_A_PAGE)
    else:
        people = [_attendance(sight, line) for line in lines[first : first + NAMES_A_PAGE]]
    return Names(sight, PASSED, tuple(people), total, page, pages, None)


def _attendance(sight: Sight, line: PersonLine) -> Attendance:
    return Attendance(line.id, line.name, sight.names.get(line.department_id), line.is_active)


def read_basis(unit: Unit, chat_id: int, word: str) -> Basis:
    """Who is counted, for an admin to change it."""
    require(unit, chat_id, Role.ADMIN)
    if read_word(word) is None:
        raise StaleTap
    return unit.participation.read_basis()


def set_basis(
    unit: Unit, chat_id: int, word: str, reason: str, *, is_counted: bool, now: datetime
) -> Basis:
    """Count people on leave or out of reach from now on, or don't."""
    admin = require(unit, chat_id, Role.ADMIN)
    was = unit.participation.read_basis()
    if read_word(word) is None or reason not in (ON_LEAVE, UNREACHABLE):
        raise StaleTap
    is_leave = reason == ON_LEAVE
    basis = Basis(
        is_counted if is_leave else was.counts_leave,
        was.counts_unreachable if is_leave else is_counted,
    )
    if basis != was:
        unit.participation.set_basis(basis, now)
        detail = {"from": "+".join(was.reasons), "to": "+".join(basis.reasons)}
        unit.house.record(admin.id, "report.basis", "report:basis", detail, now)
    return basis
