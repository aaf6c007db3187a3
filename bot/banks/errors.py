"""What can't be done with a question or a bank, each with the text the person reads."""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import BotError


class OwnVersion(BotError):
    """Two-person approval: whoever wrote a version doesn't approve it."""

    text_key = "approving.own_version"


class VoidedVersion(BotError):
    """What was voided is not asked again as it stands."""

    text_key = "shelf.voided_version"


class BadEdit(BotError):
    """What was typed can't stand; the message says what to mend."""

    text_key = "editing.bad"

    @property
    def values(self) -> Mapping[str, object]:
        """What the text names."""
        return {"reason": str(self)}
