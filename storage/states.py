"""The states rows can be in; the stored text is the value."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
DepartmentId = NewType("DepartmentId", int)
BankId = NewType("BankId", int)
QuestionRowId = NewType("QuestionRowId", int)
VersionId = NewType("VersionId", int)
ImportId = NewType("ImportId", int)
UploadId = NewType("UploadId", int)
ObjectionId = NewType("ObjectionId", int)
PlanId = NewType("PlanId", int)
RoundId = NewType("RoundId", int)
DeliveryId = NewType("DeliveryId", int)
SittingId = NewType("SittingId", int)
GroupId = NewType("GroupId", int)
PollId = NewType("PollId", int)
LeaveId = NewType("LeaveId", int)
LedgerId = NewType("LedgerId", int)


class Role(StrEnum):
    """What a person may do; each role may all that the one before may."""

    STAFF = "staff"
    TRAINER = "trainer"
    ADMIN = "admin"


class QuestionStatus(StrEnum):
    """A question's way from draft to retirement; only published ones reach staff.

    A returned draft went back to its author with a reason; editing it makes it a draft again.
    """

    DRAFT = "draft"
    RETURNED = "returned"
    PUBLISHED = "published"
    RETIRED = "retired"


class ImportSource(StrEnum):
    """How questions were brought."""

    FILE = "file"
    DOCUMENT = "document"
    COMMAND = "command"


class Alert(StrEnum):
    """Why a question's owners should look at it."""

    LAPSED = "lapsed"  # its law is no longer in force
    LAW_CHANGED = "law_changed"  # a new text of its law says otherwise
    SOURCE_CHANGED = "source_changed"  # its document came again and no longer says so
    WEAK = "weak"  # its answers say that it does not tell who knows; not pushed meanwhile


class DeliveryKind(StrEnum):
    """What a delivery brings: the round, the one reminder, or the round once more, later."""

    ROUND = "round"
    REMINDER = "reminder"
    LATER = "later"


class DeliveryState(StrEnum):
    """pending → sending → sent | retry | failed | unknown; skipped: on leave, or unreachable.

    `sending` is written before the request leaves. A crash or time-out after that point leaves
    `unknown`, which is never sent again by itself.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Mode(StrEnum):
    """Why a person is answering."""

    DAILY = "daily"
