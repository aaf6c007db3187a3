"""What can't be done with a plan, each with the text the person reads."""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import BotError


class NotYours(BotError):
    """The plan is another's and reaches people outside one's departments."""

    text_key = "plans.not_yours"


class PlanEnded(BotError):
    """The plan was ended for good."""

    text_key = "plans.is_ended"


class NameTaken(BotError):
    """Another plan has the name."""

    text_key = "plans.name_taken"


class Refused(BotError):
    """The change can't stand; the text says what to do instead."""

    def __init__(self, text_key: str, **values: object) -> None:
        super().__init__(text_key)
        self.text_key = text_key
        self._values = values

    @property
    def values(self) -> Mapping[str, object]:
        """What the text names."""
        return self._values
