"""Screens of wishes and leave."""

from __future__ import annotations

from datetime import date, time

from bot.callbacks import pack
from bot.daily.taps import Begin
from bot.keyboards import Row, button
from bot.people.roster.taps import ShowPerson
from bot.preferences import absence, service
from bot.preferences.hours import minutes_of, offered
from bot.preferences.taps import (
    NO_TIME,
    AskLeave,
    AskPush,
    AskQuiet,
    CancelLeave,
    LeaveToday,
    Mute,
    SetPush,
    SetQuiet,
    ShowSettings,
)
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from bot.texts.dates import day_label, moment_label
from storage.repositories.leaves import LeaveRow

LEAVES_SHOWN = 5
# 午休, 下班后, 夜间
QUIET_OFFERED = ((time(12), time(14)), (time(18), time(8)), (time(22), time(7)))
_BACK = ShowSettings()


def settings(result: service.Settings) -> Screen:
    """The card with everything on it."""
    lines = [
        text("preferences.title"),
        "",
        *_push_lines(result),
        _quiet_line(result),
        *_reminder_line(result),
        _leave_line(result),
    ]
    rows: list[Row] = []
    times = [button("preferences.button_quiet", AskQuiet())]
    if result.windows:
        times.insert(0, button("preferences.button_push", AskPush()))
    rows.append(tuple(times))
    if result.is_muted:
        rows.append((button("preferences.button_unmute", Mute(0, 0)),))
    elif any(plan.remind_at for plan in result.plans):
        rows.append((button("preferences.button_mute", Mute(1, 0)),))
    rows.append((button("preferences.button_leave", AskLeave()),))
    rows += [(_cancel(leave),) for leave in result.leaves[:LEAVES_SHOWN]]
    return Screen("\n".join(lines), tuple(rows))


def _push_lines(result: service.Settings) -> list[Markup]:
    if not result.plans:
        return [text("preferences.no_plan")]
    return [_push_line(plan) for plan in result.plans]


def _push_line(plan: service.PlanTime) -> Markup:
    if plan.until is None:
        state = text("preferences.push_fixed")
    elif plan.due == plan.at:
        state = text("preferences.push_open", begins=_clock(plan.at), ends=_clock(plan.until))
    else:
        state = text("preferences.push_own", at=_clock(plan.at))
    delay = "" if plan.sent == plan.due else text("preferences.push_quiet", at=_clock(plan.sent))
    return text("preferences.push", name=plan.name, at=_clock(plan.due), state=state, delay=delay)


def _quiet_line(result: service.Settings) -> Markup:
    begins, ends = result.wishes.quiet_from, result.wishes.quiet_to
    if begins is None or ends is None:
        return text("preferences.quiet_none")
    return text("preferences.quiet", hours=_hours(begins, ends))


def _reminder_line(result: service.Settings) -> list[Markup]:
    until = result.wishes.no_reminders_before
    if result.is_muted and until is not None:
        return [text("preferences.muted", day=day_label(until))]
    if any(plan.remind_at for plan in result.plans):
        return [text("preferences.reminded")]
    return []


def _leave_line(result: service.Settings) -> Markup:
    if not result.leaves:
        return text("preferences.leave_none")
    shown = "；".join(_span(leave) for leave in result.leaves[:LEAVES_SHOWN])
    return text("preferences.leaves", days=shown)


def ask_push(result: service.Settings) -> Screen:
    """Times to choose from; one may be typed as well."""
    times = sorted(
        {at for plan in result.windows for at in offered(plan.at, plan.until or plan.at)}
    )
    buttons = [Button(_clock(at), pack(SetPush(minutes_of(at)))) for at in times]
    rows = [tuple(buttons[i : i + 4]) for i in range(0, len(buttons), 4)]
    reset = button("preferences.button_plan_time", SetPush(NO_TIME))
    said = text("preferences.ask_push", windows=_windows(result))
    return Screen(said, (*rows, (reset, button("common.button_back", _BACK))))


def _windows(result: service.Settings) -> str:
    return "\n".join(
        text(
            "preferences.window",
            name=plan.name,
            begins=_clock(plan.at),
            ends=_clock(plan.until or plan.at),
        )
        for plan in result.windows
    )


def ask_quiet() -> Screen:
    """Quiet hours to choose from; others may be typed."""
    hours = [
        (
            Button(
                _hours(begins, ends),
                pack(SetQuiet(minutes_of(begins), minutes_of(ends))),
            ),
        )
        for begins, ends in QUIET_OFFERED
    ]
    none = button("preferences.button_no_quiet", SetQuiet(NO_TIME, NO_TIME))
    return Screen(
        text("preferences.ask_quiet"), (*hours, (none, button("common.button_back", _BACK)))
    )


def ask_leave() -> Screen:
    """The request for days."""
    return Screen(text("preferences.ask_leave"), ((button("common.button_back", _BACK),),))


def ask_grant(result: absence.Granting) -> Screen:
    """The request for somebody else's days, with the leaves they have."""
    leaves = "；".join(_span(leave) for leave in result.leaves) or label("preferences.none")
    said = text("preferences.ask_grant", name=result.person.name, leaves=leaves)
    cancels = [(_cancel(leave),) for leave in result.leaves[:LEAVES_SHOWN]]
    back = button("common.button_back", ShowPerson(result.person.id))
    return Screen(said, (*cancels, (back,)))


def not_understood(kind: str) -> Screen:
    """What was typed could not be read."""
    return Screen(text(f"preferences.bad_{kind}"))


def taken(result: absence.Taken, round_id: int | None = None) -> Screen:
    """A leave that stands; on a day's card answering stays one tap away."""
    lines = [text("preferences.taken", days=_span(result.leave))]
    if result.begun:
        lines.append(text("preferences.taken_begun", count=result.begun))
    if round_id is not None:
        lines.append(text("preferences.taken_may_answer"))
        row = (
            button("daily.button_begin", Begin(round_id)),
            button("preferences.button_undo_leave", CancelLeave(result.leave.id)),
        )
        return Screen("\n".join(lines), (row,))
    undo = (_cancel(result.leave),)
    return Screen("\n".join(lines), (undo, (button("preferences.button_settings", _BACK),)))


def granted(result: absence.Taken) -> Screen:
    """Somebody's leave, as the trainer who entered it sees it."""
    said = text(
        "preferences.granted",
        name=result.person.name,
        days=_span(result.leave),
        excused=result.excused,
        begun=result.begun,
    )
    return Screen(said, ((_cancel(result.leave),),))


def told_granted(result: absence.Taken) -> Screen:
    """The same, told to whom it concerns."""
    said = text("preferences.told_granted", days=_span(result.leave))
    return Screen(said, ((button("preferences.button_settings", _BACK),),))


def too_late(result: absence.TooLate) -> str:
    """The answer to 今天请假 on an old card."""
    return label("preferences.toast_too_late", day=day_label(result.day))


def cancelled(result: absence.Cancelled) -> Screen:
    """A leave taken back."""
    key = "preferences.cancelled_rest" if result.is_shortened else "preferences.cancelled"
    lines = [text(key, name=result.person.name, days=_span(result.leave))]
    if result.resumed:
        lines.append(text("preferences.cancelled_resumed", count=result.resumed))
    back = button("preferences.button_settings", _BACK)
    if not result.is_own:
        back = button("common.button_back", ShowPerson(result.person.id))
    return Screen("\n".join(lines), ((back,),))


def snoozed(result: service.Snoozed, timezone: str) -> Screen:
    """When the round comes again; it may be begun at any time."""
    said = text("preferences.snoozed", moment=moment_label(result.due_at, timezone))
    begin = button("daily.button_begin", Begin(result.round_id))
    return Screen(
        said, ((begin, button("preferences.button_today", LeaveToday(result.round_id))),)
    )


def snooze_toast(result: service.Snoozed | service.NotSnoozed, timezone: str) -> str | None:
    """The answer to the tap, where the card does not say it."""
    if isinstance(result, service.NotSnoozed):
        return label(f"preferences.toast_{result.why}")
    if result.is_new:
        return None
    return label("preferences.toast_coming", moment=moment_label(result.due_at, timezone))


def muted(result: service.Settings) -> Screen:
    """The reminder after 本周不再提醒, with the way back."""
    until = result.wishes.no_reminders_before
    if until is None:
        return Screen(
            text("preferences.unmuted"), ((button("preferences.button_mute", Mute(1, 1)),),)
        )
    row = (
        button("preferences.button_undo_mute", Mute(0, 1)),
        button("preferences.button_settings", _BACK),
    )
    return Screen(text("preferences.muted_now", day=day_label(until)), (row,))


def _cancel(leave: LeaveRow) -> Button:
    return button("preferences.button_cancel", CancelLeave(leave.id), days=_short(leave))


def _span(leave: LeaveRow) -> str:
    if leave.first_day == leave.last_day:
        return day_label(leave.first_day)
    days = (leave.last_day - leave.first_day).days + 1
    ends = f"{day_label(leave.first_day)}至{day_label(leave.last_day)}"
    return label("preferences.span", ends=ends, days=days)


def _short(leave: LeaveRow) -> str:
    def short(day: date) -> str:
        return f"{day.month}-{day.day}"

    if leave.first_day == leave.last_day:
        return short(leave.first_day)
    return f"{short(leave.first_day)}～{short(leave.last_day)}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _hours(begins: time, ends: time) -> str:
    key = "preferences.hours" if begins < ends else "preferences.hours_overnight"
    return label(key, begins=_clock(begins), ends=_clock(ends))
