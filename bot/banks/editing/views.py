"""Screens of editing."""

from __future__ import annotations

from bot.banks import display
from bot.banks.editing.parts import Part, current
from bot.banks.editing.service import Asked, Edited, Entry, History, Menu, Overtaken
from bot.banks.editing.taps import EditPart, TurnHistory
from bot.banks.taps import EditQuestion, Review, ShowHistory, ShowQuestion
from bot.keyboards import Row, button, pager
from bot.screen import Screen
from bot.texts import Markup, label, text
from bot.texts.dates import moment_label
from storage.repositories.house import AuditRow
from storage.repositories.questions import QuestionRow
from storage.states import QuestionStatus


def menu(result: Menu) -> Screen:
    """What shall be changed?"""
    row = result.row
    lines = [display.head(row), display.body(row.question), "", text("editing.what")]
    parts = [
        button(f"editing.button_{part}", EditPart(row.id, row.version, part.value))
        for part in result.parts
    ]
    rows = [tuple(parts[at : at + 3]) for at in range(0, len(parts), 3)]
    return Screen("\n".join(lines), (*rows, *_ways(row)))


def asked(result: Asked) -> Screen:
    """Type it; here is how it stands."""
    hint = _hint(result)
    stands = current(result.row.question, result.part) or label("editing.nothing")
    said = text("editing.ask", part=label(f"editing.part_{result.part}"), stands=stands, hint=hint)
    back = button("common.button_back", EditQuestion(result.row.id, result.row.version))
    return Screen(said, ((back,),))


def _hint(result: Asked) -> Markup:
    if result.part is Part.KEY:
        return text(f"editing.hint_key_{result.row.question.kind}")
    return text(f"editing.hint_{result.part}")


def result(done: Edited | Overtaken) -> Screen:
    """The question after the edit, or why it was not made."""
    row = done.row
    if isinstance(done, Overtaken):
        said = text("editing.overtaken", typed=done.typed)
        lines = [said, "", display.head(row), display.body(row.question)]
        again = button("editing.button_again", EditQuestion(row.id, row.version))
        return Screen("\n".join(lines), ((again,), *_ways(row)))
    name = "same" if done.is_same else "saved"
    part = label(f"editing.part_{done.part}")
    lines = [text(f"editing.{name}", part=part), "", display.head(row)]
    lines.append(display.body(row.question))
    lines += [text("editing.finding", finding=said) for said in display.findings(row.findings)]
    again = button("editing.button_again", EditQuestion(row.id, row.version))
    return Screen("\n".join(lines), ((again,), *_ways(row)))


def _ways(row: QuestionRow) -> tuple[Row, ...]:
    look = button("editing.button_look", ShowQuestion(row.id))
    if row.status is QuestionStatus.DRAFT:
        return ((button("editing.button_review", Review(row.bank_id, row.id - 1)), look),)
    return ((look, button("editing.button_history", ShowHistory(row.id))),)


def history(result: History, timezone: str) -> Screen:
    """One version a page, the newest first, with what was done to the question."""
    row, entry = result.row, result.entries[result.page]
    version = entry.version
    lines: list[Markup] = [
        text("editing.history", number=version.number, count=len(result.entries)),
        _written(entry, timezone),
        display.body(version.question),
    ]
    if result.page == 0 and result.acts:
        lines += [Markup(""), text("editing.acts")]
        lines += [_act(act, timezone) for act in result.acts[:8]]
    turns = pager(result.page, len(result.entries), lambda page: TurnHistory(row.id, page))
    return Screen(
        "\n".join(lines), (*turns, (button("editing.button_look", ShowQuestion(row.id)),))
    )


def _written(entry: Entry, timezone: str) -> Markup:
    changed = "、".join(label(f"editing.part_{part}") for part in entry.parts)
    who = entry.author or label("editing.imported")
    when = moment_label(entry.version.written_at, timezone)
    name = "written_changed" if changed else "written"
    if entry.version.voided_at is not None:
        name = "written_void"
    return text(f"editing.{name}", who=who, when=when, parts=changed)


def _act(act: AuditRow, timezone: str) -> Markup:
    when = moment_label(act.at, timezone)
    who = act.actor or label("editing.imported")
    did = label(f"editing.act_{act.action.rpartition('.')[2]}")
    reason = str(act.detail.get("reason", ""))
    name = "act_reason" if reason else "act"
    return text(f"editing.{name}", when=when, who=who, did=did, reason=reason)
