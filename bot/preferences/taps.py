"""Buttons of wishes and leave; each carries the state it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap

NO_TIME = 1440  # minutes after midnight that no clock shows: the wish is taken back


@dataclass(frozen=True, slots=True)
class Snooze(Tap):
    """10分钟后: bring a round once more."""

    VERB: ClassVar[str] = "pz"
    round_id: int


@dataclass(frozen=True, slots=True)
class LeaveToday(Tap):
    """今天请假, on the card of a day's round."""

    VERB: ClassVar[str] = "pl"
    round_id: int


@dataclass(frozen=True, slots=True)
class CancelLeave(Tap):
    """Take a leave back, or end it with the day before."""

    VERB: ClassVar[str] = "pc"
    leave_id: int


@dataclass(frozen=True, slots=True)
class ShowSettings(Tap):
    """The settings card."""

    VERB: ClassVar[str] = "ps"


@dataclass(frozen=True, slots=True)
class AskLeave(Tap):
    """Ask for the days of the own leave."""

    VERB: ClassVar[str] = "pa"


@dataclass(frozen=True, slots=True)
class AskPush(Tap):
    """Offer push times to choose from."""

    VERB: ClassVar[str] = "pt"


@dataclass(frozen=True, slots=True)
class SetPush(Tap):
    """Be pushed to at so many minutes after midnight; NO_TIME: when the plan says."""

    VERB: ClassVar[str] = "pp"
    minutes: int


@dataclass(frozen=True, slots=True)
class AskQuiet(Tap):
    """Offer quiet hours to choose from."""

    VERB: ClassVar[str] = "pq"


@dataclass(frozen=True, slots=True)
class SetQuiet(Tap):
    """Be left alone between two times, in minutes after midnight; NO_TIME: never."""

    VERB: ClassVar[str] = "ph"
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Mute(Tap):
    """本周不再提醒 (1), or reminders again (0); on the settings card or on a reminder."""

    VERB: ClassVar[str] = "pm"
    wanted: int
    is_card: int


@dataclass(frozen=True, slots=True)
class AskGrant(Tap):
    """Ask for the days of somebody else's leave."""

    VERB: ClassVar[str] = "pg"
    person_id: int
