"""What can't be done with the law registry, each with the text the person reads."""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import BotError


class BadTable(BotError):
    """A table's rows contradict each other or the registry; the message says how."""

    text_key = "currency.bad_table"

    @property
    def values(self) -> Mapping[str, object]:
        """What the text names."""
        return {"reason": str(self)}


class StillNeeded(BadTable):
    """Without the row others would hang in the air; the message says which."""

    text_key = "currency.still_needed"
