"""The states rows can be in; the stored text is the value."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
DepartmentId = NewType("DepartmentId", int)
BankId = NewType("BankId", int)
VersionId = NewType("VersionId", int)
PlanId = NewType("PlanId", int)
RoundId = NewType("RoundId", int)
DeliveryId = NewType("DeliveryId", int)
SittingId = NewType("SittingId", int)


class Role(StrEnum):
    """What a person may do; each role may all that the one before may."""

    STAFF = "staff"
    TRAINER = "trainer"
    ADMIN = "admin"


class QuestionStatus(StrEnum):
    """A question's way from draft to retirement; only published ones reach staff."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class DeliveryKind(StrEnum):
    """What a delivery brings: the round itself, or the one reminder."""

    ROUND = "round"
    REMINDER = "reminder"


class DeliveryState(StrEnum):
    """pending → sending → sent | retry | failed | unknown.

    `sending` is written before the request leaves. A crash or time-out after that point leaves
    `unknown`, which is never sent again by itself.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Mode(StrEnum):
    """Why a person is answering."""

    DAILY = "daily"
