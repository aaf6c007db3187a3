"""Screens of a bank's imports."""

from __future__ import annotations

from bot.banks.incoming.taps import AskUndo, Undo
from bot.banks.incoming.undoing.service import Entry, Listing, Undone
from bot.banks.taps import ShowBank, ShowImports
from bot.keyboards import button
from bot.screen import Screen
from bot.texts import Markup, label, text
from bot.texts.dates import moment_label

LONGEST_NAME = 60


def listing(found: Listing, timezone: str) -> Screen:
    """What was brought into a bank lately."""
    lines = [text("incoming.imports", bank=found.bank.name)]
    buttons = []
    for number, entry in enumerate(found.entries, start=1):
        lines.append(_line(entry, number, timezone))
        if entry.may_undo:
            undo = AskUndo(entry.row.id)
            buttons.append(button("incoming.button_undo_entry", undo, number=number))
    if not found.entries:
        lines.append(text("incoming.imports_none"))
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    back = button("common.button_back", ShowBank(found.bank.id))
    return Screen(Markup("\n".join(lines)), (*rows, (back,)))


def ask(entry: Entry, timezone: str) -> Screen:
    """What taking an import back would do."""
    row = entry.row
    said = text(
        "incoming.ask_undo",
        day=moment_label(row.created_at, timezone),
        name=row.name,
        added=row.added,
        changed=row.changed,
    )
    sure = button("incoming.button_undo_sure", Undo(row.id))
    return Screen(said, ((sure, button("common.button_back", ShowImports(row.bank_id))),))


def undone(result: Undone, timezone: str) -> Screen:
    """What taking an import back did."""
    back = ((button("incoming.button_bank", ShowBank(result.row.bank_id)),),)
    if not result.is_first:
        day = moment_label(result.row.undone_at or result.row.created_at, timezone)
        return Screen(text("incoming.undone_before", day=day), back)
    lines = [
        text(
            "incoming.undone",
            name=result.row.name,
            removed=result.removed,
            retired=result.retired,
            restored=result.restored,
        )
    ]
    if result.left:
        lines.append(text("incoming.undone_left", count=len(result.left)))
        lines += [text("incoming.undone_stem", stem=short_stem(stem)) for stem in result.stems]
    return Screen(Markup("\n".join(lines)), back)


def short_stem(stem: str) -> str:
    """A stem's beginning."""
    return stem if len(stem) <= 40 else stem[:39] + "…"


def _line(entry: Entry, number: int, timezone: str) -> Markup:
    row = entry.row
    return text(
        "incoming.imports_entry",
        number=number,
        day=moment_label(row.created_at, timezone),
        name=row.name[:LONGEST_NAME],
        added=row.added,
        changed=row.changed,
        person=entry.person or label("incoming.imports_nobody"),
        state=label("incoming.imports_undone") if row.undone_at is not None else "",
    )
