"""Screens of alerts."""

from __future__ import annotations

from collections.abc import Iterator

from bot.banks import display
from bot.banks.currency.service import Alerts, Lapses, RetiringAll
from bot.banks.currency.taps import AskRetireAll, Dismiss, RetireAll, RetireOne
from bot.banks.taps import EditQuestion, ShowAlerts, ShowBanks, ShowQuestion
from bot.keyboards import Row, button, pager
from bot.screen import Screen
from bot.texts import Markup, label, text
from storage.repositories.questions import QuestionRow
from storage.states import Alert

MOST_LAWS = 12


def alerts(result: Alerts) -> Screen:
    """Questions to look at, each with what can be done."""
    if not result.rows:
        return Screen(text("currency.none"), (_ways(),))
    head = text(
        "currency.list",
        count=result.count,
        lapsed=result.lapsed,
        page=result.page + 1,
        pages=result.pages,
    )
    lines: list[Markup] = [head]
    rows: list[Row] = []
    for number, row in enumerate(result.rows, start=1):
        lines += [Markup(""), *_entry(number, row)]
        rows.append(_decisions(number, row, result))
    if result.lapsed:
        every = AskRetireAll(result.bank_id)
        rows.append((button("currency.button_retire_all", every, count=result.lapsed),))
    rows += pager(result.page, result.pages, lambda page: ShowAlerts(result.bank_id, page))
    return Screen("\n".join(lines), (*rows, _ways()))


def alerts_toast(result: Alerts) -> str | None:
    """What the tap itself is answered with."""
    return label("currency.toast_overtaken") if result.overtaken else None


def _entry(number: int, row: QuestionRow) -> Iterator[Markup]:
    stem = display.short(row.question, 80)
    status = text(f"card.status_{row.status}")
    yield text("currency.entry", number=number, stem=stem, bank=row.bank, status=status)
    notice = display.alert(row)
    if notice is not None:
        yield notice


def _decisions(number: int, row: QuestionRow, result: Alerts) -> Row:
    place = (row.id, row.version, result.bank_id, result.page)
    look = button("currency.button_look", ShowQuestion(row.id), number=number)
    edit = button("currency.button_edit", EditQuestion(row.id, row.version))
    retire = button("currency.button_retire", RetireOne(*place))
    if row.alert is Alert.LAPSED:
        return (look, edit, retire)
    name = "resume" if row.alert is Alert.WEAK else "dismiss"
    return (look, edit, retire, button(f"currency.button_{name}", Dismiss(*place)))


def _ways() -> Row:
    return (button("currency.button_banks", ShowBanks()),)


def ask_retire_all(result: RetiringAll) -> Screen:
    """All of them?"""
    back = button("common.button_back", ShowAlerts(result.bank_id, 0))
    if not result.count:
        return Screen(text("currency.none_lapsed"), ((back,),))
    sure = RetireAll(result.bank_id, result.upto)
    return Screen(
        text("currency.ask_retire_all", count=result.count),
        ((button("currency.button_sure", sure, count=result.count),), (back,)),
    )


def retired_all(result: RetiringAll) -> Screen:
    """How many left use."""
    name = "retired_all" if result.count else "none_lapsed"
    back = button("currency.button_list", ShowAlerts(result.bank_id, 0))
    return Screen(text(f"currency.{name}", count=result.count), ((back,),))


def lapsed(result: Lapses) -> Screen:
    """To owners: laws that ended, how many questions stood on each, and what to do."""
    lines = [text("currency.lapsed", bank=result.bank), *_laws(result), ""]
    lines.append(text("currency.lapsed_end"))
    look = button("currency.button_list", ShowAlerts(result.bank_id, 0))
    every = button("currency.button_retire_lapsed", AskRetireAll(result.bank_id))
    return Screen("\n".join(lines), ((look, every),))


def lapsing(result: Lapses) -> Screen:
    """To owners: laws that will end within weeks."""
    lines = [text("currency.lapsing", bank=result.bank), *_laws(result), ""]
    lines.append(text("currency.lapsing_end"))
    return Screen("\n".join(lines), (_ways(),))


def _laws(result: Lapses) -> Iterator[Markup]:
    for said, count in list(result.laws.items())[:MOST_LAWS]:
        yield text("currency.law", said=said, count=count)
    if len(result.laws) > MOST_LAWS:
        yield text("currency.more_laws", count=len(result.laws) - MOST_LAWS)
