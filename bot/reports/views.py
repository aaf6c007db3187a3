"""Screens of reports."""

from __future__ import annotations

from bot.callbacks import Tap, pack
from bot.keyboards import Row, button
from bot.reports.files.order import FileFormat, Order
from bot.reports.periods import Period
from bot.reports.pictures.rates import exact
from bot.reports.service import Card, HeatPage, rate
from bot.reports.taps import DrawHeat, DrawTrend, MakeFile, ShowReport
from bot.screen import Button, Screen
from bot.texts import label, text


def card(shown: Card, *, is_dark: bool) -> Screen:
    """What a period came to, and what can be taken along."""
    first, last, counts = shown.days.first, shown.days.last, shown.counts
    said = text(
        "reports.card",
        period=shown.name,
        first=text("reports.day", month=first.month, day=first.day),
        last=text("reports.day", month=last.month, day=last.day),
        scope=shown.scope,
        participation=exact(rate(counts.began, counts.due)),
        began=counts.began,
        due=counts.due,
        rate=exact(rate(counts.right, counts.answered)),
        right=counts.right,
        answered=counts.answered,
    )
    chosen, dark = shown.period, int(is_dark)
    choices = [_choice(period, dark, is_chosen=period is chosen) for period in Period]
    night = ShowReport(chosen.value, 0 if is_dark else 1)
    return Screen(
        said,
        (
            tuple(choices[:3]),
            tuple(choices[3:]),
            tuple(
                button(f"reports.button_{form.value}", MakeFile(chosen.value, form.value))
                for form in FileFormat
            ),
            (
                button("reports.button_trend", DrawTrend(chosen.value, dark)),
                button("reports.button_heat", DrawHeat(chosen.value, dark, 0)),
                button("reports.button_light" if is_dark else "reports.button_dark", night),
            ),
        ),
    )


def _choice(period: Period, dark: int, *, is_chosen: bool) -> Button:
    name = label(f"reports.period_{period.value}")
    shown = label("boards.chosen", choice=name) if is_chosen else name
    return Button(shown, pack(ShowReport(period.value, dark)))


def file_name(order: Order) -> str:
    """What the file is called."""
    return label("reports.file_name", period=order.period, suffix=order.format.suffix)


def progress(order: Order, table: str, done: int, of: int) -> Screen:
    """How far a file is."""
    step = ""
    if table:
        key = "reports.step_of" if of else "reports.step"
        step = label(key, table=label(f"reports.table_{table}"), done=f"{done:,}", of=f"{of:,}")
    return Screen(text("reports.making", name=file_name(order), step=step))


def done(order: Order) -> Screen:
    """The file has been sent."""
    return Screen(text("reports.made", name=file_name(order), scope=order.scope))


def failed(order: Order, key: str, again: Tap) -> Screen:
    """Why there is no file; it may be tried again."""
    said = text("reports.not_made", name=file_name(order), why=text(key))
    return Screen(said, ((button("reports.button_again", again),),))


def heat(page: HeatPage, *, is_dark: bool) -> Screen:
    """What is said below a heat map."""
    if page.pages == 1:
        return Screen("")
    said = text("reports.heat_page", page=page.page + 1, pages=page.pages)
    rows: tuple[Row, ...] = ()
    if page.page + 1 < page.pages:
        following = DrawHeat(page.period.value, int(is_dark), page.page + 1)
        rows = ((button("common.button_next", following),),)
    return Screen(said, rows)
