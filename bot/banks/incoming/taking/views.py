"""Screens while something is being sent."""

from __future__ import annotations

from bot.banks.incoming.taking.service import Pasted
from bot.banks.incoming.taps import DropText, FinishText
from bot.keyboards import button
from bot.screen import Button, Screen
from bot.texts import text


def staff() -> Screen:
    """Thanks, but not here."""
    return Screen(text("incoming.staff"))


def not_a_file() -> Screen:
    """What may be sent instead of a picture."""
    return Screen(text("incoming.not_a_file"))


def too_large(name: str) -> Screen:
    """A file over the limit, and the remedy."""
    return Screen(text("incoming.refused", name=name, words=text("incoming.too_large")))


def taken_before() -> Screen:
    """The server sent an update twice."""
    return Screen(text("incoming.taken_before"))


def ask_text(*, is_document: bool) -> Screen:
    """A file or text is waited for."""
    key = "incoming.ask_text_document" if is_document else "incoming.ask_text_bank"
    return Screen(text(key), ((_cancel(),),))


def pieces(pasted: Pasted) -> Screen:
    """How much has come, with the button to finish."""
    said = text("incoming.pieces", pieces=pasted.pieces, chars=f"{pasted.chars:,}")
    return Screen(said, ((button("incoming.button_finish", FinishText()), _cancel()),))


def former_pieces(pasted: Pasted) -> Screen:
    """The message before, whose buttons have moved down."""
    return Screen(text("incoming.pieces_former", pieces=pasted.pieces - 1))


def text_dropped() -> Screen:
    """The text is forgotten."""
    return Screen(text("incoming.text_dropped"))


def _cancel() -> Button:
    return button("incoming.button_cancel", DropText())
