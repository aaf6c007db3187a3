"""Screens of objections."""

from __future__ import annotations

from collections.abc import Iterator

from bot.banks import display
from bot.banks.objections.service import Raised, VoidedAlready
from bot.banks.objections.settling import Answered, Case, Cases, Line, Settlement
from bot.banks.objections.taps import AskKept, AskVoid, Settle, ShowCase, SkipNote, Void
from bot.banks.objections.voiding import Prospect, Voided
from bot.banks.taps import EditQuestion, ShowObjections, ShowQuestion
from bot.boards.taps import ShowMe
from bot.keyboards import Row, button, pager
from bot.screen import Screen
from bot.texts import Markup, label, text
from questions.models import Question
from storage.repositories.questions import VersionRow
from storage.states import QuestionStatus

MOST_NOTES = 6
LONGEST_NOTE = 120


def raised(result: Raised) -> Screen:
    """The objection is noted; what is wrong?"""
    skip = button("objections.button_skip", SkipNote(result.objection_id))
    return Screen(text("objections.ask_note"), ((skip,),))


def raised_toast(result: Raised | VoidedAlready) -> str:
    """What the tap on 题目有误 is answered with."""
    if isinstance(result, VoidedAlready):
        return label("objections.toast_void")
    return label("objections.toast_new" if result.is_new else "objections.toast_again")


def thanks() -> Screen:
    """It will be looked at."""
    return Screen(text("objections.thanks"))


def cases(result: Cases) -> Screen:
    """Questions that were objected to."""
    if not result.lines:
        return Screen(text("objections.none"))
    said = text(
        "objections.list", waiting=result.waiting, page=result.page + 1, pages=result.pages
    )
    lines = [said, "", *(_line(number, line) for number, line in _numbered(result))]
    looks = tuple(
        button("objections.button_number", ShowCase(line.row.id), number=number)
        for number, line in _numbered(result)
    )
    return Screen("\n".join(lines), (looks, *pager(result.page, result.pages, ShowObjections)))


def _numbered(result: Cases) -> Iterator[tuple[int, Line]]:
    return enumerate(result.lines, start=1)


def _line(number: int, line: Line) -> Markup:
    name = "line_open" if line.waiting else "line_settled"
    stem = display.short(line.row.question, 50)
    counts = {"waiting": line.waiting, "total": line.total}
    return text(f"objections.{name}", number=number, stem=stem, bank=line.row.bank, **counts)


def case(result: Case) -> Screen:
    """What was said against a question, and what can be done about it."""
    row, version = result.row, result.version
    lines: list[str] = [*_head(result), "", display.head(row)]
    if version.number != row.version:
        lines.append(text("objections.edited", number=version.number, version=row.version))
    lines.append(display.body(version.question, result.title))
    back = (button("objections.button_list", ShowObjections(0)),)
    return Screen("\n".join(lines), (*_decisions(result), back))


def _head(result: Case) -> Iterator[Markup]:
    if not result.said:
        if result.last is not None:
            yield _settled(result.last, is_mine=result.is_mine)
        return
    yield text("objections.case", bank=result.row.bank, count=len(result.said))
    notes = [said for said in result.said if said.note or said.name]
    for said in notes[:MOST_NOTES]:
        name = "note" if said.name is None else "note_named"
        note = said.note[:LONGEST_NOTE] or label("objections.no_note")
        yield text(f"objections.{name}", note=note, name=said.name)
    if len(notes) > MOST_NOTES:
        yield text("objections.more_notes", count=len(notes) - MOST_NOTES)


def _settled(last: Answered, *, is_mine: bool) -> Markup:
    outcome = label(f"objections.outcome_{last.outcome}")
    if is_mine:
        return text("objections.settled_now", outcome=outcome)
    who = last.who or label("objections.nobody")
    return text("objections.settled", outcome=outcome, who=who)


def _decisions(result: Case) -> tuple[Row, ...]:
    row, version = result.row, result.version
    rows: list[Row] = [
        (
            button("objections.button_look", ShowQuestion(row.id)),
            button("objections.button_edit", EditQuestion(row.id, row.version)),
        )
    ]
    if not result.said:
        return tuple(rows)
    answers = [button("objections.button_kept", AskKept(row.id))]
    if row.version > version.number:
        fixed = Settle(row.id, Settlement.FIXED.value)
        answers.insert(0, button("objections.button_fixed", fixed))
    retire = Settle(row.id, Settlement.RETIRED.value)
    name = "retired" if row.status is QuestionStatus.RETIRED else "retire"
    further = [button(f"objections.button_{name}", retire)]
    if version.voided_at is None:
        further.append(button("objections.button_void", AskVoid(row.id, version.number)))
    return (*rows, tuple(answers), tuple(further))


def ask_kept(result: Case) -> Screen:
    """Why is nothing wrong?"""
    if not result.said:
        return case(result)
    stem = display.short(result.version.question, 80)
    plain = button("objections.button_no_reason", Settle(result.row.id, Settlement.KEPT.value))
    back = button("common.button_back", ShowCase(result.row.id))
    return Screen(text("objections.ask_reason", stem=stem), ((plain,), (back,)))


def prospect(result: Prospect | Voided) -> Screen:
    """What voiding would do, before it is done."""
    if isinstance(result, Voided):
        return voided(result)
    row, asked = result.row, result.asked
    lines: list[str] = [
        text("objections.void", versions=_numbers(result.versions)),
        text("objections.quoted", stem=display.short(result.versions[-1].question, 80)),
        "",
        text("objections.void_answered", count=asked.answered),
        text("objections.void_missed", count=asked.missed),
    ]
    if asked.open_rounds:
        lines.append(text("objections.void_open"))
    if result.is_retiring:
        lines.append(text("objections.void_retires"))
    lines.append(text("objections.void_end"))
    sure = button("objections.button_void_sure", Void(row.id, result.versions[-1].number))
    back = button("common.button_back", ShowQuestion(row.id))
    return Screen("\n".join(lines), ((sure,), (back,)))


def voided(result: Voided) -> Screen:
    """What was voided."""
    numbers = _numbers(result.versions)
    if result.asked is None:
        said = text(
            "objections.voided_before",
            versions=numbers,
            who=result.who or label("objections.nobody"),
        )
    else:
        count = result.asked.answered + result.asked.missed
        said = text("objections.voided", versions=numbers, count=count)
    look = button("objections.button_look", ShowQuestion(result.row.id))
    return Screen(said, ((look, button("objections.button_list", ShowObjections(0))),))


def _numbers(versions: tuple[VersionRow, ...]) -> str:
    return "、".join(str(version.number) for version in versions)


def answer(question: Question, result: Answered) -> Screen:
    """What came of one's objection."""
    stem = display.short(question, 80)
    said = text(f"objections.answer_{result.outcome}", stem=stem)
    if not result.reason:
        return Screen(said)
    return Screen("\n".join([said, text("objections.answer_reason", reason=result.reason)]))


def credited(question: Question, *, has_objected: bool) -> Screen:
    """A question one was asked is voided."""
    name = "credited_objector" if has_objected else "credited"
    me = button("objections.button_me", ShowMe())
    return Screen(text(f"objections.{name}", stem=display.short(question, 80)), ((me,),))
