"""Buttons of making invites; none carries a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class InviteTo(Tap):
    """A page of departments to invite someone into."""

    VERB: ClassVar[str] = "wil"
    page: int


@dataclass(frozen=True, slots=True)
class ChooseReach(Tap):
    """One person or the whole department?"""

    VERB: ClassVar[str] = "wik"
    department: int


@dataclass(frozen=True, slots=True)
class MakeInvite(Tap):
    """Make an invite that reaches `one` person or `many`."""

    VERB: ClassVar[str] = "win"
    department: int
    reach: str


@dataclass(frozen=True, slots=True)
class EndInvite(Tap):
    """Let nobody join by an invite any more."""

    VERB: ClassVar[str] = "wix"
    invite: int
