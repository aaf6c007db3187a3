"""Screens of approval."""

from __future__ import annotations

from collections.abc import Iterator

from bot.banks import display
from bot.banks.approving.service import (
    REASONS,
    Beaten,
    Done,
    Draft,
    Published,
    Returned,
    Sample,
)
from bot.banks.approving.taps import Approve, ApproveAll, AskReason, LookAtSample, Return
from bot.banks.taps import EditQuestion, Review, ShowBank, ShowHistory, ShowQuestion
from bot.keyboards import Row, button
from bot.screen import Screen
from bot.texts import Markup, label, text
from storage.repositories.banks import BankRow
from storage.repositories.questions import QuestionRow


def step(result: Draft | Done | Beaten) -> Screen:
    """Whatever comes next in the queue."""
    match result:
        case Draft():
            return draft(result)
        case Done():
            return done(result)
        case Beaten():
            return beaten(result)


def draft(result: Draft) -> Screen:
    """One draft with its source, what was found in it, and the decisions."""
    row = result.row
    lines = [
        text("approving.head", bank=row.bank, waiting=result.waiting),
        display.head(row),
        *_about(result),
        "",
        display.body(row.question),
        "",
        *_source(result),
        *_findings(result),
    ]
    decide = (
        button("approving.button_approve", Approve(row.id, row.version)),
        button("approving.button_edit", EditQuestion(row.id, row.version)),
        button("approving.button_return", AskReason(row.id, row.version)),
    )
    further = (
        button("approving.button_next", Review(row.bank_id, row.id)),
        button("approving.button_bulk", LookAtSample(row.bank_id, 0, 0)),
    )
    others = (
        button("approving.button_history", ShowHistory(row.id)),
        button("approving.button_bank", ShowBank(row.bank_id)),
    )
    return Screen("\n".join(lines), (decide, further, others))


def _about(result: Draft) -> Iterator[Markup]:
    if result.author is not None:
        yield text("approving.author", author=result.author)
    if result.returned_for:
        yield text("approving.returned_for", reason=result.returned_for)
    notice = display.alert(result.row)
    if notice is not None:
        yield notice


def _source(result: Draft) -> Iterator[Markup]:
    cite, source = result.row.question.citation, result.source
    section = " / ".join(cite.section)
    yield text("card.source", title=source.title, section=section)
    if source.before or source.after:
        yield text("approving.passage", before=source.before, quote=cite.quote, after=source.after)


def _findings(result: Draft) -> Iterator[Markup]:
    if not result.findings:
        yield text("approving.clean")
    for said in display.findings(result.findings):
        yield text("approving.finding", finding=said)
    for twin in result.twins:
        yield text("approving.twin", stem=display.short(twin.question, 60))


def reasons(result: QuestionRow | Beaten) -> Screen:
    """Why does it go back?"""
    if isinstance(result, Beaten):
        return beaten(result)
    said = text("approving.ask_reason", stem=display.short(result.question, 60))
    buttons = [
        button(f"approving.reason_{reason}", Return(result.id, result.version, reason))
        for reason in REASONS
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (button("common.button_back", Review(result.bank_id, result.id - 1)),)
    return Screen(said, (*rows, back))


def reason_words(code: str) -> str:
    """A common reason in words."""
    return label(f"approving.reason_{code}")


def to_author(result: Returned) -> Screen:
    """What the author of a returned draft hears."""
    row = result.row
    said = text(
        "approving.to_author", bank=row.bank, stem=display.short(row.question, 80),
        reason=result.reason,
    )  # fmt: skip
    edit = button("approving.button_edit", EditQuestion(row.id, row.version))
    return Screen(said, ((edit, button("approving.button_look", ShowQuestion(row.id))),))


def done(result: Done) -> Screen:
    """Nothing waits behind the last one."""
    if not result.left:
        return Screen(text("approving.done", bank=result.bank.name), _ways(result.bank))
    again = button("approving.button_again", Review(result.bank.id, 0))
    said = text("approving.passed_over", bank=result.bank.name, left=result.left)
    return Screen(said, ((again,), *_ways(result.bank)))


def beaten(result: Beaten) -> Screen:
    """Somebody was first."""
    row = result.row
    act = text(f"approving.act_{(result.action or 'question.edit').rpartition('.')[2]}")
    who = result.who or label("approving.nobody")
    said = [text("approving.beaten", who=who, act=act), "", display.head(row)]
    lines = [*said, display.body(row.question)]
    rows = (
        (
            button("approving.button_look", ShowQuestion(row.id)),
            button("approving.button_next", Review(row.bank_id, row.id)),
        ),
    )
    return Screen("\n".join(lines), rows)


def sample(result: Sample | Done) -> Screen:
    """One of the drafts that passed every check; the last of them offers to publish all."""
    if isinstance(result, Done):
        said = text("approving.none_clean", bank=result.bank.name)
        one_by_one = button("approving.button_again", Review(result.bank.id, 0))
        return Screen(said, ((one_by_one,), *_ways(result.bank)))
    bank, at = result.bank, result.place
    head = text(
        "approving.sample", bank=bank.name, count=result.count, place=at + 1, size=result.size
    )
    lines = [head, "", display.body(result.row.question, result.title)]
    rows: list[Row] = []
    edit = button("approving.button_edit", EditQuestion(result.row.id, result.row.version))
    if at + 1 < result.size:
        turn = LookAtSample(bank.id, result.upto, at + 1)
        rows.append((button("approving.button_sample_next", turn), edit))
    else:
        publish = ApproveAll(bank.id, result.upto)
        rows.append((button("approving.button_publish", publish, count=result.count),))
        rows.append((edit,))
    rows.append((button("common.button_back", Review(bank.id, 0)),))
    return Screen("\n".join(lines), tuple(rows))


def published(result: Published) -> Screen:
    """How many were published in bulk."""
    name = "published" if result.count else "published_none"
    said = text(f"approving.{name}", bank=result.bank.name, count=result.count, left=result.left)
    again = button("approving.button_again", Review(result.bank.id, 0))
    return Screen(said, (((again,),) if result.left else ()) + _ways(result.bank))


def _ways(bank: BankRow) -> tuple[Row, ...]:
    return ((button("approving.button_bank", ShowBank(bank.id)),),)
