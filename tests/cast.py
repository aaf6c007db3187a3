"""The one cast of people and questions for all tests.

小安 is staff, 小白 a trainer, 小程 an admin, 路人 a stranger who has not joined.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from questions.models import (
    JUDGE_OPTIONS,
    Bank,
    Citation,
    DocumentId,
    DocumentInfo,
    Kind,
    Question,
    QuestionId,
)
from storage.states import DepartmentId, PersonId, PlanId, QuestionStatus, Role
from storage.unit import Unit

XIAOAN, XIAOBAI, XIAOCHENG, STRANGER = 1001, 1002, 1003, 1999
MONDAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
DOCUMENT = DocumentInfo(
    DocumentId("doc-1"), "某厅2025年法治建设情况报告", "某厅", 2025, "0" * 64, 999
)


def a_question(name: str = "q1", **changes: Any) -> Question:
    """A single choice whose key is option 1, unless changed."""
    number = sum(name.encode()) % 900
    quote = f"全年办理案件{number}件（{name}）"
    question = Question(
        id=QuestionId(name),
        kind=Kind.SINGLE,
        stem=f"2025年，某厅办理的案件（{name}）有多少件？",
        options=(f"{number + 11}件", f"{number}件", f"{number + 23}件", f"{number + 37}件"),
        key=(1,),
        answers=(),
        explanation=f"答案：{number}件。\n依据：一、执法\n“{quote}”",
        citation=Citation(
            DOCUMENT.id, number * 100, number * 100 + len(quote), quote, ("一、执法",)
        ),
        fact={"kind": "figure", "value": str(number), "unit": "件"},
        tags=("执法",),
    )
    return replace(question, **changes)


def a_multiple(name: str = "m1", **changes: Any) -> Question:
    """A multiple choice with keys 0 and 2."""
    return a_question(
        name,
        **{
            "kind": Kind.MULTIPLE,
            "stem": f"下列哪些文件（{name}）由某厅印发？",
            "options": tuple(f"《{name}{part}办法》" for part in "甲乙丙丁"),
            "key": (0, 2),
            "fact": {"kind": "title"},
            **changes,
        },
    )


def a_judge(name: str = "j1", **changes: Any) -> Question:
    """A judge question that is true."""
    stem = f"2025年，某厅全面完成了{name}任务。"
    return a_question(
        name,
        **{"kind": Kind.JUDGE, "stem": stem, "options": JUDGE_OPTIONS, "key": (0,), **changes},
    )


def a_blank(name: str = "b1", **changes: Any) -> Question:
    """A blank answered by 1.91 (亿元)."""
    return a_question(
        name,
        **{
            "kind": Kind.BLANK,
            "stem": f"2025年，某厅{name}处罚金额____亿元。",
            "options": (),
            "key": (),
            "answers": ("1.91",),
            "fact": {"kind": "figure", "value": "1.91", "unit": "亿元"},
            **changes,
        },
    )


def a_bank(*questions: Question) -> Bank:
    """A bank of these questions."""
    return Bank((DOCUMENT,), questions)


@dataclass(frozen=True)
class Cast:
    """Who and what `furnish` made."""

    department: DepartmentId
    xiaoan: PersonId
    xiaobai: PersonId
    xiaocheng: PersonId
    plan: PlanId


def furnish(unit: Unit, *questions: Question, now: datetime = NINE, **plan: Any) -> Cast:
    """A department, three people, a published bank and a plan that draws from it."""
    department = unit.people.add_department("法规处", now)
    people = [
        unit.people.add(chat, name, department, role, now)
        for chat, name, role in (
            (XIAOAN, "小安", Role.STAFF),
            (XIAOBAI, "小白", Role.TRAINER),
            (XIAOCHENG, "小程", Role.ADMIN),
        )
    ]
    bank = unit.banks.add("题库", now)
    asked = questions or tuple(a_question(f"q{i}") for i in range(1, 8))
    unit.editions.put(bank, a_bank(*asked), QuestionStatus.PUBLISHED, now)
    settings: dict[str, Any] = {
        "days": "workdays",
        "at": time(8, 45),
        "timezone": "Asia/Shanghai",
        "question_count": 3,
        "catch_up_days": 3,
        "starts_on": MONDAY,
        "now": now,
        **plan,
    }
    plan_id = unit.plans.add("每日学法", **settings)
    unit.plans.link_bank(plan_id, bank)
    return Cast(department, *people, plan_id)
