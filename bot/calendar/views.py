"""Screens of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.calendar.ahead import Turn, runs
from bot.calendar.service import Adopted, Overview, Survey, YearState
from bot.calendar.taps import Adopt, AskDrop, AskNotice, Drop, Refuse, ShowCalendar, Undo
from bot.keyboards import Row, button
from bot.screen import Screen
from bot.texts import Markup, label, text
from bot.texts.dates import day_label
from questions.workdays import Doubt, DoubtKind, Holiday

DOUBTS_SHOWN = 12
NAMES_SHOWN = 5
LONGEST_PHRASE = 60
LONGEST_NAME = 24


def overview(result: Overview) -> Screen:
    """This year and the next, what is coming, and what it does to plans."""
    lines = [text("calendar.title"), "", *(_year(state) for state in result.years)]
    if result.turns:
        year = result.years[0].year
        lines += ["", text("calendar.ahead"), *(_turn(turn, year) for turn in result.turns)]
    lines += ["", *_plans(result)]
    drops = tuple(
        button("calendar.button_drop", AskDrop(state.year), year=state.year)
        for state in result.years
        if state.marked
    )
    rows: list[Row] = [(button("calendar.button_ask", AskNotice()),)]
    if drops:
        rows.append(drops)
    return Screen("\n".join(lines), tuple(rows))


def _year(state: YearState) -> Markup:
    if state.marked:
        return text("calendar.year_marked", year=state.year, count=state.marked)
    if state.makeup_days:
        return text("calendar.year_shipped", year=state.year, count=state.makeup_days)
    return text("calendar.year_unknown", year=state.year)


def _turn(turn: Turn, year: int) -> Markup:
    if turn.is_workday:
        return text("calendar.turn_work", day=_dated(turn.first, year))
    resumes = day_label(turn.resumes) if turn.resumes is not None else ""
    return text("calendar.turn_rest", days=_days(turn.first, turn.last, year), resumes=resumes)


def _plans(result: Overview) -> list[Markup]:
    lines: list[Markup] = []
    if result.following:
        lines.append(text("calendar.plans_following", names=_names(result.following)))
    if result.others:
        lines.append(text("calendar.plans_others", names=_names(result.others)))
    return lines or [text("calendar.plans_none")]


def ask() -> Screen:
    """The request for a notice."""
    back = button("common.button_back", ShowCalendar())
    return Screen(text("calendar.ask"), ((back,),))


def survey(result: Survey) -> Screen:
    """What was understood, with every doubt, to be confirmed."""
    reading = result.reading
    doubts = [_doubt(doubt, reading.year) for doubt in reading.doubts[:DOUBTS_SHOWN]]
    if len(reading.doubts) > DOUBTS_SHOWN:
        doubts.append(text("calendar.doubts_more", count=len(reading.doubts) - DOUBTS_SHOWN))
    if not reading.marks:
        return Screen("\n".join([text("calendar.nothing"), *doubts]))
    key = "calendar.survey" if reading.is_notice else "calendar.survey_rows"
    lines = [text(key, year=reading.year), ""]
    lines += [_holiday(holiday, reading.year) for holiday in reading.holidays]
    if doubts:
        lines += ["", text("calendar.doubts"), *doubts]
    lines += ["", *_changes(result)]
    row = (
        button("calendar.button_adopt", Adopt(result.upload_id)),
        button("calendar.button_refuse", Refuse(result.upload_id)),
    )
    return Screen("\n".join(lines), (row,))


def _holiday(holiday: Holiday, year: int) -> Markup:
    parts: list[str] = []
    if holiday.off:
        days = _run_labels(holiday.off, year)
        key = "calendar.off_said" if holiday.said is not None else "calendar.off"
        parts.append(label(key, days=days, count=len(holiday.off), said=holiday.said))
    if holiday.work:
        days = "、".join(_dated(day, year) for day in holiday.work)
        parts.append(label("calendar.work", days=days))
    name = holiday.name[:LONGEST_NAME] or label("calendar.no_name")
    return text("calendar.holiday", name=name, parts="；".join(parts))


def _doubt(doubt: Doubt, year: int) -> Markup:
    phrase = doubt.phrase
    if doubt.kind in (DoubtKind.CONFLICT, DoubtKind.ODD_WORKDAY):
        phrase = _dated(date.fromisoformat(phrase), year)
    if len(phrase) > LONGEST_PHRASE:
        phrase = phrase[:LONGEST_PHRASE] + "…"
    return text(f"calendar.doubt_{doubt.kind}", phrase=phrase, said=doubt.said, found=doubt.found)


def _changes(result: Survey) -> list[Markup]:
    if not result.to_off and not result.to_work:
        return [text("calendar.no_change")]
    lines, year = [text("calendar.changes")], result.reading.year
    if result.to_off:
        lines.append(text("calendar.to_off", days=_run_labels(result.to_off, year)))
    if result.to_work:
        lines.append(text("calendar.to_work", days=_run_labels(result.to_work, year)))
    if result.following:
        lines.append(text("calendar.follows", names=_names(result.following)))
    return lines


def adopted(result: Adopted) -> Screen:
    """The days are marked."""
    return _done("calendar.adopted", result)


def dropped(result: Adopted) -> Screen:
    """A year's marks are deleted."""
    return _done("calendar.dropped", result)


def _done(key: str, result: Adopted) -> Screen:
    row = (
        button("calendar.button_undo", Undo(result.year, result.audit_id)),
        button("calendar.button_show", ShowCalendar()),
    )
    return Screen(text(key, year=result.year, count=result.count), (row,))


def undone(count: int) -> Screen:
    """The last deed is taken back."""
    show = button("calendar.button_show", ShowCalendar())
    return Screen(text("calendar.undone", count=count), ((show,),))


def refused() -> Screen:
    """Nothing was marked."""
    show = button("calendar.button_show", ShowCalendar())
    return Screen(text("calendar.refused"), ((show,),))


def ask_drop(state: YearState) -> Screen:
    """The question before a year's marks are deleted."""
    row = (
        button("calendar.button_drop_yes", Drop(state.year)),
        button("common.button_back", ShowCalendar()),
    )
    key = "calendar.ask_drop_shipped" if state.makeup_days else "calendar.ask_drop"
    return Screen(text(key, year=state.year, count=state.marked), (row,))


def unknown(year: int, month: int, plans: Sequence[str]) -> Screen:
    """The warning that a year's 调休 is not known."""
    key = "calendar.unknown_last" if month == 12 else "calendar.unknown"
    said = text(key, year=year, names=_names(plans))
    return Screen(said, ((button("calendar.button_ask", AskNotice()),),))


def _run_labels(days: Sequence[date], year: int) -> str:
    return "、".join(_days(first, last, year) for first, last in runs(list(days)))


def _days(first: date, last: date, year: int) -> str:
    if first == last:
        return _dated(first, year)
    return f"{_dated(first, year)}至{_dated(last, year)}"


def _dated(day: date, year: int) -> str:
    """A day; of another year than the one spoken of, with its year."""
    if day.year == year:
        return day_label(day)
    return label("calendar.with_year", year=day.year, day=day_label(day))


def _names(names: Sequence[str]) -> str:
    shown = "、".join(label("calendar.plan", name=name) for name in names[:NAMES_SHOWN])
    if len(names) > NAMES_SHOWN:
        return label("calendar.plans_more", names=shown, count=len(names))
    return shown or label("calendar.plan_none")
