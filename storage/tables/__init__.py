"""Every table of the house, one module a domain; `metadata` is what the migrations must create."""

from __future__ import annotations

from storage.tables.answers import answers, person_totals, sittings
from storage.tables.banks import (
    banks,
    document_texts,
    documents,
    import_questions,
    imports,
    law_rows,
    objections,
    question_tags,
    question_versions,
    questions,
    uploads,
)
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
    "document_texts",
    "documents",
    "handled_updates",
    "import_questions",
    "imports",
    "invites",
    "law_rows",
    "leases",
    "metadata",
    "objections",
    "parked_updates",
    "people",
    "person_totals",
    "plan_banks",
    "plans",
    "prompts",
    "question_tags",
    "question_versions",
    "questions",
    "round_questions",
    "rounds",
    "sittings",
    "uploads",
]
