"""Screens of the ledger."""

from __future__ import annotations

from bot.callbacks import pack
from bot.keyboards import Row, button, pager
from bot.people import keyboards
from bot.reports.ledger.amounts import Amount, add_up
from bot.reports.ledger.reading import LedgerKind, Unread
from bot.reports.ledger.service import A_PAGE, ALL, Choice, Draft, Listing, amount_of
from bot.reports.ledger.taps import (
    AskEntry,
    ChooseEntryDepartment,
    RemoveEntry,
    SaveEntry,
    SetEntryDepartment,
    SetEntryKind,
    ShowEntry,
    ShowLedger,
)
from bot.reports.stretches import day_name
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from storage.repositories.ledger import LedgerRow

_SEPARATOR = "、"


def listing(result: Listing) -> Screen:
    """Entries, the newest first, with buttons to each."""
    stretch = result.stretch
    kind = label("ledger.kind_all" if result.kind == ALL else f"ledger.kind_{result.kind}")
    head = text(
        "ledger.head",
        name=stretch.name,
        kind=kind,
        total=result.total,
        page=result.page + 1,
        pages=result.pages,
    )
    start = result.page * A_PAGE
    lines = [_line(start + at, row) for at, row in enumerate(result.entries, 1)]
    saved = [text("ledger.saved", entry=_said(result.saved)), ""] if result.saved else []
    said = Markup("\n".join([*saved, head, "", *(lines or [text("ledger.none")])]))
    numbers = [
        Button(str(start + at), pack(ShowEntry(row.id)))
        for at, row in enumerate(result.entries, 1)
    ]
    numbered: tuple[Row, ...] = tuple(
        tuple(numbers[at : at + 4]) for at in range(0, len(numbers), 4)
    )
    turns = pager(
        result.page, result.pages, lambda page: ShowLedger(stretch.word, page, result.kind)
    )
    step = [button("participation.button_before", ShowLedger(stretch.before.word))]
    if stretch.last < result.today:
        step.append(button("participation.button_after", ShowLedger(stretch.after.word)))
    add = (button("ledger.button_add", AskEntry()),)
    return Screen(said, (*numbered, *turns, tuple(step), add))


def _line(number: int, row: LedgerRow) -> Markup:
    return text("ledger.line", number=number, entry=_said(row))


def _said(row: LedgerRow) -> Markup:
    amount = amount_of(row)
    return text(
        "ledger.entry",
        day=day_name(row.held_on),
        kind=label(f"ledger.kind_{row.kind}"),
        title=row.title,
        amount=f" {amount}" if amount is not None else "",
    )


def ask() -> Screen:
    """How to write an entry."""
    return Screen(text("ledger.ask"))


def draft(shown: Draft) -> Screen:
    """What was understood, to be confirmed."""
    entry = shown.entry
    lines = [
        text("ledger.draft"),
        "",
        text("ledger.draft_day", day=day_name(entry.held_on)),
        text("ledger.draft_kind", kind=label(f"ledger.kind_{entry.kind}")),
        text("ledger.draft_title", title=entry.title),
        text("ledger.draft_amount", amount=_amount(entry.amount)),
        text("ledger.draft_department", department=shown.department or label("ledger.whole")),
    ]
    if not entry.is_dated:
        lines.append(text("ledger.not_dated"))
    if entry.has_loose:
        lines.append(text("ledger.loose"))
    token = shown.token
    kinds = tuple(
        button(f"ledger.kind_{kind}", SetEntryKind(token, kind.value))
        for kind in LedgerKind
        if kind is not entry.kind
    )
    rows: list[Row] = [(button("ledger.button_save", SaveEntry(token)),), kinds[:2], kinds[2:]]
    if shown.may_choose:
        rows.append((button("ledger.button_department", ChooseEntryDepartment(token, 0)),))
    rows.append((button("ledger.button_cancel", ShowLedger(f"y{entry.held_on.year}")),))
    return Screen(Markup("\n".join([*lines, "", text("ledger.draft_again")])), tuple(rows))


def _amount(amount: Amount | None) -> str:
    return label("ledger.no_amount") if amount is None else str(amount)


def unread(why: Unread) -> Screen:
    """Why a line was not understood."""
    return Screen(text(f"ledger.unread_{why}"))


def choose_department(result: Choice) -> Screen:
    """The departments a line may belong to."""
    rows = keyboards.departments(
        result.departments,
        result.page,
        lambda row: SetEntryDepartment(result.token, row.id),
        lambda page: ChooseEntryDepartment(result.token, page),
    )
    if result.may_be_all:
        rows = (*rows, (button("ledger.whole", SetEntryDepartment(result.token, 0)),))
    return Screen(text("ledger.choose_department"), rows)


def entry(row: LedgerRow, *, is_asking: bool) -> Screen:
    """One entry, and perhaps the question whether to strike it out."""
    said = text(
        "ledger.card", entry=_said(row), department=row.department or label("ledger.whole")
    )
    back = button("common.button_back", ShowLedger(f"y{row.held_on.year}"))
    if not is_asking:
        return Screen(said, ((button("ledger.button_remove", RemoveEntry(row.id, 0)), back),))
    sure = button("ledger.button_remove_sure", RemoveEntry(row.id, 1))
    asked = Markup(f"{said}\n\n{text('ledger.ask_remove')}")
    return Screen(asked, ((sure, button("common.button_back", ShowEntry(row.id))),))


def totals(rows: list[LedgerRow]) -> str:
    """What entries add up to: 1300余人、另约20人、2000份; empty where none has an amount."""
    parts: list[str] = []
    units: set[str] = set()
    for amount in add_up(amount for row in rows if (amount := amount_of(row)) is not None):
        is_apart = amount.unit in units
        parts.append(label("ledger.apart", amount=amount) if is_apart else str(amount))
        units.add(amount.unit)
    return _SEPARATOR.join(parts)
