"""What can go wrong with what is brought, each with the sentence they read.

BotError
├── UploadGone     the file was imported, dropped or forgotten
├── StillReading   the file is being read just now
├── TooManyFiles   one person has too many files waiting
├── TooMuchText    more was pasted than a chat is good for
├── NoText         nothing was pasted yet
├── NameRefused    not a name a bank or a document can have
├── BankGone       the chosen bank is gone or retired
├── BankMoved      somebody brought something into the bank just now
├── NothingLeft    nothing in the file that could be imported
└── UndoTooLate    an import is taken back within a day only
"""

from __future__ import annotations

from bot.errors import BotError


class UploadGone(BotError):
    """The file was imported, dropped or forgotten."""

    text_key = "incoming.upload_gone"


class StillReading(BotError):
    """The file is being read just now."""

    text_key = "incoming.still_reading"


class TooManyFiles(BotError):
    """One person has too many files waiting."""

    text_key = "incoming.too_many_files"


class TooMuchText(BotError):
    """More was pasted than a chat is good for."""

    text_key = "incoming.too_much_text"


class NoText(BotError):
    """Nothing was pasted yet."""

    text_key = "incoming.no_text"


class NameRefused(BotError):
    """Not a name a bank or a document can have."""

    text_key = "incoming.name_refused"


class BankGone(BotError):
    """The chosen bank is gone or retired."""

    text_key = "incoming.bank_gone"


class BankMoved(BotError):
    """Somebody brought something into the bank since the import was thought out."""

    text_key = "incoming.bank_moved"


class NothingLeft(BotError):
    """Nothing in the file that could be imported."""

    text_key = "incoming.nothing_left"


class UndoTooLate(BotError):
    """An import is taken back within a day only."""

    text_key = "incoming.undo_too_late"
