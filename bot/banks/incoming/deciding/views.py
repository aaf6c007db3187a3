"""Screens around the card: banks to choose from, questions to look at, the result."""

from __future__ import annotations

from bot.banks import taps as doors
from bot.banks.display import body, kind_name
from bot.banks.incoming.deciding.importing import Brought, Plan
from bot.banks.incoming.deciding.service import BankChoice, Page
from bot.banks.incoming.taps import AskUndo, ChooseBank, NameBank, Preview, SetBank, ShowCard
from bot.banks.incoming.views import fault_names
from bot.callbacks import pack
from bot.keyboards import Row, button, page_count, pager
from bot.screen import Button, Screen
from bot.texts import Markup, text
from storage.states import UploadId

BANKS_A_PAGE = 6
LONGEST_LABEL = 30


def choose(choice: BankChoice) -> Screen:
    """The banks in use, a page at a time; a page too far is the last one."""
    pages = page_count(len(choice.banks), BANKS_A_PAGE)
    page, upload = min(choice.page, pages - 1), choice.upload_id
    some = choice.banks[page * BANKS_A_PAGE : (page + 1) * BANKS_A_PAGE]
    rows: list[Row] = [(Button(bank.name, pack(SetBank(upload, bank.id))),) for bank in some]
    rows += pager(page, pages, lambda number: ChooseBank(upload, number))
    if choice.new_name is not None:
        name = choice.new_name[:LONGEST_LABEL]
        rows.append((button("incoming.button_new", SetBank(upload, 0), name=name),))
    typed = button("incoming.button_type_name", NameBank(upload))
    back = button("common.button_back", ShowCard(upload))
    said = text("incoming.choose_bank", page=page + 1, pages=pages)
    return Screen(said, (*rows, (typed, back)))


def ask_name(upload: UploadId) -> Screen:
    """A bank's name is to be typed."""
    back = button("common.button_back", ShowCard(upload))
    return Screen(text("incoming.ask_name"), ((back,),))


def ask_title(upload: UploadId) -> Screen:
    """A document's title is to be typed."""
    back = button("common.button_back", ShowCard(upload))
    return Screen(text("incoming.ask_title"), ((back,),))


def preview(page: Page) -> Screen:
    """One question as it would be."""
    head = text(
        "incoming.preview",
        at=page.at + 1,
        total=page.total,
        kind=kind_name(page.question.kind),
    )
    lines = [head, body(page.question, page.title)]
    if page.findings:
        lines.append(text("incoming.preview_faults", faults=fault_names(page.findings)))
    back = button("common.button_back", ShowCard(page.upload_id))
    turns = _turns(page)
    return Screen(Markup("\n\n".join(lines)), (*((turns,) if turns else ()), (back,)))


def _turns(page: Page) -> tuple[Button, ...]:
    steps = [
        ("incoming.button_back_ten", -10),
        ("incoming.button_previous", -1),
        ("incoming.button_next", 1),
        ("incoming.button_on_ten", 10),
    ]
    return tuple(
        button(key, Preview(page.upload_id, page.at + by))
        for key, by in steps
        if 0 <= page.at + by < page.total
    )


def importing(planned: Plan) -> Screen:
    """A large import is under way."""
    return Screen(text("incoming.step_import", name=planned.card.name, count=planned.size))


def brought(done: Brought) -> Screen:
    """What an import did, and where to go on."""
    key = "incoming.brought_document" if done.is_document else "incoming.brought"
    more = text("incoming.brought_more", changed=done.changed) if done.changed else ""
    lines = [text(key, bank=done.bank, added=done.added, more=more)]
    drafts = done.added + done.changed - done.published
    if done.published:
        lines.append(text("incoming.brought_published", published=done.published, drafts=drafts))
    elif drafts:
        lines.append(text("incoming.brought_drafts"))
    if done.flagged:
        lines.append(text("incoming.brought_flagged", flagged=done.flagged))
    if done.may_undo and drafts + done.published:
        lines.append(text("incoming.brought_undo"))
    return Screen(Markup("\n".join(lines)), _onward(done, drafts))


def _onward(done: Brought, drafts: int) -> tuple[tuple[Button, ...], ...]:
    first = [button("incoming.button_bank", doors.ShowBank(done.bank_id))]
    if drafts:
        first.insert(0, button("incoming.button_review", doors.Review(done.bank_id, 0)))
    rows = [tuple(first)]
    if done.flagged:
        rows.append((button("incoming.button_alerts", doors.ShowAlerts(done.bank_id, 0)),))
    if done.may_undo and drafts + done.published:
        rows.append((button("incoming.button_undo", AskUndo(done.import_id)),))
    return tuple(rows)
