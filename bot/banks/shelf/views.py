"""Screens of the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.banks import display
from bot.banks.shelf.browsing import A_PAGE, FACETS, Choices, Listing
from bot.banks.shelf.service import Act, BankCard, Gone, InUse, QuestionCard, Shelf
from bot.banks.shelf.taps import (
    AskDelete,
    AskMoveBank,
    Browse,
    ChooseFacet,
    ChooseFormat,
    Export,
    Move,
    MoveBank,
    Narrow,
)
from bot.banks.taps import (
    EditQuestion,
    Review,
    ShowAlerts,
    ShowBank,
    ShowBanks,
    ShowHistory,
    ShowImports,
    ShowObjections,
    ShowQuestion,
)
from bot.callbacks import pack
from bot.keyboards import Row, button, page_count, pager
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from questions.formats import FORMATS
from questions.models import Kind
from storage.repositories.banks import BankRow
from storage.states import QuestionStatus

MOST_BANKS = 40  # buttons a message takes well


def banks(result: Shelf) -> Screen:
    """Every bank with what it holds."""
    if not result.banks:
        return Screen(text("shelf.none"))
    lines = [text("shelf.banks", count=len(result.banks)), *map(_bank_line, result.banks)]
    shown = result.banks[-MOST_BANKS:]
    rows = list(_rows([Button(bank.name, pack(ShowBank(bank.id))) for bank in shown], 2))
    if result.objections:
        objections = button("shelf.button_objections", ShowObjections(0), count=result.objections)
        rows.append((objections,))
    return Screen("\n".join(lines), tuple(rows))


def _bank_line(bank: BankRow) -> Markup:
    name = "bank_line_retired" if bank.retired_at is not None else "bank_line"
    waiting = text("shelf.waiting", drafts=bank.drafts) if bank.drafts else ""
    return text(f"shelf.{name}", name=bank.name, published=bank.published, waiting=waiting)


def bank(result: BankCard) -> Screen:
    """One bank and its doors."""
    row = result.bank
    name = "bank_retired" if row.retired_at is not None else "bank"
    lines = [text(f"shelf.{name}", name=row.name), *_counts(result)]
    return Screen("\n".join(lines), tuple(_doors(result)))


def _counts(result: BankCard) -> Iterator[Markup]:
    for status in QuestionStatus:
        if count := result.by_status.get(status, 0):
            yield text("shelf.count", name=text(f"card.status_{status}"), count=count)
    if result.by_kind:
        kinds = "、".join(
            f"{display.kind_name(kind)} {result.by_kind[kind]}"
            for kind in Kind
            if kind in result.by_kind
        )
        yield text("shelf.kinds", kinds=kinds)
    if result.laws:
        yield text("shelf.laws", count=result.laws)
    if result.owner is not None:
        yield text("shelf.owner", owner=result.owner)
    if result.lapsed:
        yield text("shelf.lapsed", count=result.lapsed)
    if result.alerts:
        yield text("shelf.alerts", count=result.alerts)


def _doors(result: BankCard) -> Iterator[Row]:
    row = result.bank
    review = button("shelf.button_review", Review(row.id, 0), count=row.drafts)
    browse = button("shelf.button_browse", Browse(row.id, 0))
    yield (review, browse) if row.drafts else (browse,)
    if result.alerts:
        yield (button("shelf.button_alerts", ShowAlerts(row.id, 0), count=result.alerts),)
    if result.is_admin:
        yield (
            button("shelf.button_export", ChooseFormat(row.id)),
            button("shelf.button_imports", ShowImports(row.id)),
        )
        name = "restore_bank" if row.retired_at is not None else "retire_bank"
        yield (button(f"shelf.button_{name}", AskMoveBank(row.id)),)
    yield (button("shelf.button_banks", ShowBanks()),)


def ask_move_bank(row: BankRow) -> Screen:
    """Really?"""
    is_retired = row.retired_at is not None
    name = "ask_restore_bank" if is_retired else "ask_retire_bank"
    said = text(f"shelf.{name}", name=row.name, count=row.published)
    sure = "button_restore_bank" if is_retired else "button_retire_bank"
    yes = button(f"shelf.{sure}", MoveBank(row.id, int(not is_retired)))
    return Screen(said, ((yes, button("common.button_back", ShowBank(row.id))),))


def listing(result: Listing) -> Screen:
    """A page of questions, each a button with its number."""
    pages = page_count(result.total, A_PAGE)
    head = text(
        "shelf.listing",
        name=result.bank.name,
        total=result.total,
        page=result.page + 1,
        pages=pages,
    )
    lines = [head, *_narrowed(result)]
    for place, row in enumerate(result.rows, start=1):
        lines.append(
            text(
                "shelf.question_line",
                number=place,
                kind=display.kind_name(row.question.kind),
                status=text(f"card.status_{row.status}"),
                stem=display.short(row.question, 50),
            )
        )
    lines.append(text("shelf.search_hint" if result.rows else "shelf.nothing_found"))
    numbers = [
        Button(str(place), pack(ShowQuestion(row.id)))
        for place, row in enumerate(result.rows, start=1)
    ]
    facets = [button(f"shelf.button_{f}", ChooseFacet(result.bank.id, f)) for f in FACETS]
    rows = (
        *_rows(numbers, 4),
        *pager(result.page, pages, lambda page: Browse(result.bank.id, page)),
        tuple(facets),
        (button("shelf.button_bank", ShowBank(result.bank.id)),),
    )
    return Screen("\n".join(lines), rows)


def _narrowed(result: Listing) -> Iterator[Markup]:
    wanted = result.wanted
    parts = [
        value_name(facet, getattr(wanted, facet)) for facet in FACETS if getattr(wanted, facet)
    ]
    if wanted.words:
        parts.append(label("shelf.words", words=wanted.words))
    if parts:
        yield text("shelf.narrowed", parts=" · ".join(parts))


def value_name(facet: str, value: str) -> str:
    """A facet's value as people call it."""
    return label(f"card.{facet}_{value}") if facet in ("status", "kind") else value


def choices(result: Choices) -> Screen:
    """What shall the list be narrowed to?"""
    bank_id = result.bank.id
    name = "choose" if result.values else "choose_none"
    said = text(f"shelf.{name}", facet=label(f"shelf.button_{result.facet}"))
    buttons = [
        Button(
            f"{value_name(result.facet, value)[:24]} {count}",
            pack(Narrow(bank_id, result.facet, place)),
        )
        for place, (value, count) in enumerate(result.values, start=1)
    ]
    rows = _rows(buttons, 1 if result.facet == "law" else 2)
    lift = button("shelf.button_lift", Narrow(bank_id, result.facet, 0))
    return Screen(said, (*rows, (lift, button("common.button_back", Browse(bank_id, 0)))))


def question(result: QuestionCard | Gone | InUse) -> Screen:
    """A question and what can be done to it."""
    if isinstance(result, Gone):
        back = (button("shelf.button_browse", Browse(result.bank.id, 0)),)
        return Screen(text("shelf.deleted"), (back,))
    row = result.row
    if isinstance(result, InUse):
        back = (button("common.button_back", ShowQuestion(row.id)),)
        return Screen(text("shelf.in_use"), (back,))
    lines = [text("shelf.of_bank", bank=row.bank), display.head(row)]
    notice = display.alert(row)
    lines += [notice] if notice is not None else []
    lines += [display.body(row.question, result.title), Markup("")]
    lines += [text("shelf.finding", finding=said) for said in display.findings(result.findings)]
    if result.objections:
        lines.append(text("shelf.objections", count=result.objections))
    return Screen("\n".join(lines).rstrip(), tuple(_ways(result)))


def _ways(result: QuestionCard) -> Iterator[Row]:
    row = result.row
    edit = button("shelf.button_edit", EditQuestion(row.id, row.version))
    acts = {
        QuestionStatus.DRAFT: button("shelf.button_approve", Review(row.bank_id, row.id - 1)),
        QuestionStatus.PUBLISHED: button(
            "shelf.button_retire", Move(row.id, row.version, Act.RETIRE)
        ),
        QuestionStatus.RETIRED: button(
            "shelf.button_restore", Move(row.id, row.version, Act.RESTORE)
        ),
    }
    act = acts.get(row.status)
    yield (edit, act) if act is not None else (edit,)
    history = button("shelf.button_history", ShowHistory(row.id))
    if row.status in (QuestionStatus.DRAFT, QuestionStatus.RETURNED):
        yield (history, button("shelf.button_delete", AskDelete(row.id, row.version)))
    else:
        yield (history,)
    if result.objections:
        yield (button("shelf.button_objections", ShowObjections(0), count=result.objections),)
    yield (button("shelf.button_list", Browse(row.bank_id, 0)),)


def ask_delete(result: QuestionCard) -> Screen:
    """Really?"""
    row = result.row
    said = text("shelf.ask_delete", stem=display.short(row.question, 80))
    yes = button("shelf.button_delete", Move(row.id, row.version, Act.DELETE))
    return Screen(said, ((yes, button("common.button_back", ShowQuestion(row.id))),))


def formats(row: BankRow) -> Screen:
    """In which form?"""
    buttons = [
        Button(each.label, pack(Export(row.id, place, 0)))
        for place, each in enumerate(FORMATS.values())
    ]
    back = (button("common.button_back", ShowBank(row.id)),)
    said = text("shelf.choose_format", name=row.name, count=row.published)
    return Screen(said, (*_rows(buttons, 2), back))


def losses(row: BankRow, place: int, said: Sequence[str]) -> Screen:
    """What this form can't carry, before anything is written."""
    name = list(FORMATS.values())[place].label
    lines = "\n".join(text("shelf.loss", loss=loss) for loss in said)
    go_on = button("shelf.button_export_sure", Export(row.id, place, 1))
    back = button("common.button_back", ChooseFormat(row.id))
    return Screen(text("shelf.losses", format=name, lines=Markup(lines)), ((go_on, back),))


def exported(row: BankRow, count: int) -> str:
    """What stands under the file."""
    return text("shelf.exported", name=row.name, count=count)


def nothing_to_export(row: BankRow) -> Screen:
    """The format can hold none of these questions, or there are none."""
    back = button("common.button_back", ChooseFormat(row.id))
    return Screen(text("shelf.nothing_to_export", name=row.name), ((back,),))


def _rows(buttons: Iterable[Button], width: int) -> tuple[Row, ...]:
    every = list(buttons)
    return tuple(tuple(every[at : at + width]) for at in range(0, len(every), width))
