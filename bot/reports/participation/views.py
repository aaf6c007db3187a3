"""Screens of participation."""

from __future__ import annotations

from datetime import date

from bot.callbacks import Tap, pack
from bot.keyboards import Row, button, pager
from bot.reports.participation.service import (
    GROUPS_A_PAGE,
    PASSED,
    By,
    Figures,
    Group,
    Groups,
    Names,
    Overview,
)
from bot.reports.participation.sight import Sight
from bot.reports.participation.taps import (
    SetBasis,
    ShowBasis,
    ShowGroups,
    ShowNames,
    ShowParticipation,
    ShowRoundNames,
)
from bot.reports.periods import Period, days_of
from bot.reports.pictures.rates import exact
from bot.reports.service import rate
from bot.reports.stretches import NAMED, stretch_of
from bot.reports.taps import DrawHeat, DrawTrend, ShowReport
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from bot.texts.dates import day_label
from storage.repositories.leaves import ON_LEAVE
from storage.repositories.participation import Attendance, Share
from storage.repositories.participation_rolls import Basis, Part
from storage.repositories.roll import UNREACHABLE
from storage.states import Role


def overview(result: Overview) -> Screen:
    """What a stretch, a department, a plan or a round came to."""
    if result.round is not None:
        return _round(result)
    sight, figures = result.sight, result.figures
    head = text("participation.head", name=sight.stretch.name, scope=sight.scope)
    plan = [text("participation.of_plan", plan=sight.plan)] if sight.plan else []
    if not result.rounds:
        said = Markup("\n".join([head, *plan, "", text("participation.no_rounds")]))
        return Screen(said, (*_stretches(sight), *_basis_row(sight)))
    days = text(
        "participation.days",
        first=_short(sight.stretch.first),
        last=_short(sight.stretch.until(sight.today)),
        rounds=result.rounds,
    )
    lines = [head, *plan, days, "", *_full(figures, sight), "", *notes(sight.basis, result.away)]
    return Screen(Markup("\n".join(lines)), _overview_rows(sight, figures))


def _full(figures: Figures, sight: Sight) -> list[Markup]:
    counts, cover = figures.counts, figures.cover or Share()
    lines = [
        text(
            "participation.rate",
            rate=exact(rate(counts.began, counts.due)),
            began=counts.began,
            due=counts.due,
        ),
        text(
            "participation.cover",
            rate=exact(rate(cover.part, cover.whole)),
            began=cover.part,
            due=cover.whole,
        ),
    ]
    if figures.passed is not None:
        passed = figures.passed
        key = "participation.passed_plan" if sight.plan else "participation.passed"
        shown = exact(rate(passed.part, passed.whole))
        lines.append(text(key, rate=shown, passed=passed.part, answered=passed.whole))
    return lines


def notes(basis: Basis, away: dict[str, int]) -> list[Markup]:
    """Who is counted, and how many are not."""
    lines = [text(f"participation.basis_{_basis_name(basis)}")]
    left = [
        label(f"participation.away_{reason}", count=count)
        for reason, count in sorted(away.items())
        if reason in (ON_LEAVE, UNREACHABLE, "quiet") and reason not in basis.reasons
    ]
    if left:
        lines.append(text("participation.left_out", away="、".join(left)))
    return [*lines, text("participation.meaning")]


def _basis_name(basis: Basis) -> str:
    if basis.counts_leave and basis.counts_unreachable:
        return "both"
    if basis.counts_leave:
        return ON_LEAVE
    return UNREACHABLE if basis.counts_unreachable else "duty"


def _overview_rows(sight: Sight, figures: Figures) -> tuple[Row, ...]:
    cover, passed = figures.cover or Share(), figures.passed or Share()
    lists = (
        _names(sight, Part.DUE, cover.whole),
        _names(sight, Part.BEGAN, cover.part),
        _names(sight, Part.MISSED, cover.whole - cover.part),
    )
    others = (_names(sight, PASSED, passed.part), _names(sight, Part.AWAY, None))
    return (
        lists,
        others,
        *_divisions(sight),
        *_pictures(sight),
        *_stretches(sight),
        *_basis_row(sight),
    )


def _names(sight: Sight, part: str, count: int | None) -> Button:
    return button(f"participation.button_{part}", _names_tap(sight, part, 0), count=count)


def _names_tap(sight: Sight, part: str, page: int) -> Tap:
    word, round_id = sight.stretch.word, sight.window.round_id
    if round_id is not None:
        return ShowRoundNames(word, part, page, sight.department, round_id)
    return ShowNames(word, part, page, sight.department, sight.plan_id)


def _divisions(sight: Sight) -> tuple[Row, ...]:
    used = {By.DEPARTMENT: sight.department, By.PLAN: sight.plan_id}
    buttons = tuple(
        button(
            f"participation.button_by_{by}",
            ShowGroups(sight.stretch.word, by.value, 0, sight.department, sight.plan_id),
        )
        for by in By
        if not used.get(by)
    )
    return (buttons[:3], buttons[3:]) if len(buttons) > 3 else (buttons,)


def _pictures(sight: Sight) -> tuple[Row, ...]:
    """Pictures and files of all that is in sight, where their room has the same days."""
    period = same_period(sight)
    if period is None or sight.department or sight.plan_id:
        return ()
    return (
        (
            button("reports.button_trend", DrawTrend(period.value, 0)),
            button("reports.button_heat", DrawHeat(period.value, 0, 0)),
            button("participation.button_report", ShowReport(period.value)),
        ),
    )


def same_period(sight: Sight) -> Period | None:
    """The choice of the reports' card that begins and ends with the stretch."""
    stretch, today = sight.stretch, sight.today
    for period in Period:
        days = days_of(period, today)
        if (days.first, days.last) == (stretch.first, stretch.until(today)):
            return period
    return None


def _stretches(sight: Sight) -> tuple[Row, ...]:
    """To the stretch before and after, and to those of today of other lengths."""
    here, kept = sight.stretch, (sight.department, sight.plan_id)
    step = [button("participation.button_before", ShowParticipation(here.before.word, *kept))]
    if here.last < sight.today:
        step.append(
            button("participation.button_after", ShowParticipation(here.after.word, *kept))
        )
    spans = tuple(
        button(
            f"participation.button_span_{span}",
            ShowParticipation(stretch_of(span, sight.today).word, *kept),
        )
        for span in NAMED
        if stretch_of(span, sight.today) != here
    )
    rows: tuple[Row, ...] = (tuple(step), spans)
    if any(kept):
        rows = (*rows, (button("participation.button_all", ShowParticipation(here.word)),))
    return rows


def _basis_row(sight: Sight) -> tuple[Row, ...]:
    if sight.person.role is not Role.ADMIN:
        return ()
    return ((button("participation.button_basis", ShowBasis(sight.stretch.word)),),)


def _round(result: Overview) -> Screen:
    """One round: how many have not begun, have begun, have finished."""
    sight, about, counts = result.sight, result.round, result.figures.counts
    assert about is not None  # noqa: S101  (the caller looked)
    said = text(
        "participation.round_card",
        plan=about.plan,
        day=day_label(about.day),
        scope=sight.scope,
        state=label(f"participation.state_{'settled' if about.is_settled else 'open'}"),
        rate=exact(rate(counts.began, counts.due)),
        began=counts.began,
        due=counts.due,
        finished=counts.finished,
    )
    lines = [said, "", *notes(sight.basis, result.away)[:-1]]
    rows = (
        (
            _names(sight, Part.DUE, counts.due),
            _names(sight, Part.BEGAN, counts.began),
            _names(sight, Part.FINISHED, counts.finished),
        ),
        (_unbegun(sight, counts.due - counts.began), _names(sight, Part.AWAY, None)),
        (_back(sight),),
    )
    return Screen(Markup("\n".join(lines)), rows)


def _unbegun(sight: Sight, count: int) -> Button:
    made = _names(sight, Part.MISSED, count)
    return Button(label("participation.button_unbegun", count=count), made.data)


def _back(sight: Sight) -> Button:
    whole = ShowParticipation(sight.stretch.word, sight.department, sight.plan_id)
    return button("common.button_back", whole)


def groups(result: Groups) -> Screen:
    """The figures by groups; a number leads to more of each."""
    sight, by = result.sight, result.by
    head = text(
        "participation.groups",
        by=label(f"participation.button_by_{by}"),
        name=sight.stretch.name,
        scope=sight.scope if sight.plan is None else f"{sight.scope} · {sight.plan}",
    )
    start = result.page * GROUPS_A_PAGE
    lines = [_line(start + at, group) for at, group in enumerate(result.groups, 1)]
    if not lines:
        lines = [text("participation.no_rounds")]
    numbers = tuple(
        Button(str(start + at), pack(_tap(group)))
        for at, group in enumerate(result.groups, 1)
        if by is not By.DEPARTMENT or group.department
    )
    turns = pager(
        result.page,
        result.pages,
        lambda page: ShowGroups(
            sight.stretch.word, by.value, page, sight.department, sight.plan_id
        ),
    )
    basis = text(f"participation.basis_{_basis_name(sight.basis)}")
    said = Markup("\n\n".join([head, *lines, basis]))
    numbered: tuple[Row, ...] = (numbers,) if numbers else ()
    return Screen(said, (*numbered, *turns, (_back(sight),)))


def _tap(group: Group) -> ShowParticipation:
    return ShowParticipation(group.stretch, group.department, group.plan, group.round)


def _line(number: int, group: Group) -> Markup:
    counts = group.figures.counts
    lines = [
        text("participation.line", number=number, name=group.name),
        text(
            "participation.line_rate",
            rate=exact(rate(counts.began, counts.due)),
            began=counts.began,
            due=counts.due,
        ),
    ]
    cover, passed = group.figures.cover, group.figures.passed
    if cover is not None:
        shown = exact(rate(cover.part, cover.whole))
        lines.append(
            text("participation.line_cover", rate=shown, began=cover.part, due=cover.whole)
        )
    if passed is not None:
        shown = exact(rate(passed.part, passed.whole))
        lines.append(
            text("participation.line_passed", rate=shown, part=passed.part, of=passed.whole)
        )
    return Markup("\n".join(lines))


def names(result: Names) -> Screen:
    """The people behind a number."""
    sight, about = result.sight, result.round
    if about is not None:
        name = label("participation.round", day=day_label(about.day), plan=about.plan)
    else:
        name = sight.stretch.name if sight.plan is None else f"{sight.stretch.name} · {sight.plan}"
    key = "unbegun" if about is not None and result.part == Part.MISSED else result.part
    head = text(
        "participation.names",
        title=label(f"participation.list_{key}"),
        name=name,
        scope=sight.scope,
        total=result.total,
        page=result.page + 1,
        pages=result.pages,
    )
    with_rounds = about is None and result.part not in (PASSED, Part.AWAY)
    people = [_person(person, with_rounds=with_rounds) for person in result.people]
    body = people or [text("participation.nobody")]
    said = Markup("\n".join([head, "", *body, "", text("participation.names_note")]))
    kept = (sight.department, sight.plan_id, sight.window.round_id or 0)
    turns = pager(
        result.page,
        result.pages,
        lambda page: _names_tap(sight, result.part, page),
    )
    back = button("common.button_back", ShowParticipation(sight.stretch.word, *kept))
    return Screen(said, (*turns, (back,)))


def _person(person: Attendance, *, with_rounds: bool) -> Markup:
    name = person.name if person.is_active else label("reports.gone", name=person.name)
    department = person.department or label("boards.department_none")
    if not with_rounds:
        return text("participation.person", name=name, department=department)
    return text(
        "participation.person_rounds",
        name=name,
        department=department,
        began=person.began,
        due=person.due,
    )


def basis(shown: Basis, word: str) -> Screen:
    """Who is counted, and the choice."""
    rows = tuple(
        (_choice(word, reason, is_counted=reason in shown.reasons),)
        for reason in (ON_LEAVE, UNREACHABLE)
    )
    said = text("participation.basis", now=text(f"participation.basis_{_basis_name(shown)}"))
    return Screen(said, (*rows, (button("common.button_back", ShowParticipation(word)),)))


def _choice(word: str, reason: str, *, is_counted: bool) -> Button:
    key = f"participation.{'uncount' if is_counted else 'count'}_{reason}"
    return button(key, SetBasis(word, reason, int(not is_counted)))


def _short(day: date) -> Markup:
    return text("reports.day", month=day.month, day=day.day)
