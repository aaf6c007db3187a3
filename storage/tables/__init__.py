"""Every table of the house, one module a domain; `metadata` is what the migrations must create."""

from __future__ import annotations

from storage.tables.answers import answers, person_totals, sittings
from storage.tables.banks import banks, documents, question_versions, questions
from storage.tables.base import metadata
from storage.tables.house import audit, handled_updates, leases, parked_updates
from storage.tables.people import departments, invites, people, prompts
from storage.tables.plans import (
    calendar_days,
    deliveries,
    plan_banks,
    plans,
    round_questions,
    rounds,
)

__all__ = [
    "answers",
    "audit",
    "banks",
    "calendar_days",
    "deliveries",
    "departments",
    "documents",
    "handled_updates",
    "invites",
    "leases",
    "metadata",
    "parked_updates",
    "people",
    "person_totals",
    "plan_banks",
    "plans",
    "prompts",
    "question_versions",
    "questions",
    "round_questions",
    "rounds",
    "sittings",
]
