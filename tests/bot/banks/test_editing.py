"""A part of a question is typed anew; every edit is a version, and none overwrites another."""

from __future__ import annotations

from typing import Any

import pytest

from bot.banks.editing import parts, service
from bot.banks.editing.parts import Part
from bot.banks.editing.service import Edited, Overtaken
from bot.banks.errors import BadEdit
from bot.errors import NotAllowed, StaleTap
from questions.models import Question
from storage.database import Database
from storage.states import QuestionStatus
from storage.unit import Unit
from tests.bot.banks.keeping import keep, named
from tests.cast import NINE, XIAOAN, XIAOBAI, a_blank, a_judge, a_multiple, a_question

GOOD = (a_question("q"), a_multiple("m"), a_judge("j"), a_blank("b"))


@pytest.mark.parametrize("question", GOOD, ids=lambda question: question.kind)
def test_what_is_shown_to_be_edited_can_be_sent_back_as_it_is(question: Question) -> None:
    for part in parts.parts_of(question):
        assert parts.edited(question, part, parts.current(question, part)) == question


@pytest.mark.parametrize(
    ("question", "part", "typed", "changed"),
    [
        (a_question(), Part.KEY, "答".replace("答", "ｃ"), {"key": (2,)}),
        (a_multiple(), Part.KEY, "a、C,d", {"key": (0, 2, 3)}),
        (a_judge(), Part.KEY, "×", {"key": (1,)}),
        (a_blank(), Part.KEY, "8 | 八\n捌", {"answers": ("8", "八", "捌")}),
        (a_question(), Part.OPTIONS, "A. 甲\nB、*乙\nC 丙", {"options": ("甲", "乙", "C 丙")}),
        (a_question(), Part.OPTIONS, "甲\n乙\n丙\n丁", {"options": ("甲", "乙", "丙", "丁")}),
        (a_multiple(), Part.OPTIONS, "*甲\n*乙\n丙", {"key": (0, 1)}),
        (a_judge(), Part.TAGS, "蓝天、执法 蓝天", {"tags": ("蓝天", "执法")}),
        (a_judge(), Part.EXPLANATION, "", {"explanation": ""}),
    ],
)  # fmt: skip
def test_a_part_is_read_in_the_forms_people_type(
    question: Any, part: Part, typed: str, changed: dict[str, object]
) -> None:
    after = parts.edited(question, part, typed)

    assert {name: getattr(after, name) for name in changed} == changed


@pytest.mark.parametrize(
    ("question", "part", "typed", "reason"),
    [
        (a_question(), Part.STEM, "  ", "没有题干"),
        (a_question(), Part.KEY, "AB", "只能有一个"),
        (a_question(), Part.KEY, "F", "超出了选项的范围"),
        (a_question(), Part.KEY, "第二个", "字母"),
        (a_judge(), Part.KEY, "也许", "“对”或“错”"),
        (a_blank(), Part.KEY, " | ", "没有答案"),
        (a_question(), Part.OPTIONS, "甲\n乙", "个数变了"),
        (a_question(), Part.OPTIONS, "甲\n甲\n*乙", "相同"),
        (a_question(), Part.STEM, "长" * 3000, "合计超过"),
    ],
)
def test_what_can_not_stand_is_refused_with_what_to_mend(
    question: Any, part: Part, typed: str, reason: str
) -> None:
    with pytest.raises(BadEdit, match=reason):
        parts.edited(question, part, typed)


def edit(unit: Unit, typed: str, version: int, **given: Any) -> Edited | Overtaken:
    settings: dict[str, Any] = {"update_id": 1, "is_two_person": False, "now": NINE, **given}
    question = named(unit, "a").id
    return service.edit(unit, XIAOBAI, question, version, Part.STEM, typed, **settings)


async def test_an_edit_is_a_version_by_its_author_and_a_repeat_changes_nothing(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        cast, _ = keep(unit, a_question("a"))
        for _ in range(2):
            done = edit(unit, "新题干（未闭合？", 1)
            assert (done.row.version, done.row.question.stem) == (2, "新题干（未闭合？")
        assert (done.row.author_id, done.row.findings) == (cast.xiaobai, ("broken",))
        same = edit(unit, "新题干（未闭合？", 2, update_id=2)
        assert isinstance(same, Edited)
        assert same.is_same
        history = service.show_history(unit, XIAOBAI, done.row.id, 0)
        assert [(e.version.number, e.author, e.parts) for e in history.entries] == [
            (2, "小白", ("stem",)),
            (1, None, ()),
        ]
        assert [act.action for act in history.acts] == ["question.edit"]

    await database.run(work)


async def test_an_edit_that_comes_second_is_given_back_not_written(database: Database) -> None:
    def work(unit: Unit) -> Edited | Overtaken:
        keep(unit, a_question("a"))
        edit(unit, "先到的题干？", 1)
        return edit(unit, "后到的题干？", 1, update_id=2)

    late = await database.run(work)

    assert isinstance(late, Overtaken)
    assert (late.typed, late.row.question.stem) == ("后到的题干？", "先到的题干？")


@pytest.mark.parametrize(
    ("before", "is_two_person", "after"),
    [
        (QuestionStatus.RETURNED, False, QuestionStatus.DRAFT),
        (QuestionStatus.PUBLISHED, False, QuestionStatus.PUBLISHED),
        (QuestionStatus.PUBLISHED, True, QuestionStatus.DRAFT),
        (QuestionStatus.RETIRED, True, QuestionStatus.RETIRED),
    ],
)
async def test_what_an_edit_does_to_the_status(
    database: Database, before: QuestionStatus, is_two_person: bool, after: QuestionStatus
) -> None:
    def work(unit: Unit) -> QuestionStatus:
        keep(unit, a_question("a"))
        unit.questions.move(named(unit, "a").id, 1, (QuestionStatus.DRAFT,), before)
        return edit(unit, "新题干？", 1, is_two_person=is_two_person).row.status

    assert await database.run(work) is after


async def test_staff_edit_nothing_and_a_part_a_kind_does_not_have_is_stale(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        keep(unit, a_judge("a"))
        question = named(unit, "a").id
        with pytest.raises(NotAllowed):
            service.show_menu(unit, XIAOAN, question, 1)
        with pytest.raises(StaleTap):
            service.ask(unit, XIAOBAI, question, 1, "options", now=NINE)
        with pytest.raises(StaleTap):
            service.show_history(unit, XIAOBAI, 999, 0)

    await database.run(work)
