"""Buttons that lead from one room of the plans to another, and move a plan on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowPlans(Tap):
    """A page of the plans in use (0), or of those that are over (1)."""

    VERB: ClassVar[str] = "gl"
    page: int
    is_over: int


@dataclass(frozen=True, slots=True)
class ShowPlan(Tap):
    """One plan."""

    VERB: ClassVar[str] = "gp"
    plan_id: int


@dataclass(frozen=True, slots=True)
class ShowSection(Tap):
    """A part of a plan to be changed: when, what, who or how."""

    VERB: ClassVar[str] = "gs"
    plan_id: int
    section: str


@dataclass(frozen=True, slots=True)
class Move(Tap):
    """Start, pause or end a plan that was shown in the state `seen`."""

    VERB: ClassVar[str] = "gf"
    plan_id: int
    seen: int
    act: str


@dataclass(frozen=True, slots=True)
class AskEnd(Tap):
    """Ask whether a plan is to end for good."""

    VERB: ClassVar[str] = "gy"
    plan_id: int


@dataclass(frozen=True, slots=True)
class ShowPreview(Tap):
    """The next rounds of a plan and the questions of the first."""

    VERB: ClassVar[str] = "gv"
    plan_id: int


@dataclass(frozen=True, slots=True)
class Try(Tap):
    """Send the coming round to oneself alone."""

    VERB: ClassVar[str] = "gx"
    plan_id: int


@dataclass(frozen=True, slots=True)
class CopyPlan(Tap):
    """Make another plan like this one."""

    VERB: ClassVar[str] = "gk"
    plan_id: int


@dataclass(frozen=True, slots=True)
class AskName(Tap):
    """Make a new plan: ask for its name."""

    VERB: ClassVar[str] = "gm"


@dataclass(frozen=True, slots=True)
class Ask(Tap):
    """Change a field of a plan by the next message."""

    VERB: ClassVar[str] = "gw"
    plan_id: int
    seen: int
    field: str
