"""Buttons on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class TurnJoin(Tap):
    """Another page of departments to join."""

    VERB: ClassVar[str] = "jp"
    page: int


@dataclass(frozen=True, slots=True)
class JoinDepartment(Tap):
    """Join this department."""

    VERB: ClassVar[str] = "jd"
    department: int


@dataclass(frozen=True, slots=True)
class ConfirmJoin(Tap):
    """Yes to the name that came in update `asked`."""

    VERB: ClassVar[str] = "jc"
    asked: int


@dataclass(frozen=True, slots=True)
class ChangeName(Tap):
    """No to the name that came in update `asked`: ask again."""

    VERB: ClassVar[str] = "jn"
    asked: int
