"""What can go wrong with wishes and leave, each with the sentence they read.

BotError
├── LeavePast        one's own leave can't begin in the past
├── LeaveTooLong     more days than one leave may have
├── LeaveTooFar      further away than a leave may be
├── NotYourPeople    leave for somebody of another department
├── TimeNotOffered   a push time no plan allows
└── QuietTooLong     quiet hours that leave no time to write
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import BotError


class LeavePast(BotError):
    """One's own leave can't begin in the past; a trainer may still enter it."""

    text_key = "preferences.leave_past"


class LeaveTooLong(BotError):
    """More days than one leave may have."""

    text_key = "preferences.leave_too_long"

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    @property
    def values(self) -> Mapping[str, object]:
        """The limit."""
        return {"most": self._most}


class LeaveTooFar(BotError):
    """Further away than a leave may be."""

    text_key = "preferences.leave_too_far"


class NotYourPeople(BotError):
    """Leave for somebody of a department that is not the trainer's."""

    text_key = "preferences.not_your_people"


class TimeNotOffered(BotError):
    """A push time that no plan allows."""

    text_key = "preferences.time_not_offered"


class QuietTooLong(BotError):
    """Quiet hours that leave no time to write."""

    text_key = "preferences.quiet_too_long"
