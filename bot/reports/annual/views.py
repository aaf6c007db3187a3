"""Screens of the annual paragraph."""

from __future__ import annotations

from bot.callbacks import pack
from bot.keyboards import Row, button, pager
from bot.reports.annual import wording
from bot.reports.annual.service import LAWS_A_PAGE, Annual, Laws
from bot.reports.annual.taps import AskDays, SendAnnual, ShowAnnual, ShowSources, ShowStudied
from bot.reports.ledger.taps import ShowLedger
from bot.reports.participation.taps import ShowParticipation
from bot.reports.stretches import stretch_of
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from questions.periods import Span


def annual(result: Annual) -> Screen:
    """The paragraph, to be copied or taken along."""
    sight = result.sight
    said = text(
        "annual.card",
        period=wording.period_name(result),
        scope=sight.scope,
        paragraph=wording.paragraph(result),
        rounding=label("annual.rounding"),
    )
    word, today = sight.stretch.word, sight.today
    year = stretch_of(Span.YEAR, today)
    choices = {
        "annual.button_year": year,
        "annual.button_last_year": year.before,
        "annual.button_quarter": stretch_of(Span.QUARTER, today),
    }
    chosen = tuple(
        button(key, ShowAnnual(stretch.word))
        for key, stretch in choices.items()
        if stretch != sight.stretch
    )
    return Screen(
        said,
        (
            (button("annual.button_sources", ShowSources(word)),),
            (button("annual.button_word", SendAnnual(word)),),
            (
                button("annual.button_participation", ShowParticipation(word)),
                button("annual.button_ledger", ShowLedger(word)),
            ),
            chosen,
            (button("annual.button_days", AskDays()),),
        ),
    )


def sources(result: Annual) -> Screen:
    """Each figure with how it was counted; its number leads to its rows."""
    lines = wording.lines(result)
    said = [
        text("annual.source", number=at, name=line.name, value=line.value, source=line.source)
        for at, line in enumerate(lines, 1)
    ]
    head = text("annual.sources", period=wording.period_name(result), scope=result.sight.scope)
    numbers = [Button(str(at), pack(line.tap)) for at, line in enumerate(lines, 1)]
    rows: tuple[Row, ...] = tuple(tuple(numbers[at : at + 5]) for at in range(0, len(numbers), 5))
    back = (button("common.button_back", ShowAnnual(result.sight.stretch.word)),)
    notes = text("annual.rule")
    return Screen(Markup("\n".join([head, "", *said, "", notes])), (*rows, back))


def laws(result: Laws) -> Screen:
    """The laws behind the questions asked."""
    word = result.sight.stretch.word
    head = text(
        "annual.studied",
        name=result.sight.stretch.name,
        scope=result.sight.scope,
        asked=result.asked,
        total=result.total,
        page=result.page + 1,
        pages=result.pages,
    )
    start = result.page * LAWS_A_PAGE
    lines = [
        text("annual.studied_line", number=start + at, law=law, count=count)
        for at, (law, count) in enumerate(result.laws, 1)
    ]
    said = Markup("\n".join([head, "", *(lines or [text("annual.no_laws")])]))
    turns = pager(result.page, result.pages, lambda page: ShowStudied(word, page))
    return Screen(said, (*turns, (button("common.button_back", ShowSources(word)),)))


def ask_days() -> Screen:
    """How to write days."""
    return Screen(text("annual.ask_days"))


def unread_days() -> Screen:
    """The days were not understood."""
    return Screen(text("annual.unread_days"))


def file_name(result: Annual) -> str:
    """What the file is called."""
    return label("annual.file_name", period=result.sight.stretch.name)
