"""Which groups are asked which question, and what a quiz looks like."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.groups import service, views
from bot.groups.quiz import MAX_EXPLANATION, fits, quiz_of
from questions.models import Basis, Question
from storage.database import Database
from storage.states import DeliveryState, Role
from tests.bot.groups.house import GROUP, OTHER_GROUP, a_club, a_department
from tests.cast import NINE, a_blank, a_judge, a_multiple, a_question

SOURCE = "某厅2025年法治建设情况报告"


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("question", "is_fit"),
    [
        (a_question(stem="长" * 300), True),
        (a_question(stem="长" * 301), False),
        (a_question(stem="😀" * 151), False),
        (a_question(options=("甲" * 100, "乙")), True),
        (a_question(options=("甲" * 101, "乙")), False),
        (a_question(options=tuple(f"选{i}" for i in range(13))), False),
        (a_judge(stem="长" * 295), True),
        (a_judge(stem="长" * 296), False),  # 判断对错： comes before it
        (a_multiple(), True),
        (a_blank(), False),
    ],
)
def test_only_short_questions_with_options_fit(question: Question, is_fit: bool) -> None:
    assert fits(question) is is_fit


def test_a_quiz_follows_the_shown_order_with_its_key_ascending() -> None:
    quiz = quiz_of(a_multiple(), SOURCE, (2, 3, 0, 1))
    assert quiz.options[0] == a_multiple().options[2]
    assert (quiz.correct, quiz.has_several) == ((0, 2), True)
    poll = views.poll(quiz, NINE + timedelta(days=3), NINE)
    assert poll["correct_option_ids"] == [0, 2]
    assert (poll["is_anonymous"], poll["protect_content"]) == (False, True)
    assert poll["close_date"] == int((NINE + timedelta(days=3)).timestamp())
    for closes_at in (NINE, NINE + timedelta(days=60)):
        assert "close_date" not in views.poll(quiz, closes_at, NINE)


@pytest.mark.parametrize("length", [1, 40, 200, 5000])
@pytest.mark.parametrize("article", ["第十四条第二款", "第" * 300, None])
def test_an_explanation_names_its_source_within_the_limits(
    length: int, article: str | None
) -> None:
    question = a_question()
    cite = question.citation
    changed = a_question(
        basis=Basis("排污许可管理条例", article),
        citation=type(cite)(cite.document, 0, 9, "原" * length + "\n😀\n" * 3, ("节" * length,)),
    )
    for source in (SOURCE, SOURCE * 20):
        said = quiz_of(changed, source, range(4)).explanation
        assert units(said) <= MAX_EXPLANATION
        assert said.count("\n") <= 2
        assert said.startswith("依据：《排污许可管理条例》")
        assert f"出处：《{SOURCE[:5]}" in said


def test_a_short_explanation_quotes_the_whole_passage() -> None:
    question = a_question()
    said = quiz_of(question, SOURCE, range(4)).explanation
    assert said == f"出处：《{SOURCE}》一、执法\n原文：{question.citation.quote}"


async def states(club: Any) -> list[tuple[str, DeliveryState, str | None]]:
    found = await club.database.read(lambda unit: unit.polls.list_states(club.round_id))
    return [(poll.title, poll.state, poll.reason) for poll in found]


async def test_every_bound_group_on_the_roll_is_asked_once(database: Database) -> None:
    club = await a_club(database)

    def work(unit: Any) -> None:
        other = a_department(unit)
        unit.groups.bind(OTHER_GROUP, "办公室群", other, None, NINE)
        unit.groups.bind(-4300, "又一个群", club.cast.department, None, NINE)
        unit.groups.bind(-4400, "停了的群", club.cast.department, None, NINE)
        unit.groups.leave(-4400)

    await database.run(work)
    await club.open()
    pending = DeliveryState.PENDING
    assert await states(club) == [("法规处学法群", pending, None), ("又一个群", pending, None)]
    assert await club.run(service.add_polls, club.round_id, now=NINE) == 0
    assert len(await states(club)) == 2


async def test_people_of_another_department_bring_in_its_group(database: Database) -> None:
    club = await a_club(database)

    def work(unit: Any) -> None:
        other = a_department(unit)
        unit.people.add(1500, "小远", other, Role.STAFF, NINE)
        unit.groups.bind(OTHER_GROUP, "办公室群", other, None, NINE)

    await database.run(work)
    await club.open()
    assert len(await states(club)) == 2


async def test_a_plan_without_polls_asks_no_group(database: Database) -> None:
    club = await a_club(database, has_polls=False)
    await club.open()
    assert await states(club) == []


async def test_the_first_question_that_fits_is_the_one_asked(database: Database) -> None:
    long = [a_question(f"q{i}", stem="长" * 301) for i in (1, 2)]
    club = await a_club(database, a_question("q0"), *long)
    await club.open()
    sent = await club.send()

    def asked(unit: Any) -> Any:
        version = unit.plans.list_round_versions(club.round_id)[sent.position]
        return version, unit.banks.list_versions([version])[version]

    version, question = await database.read(asked)
    assert (question.id, version) == ("q0", sent.version_id)
    assert sent.option_order == (0, 1, 2, 3)  # figures stay ascending


async def test_where_nothing_fits_the_row_says_so(database: Database) -> None:
    club = await a_club(database, a_question("q0", stem="长" * 301), a_blank())
    await club.open()
    assert await states(club) == [("法规处学法群", DeliveryState.FAILED, "too_long")]
    assert not await database.read(lambda unit: unit.polls.is_any_due(NINE))


async def test_two_senders_never_take_the_same_poll(database: Database) -> None:
    club = await a_club(database)
    await club.open()
    until = NINE + timedelta(minutes=1)

    def claim(holder: str) -> Any:
        return lambda unit: unit.polls.claim(holder, NINE, until, 5)

    (due,) = await database.run(claim("one"))
    assert await database.run(claim("two")) == []
    assert not await database.run(lambda unit: unit.polls.begin(due.id, "two"))
    assert await database.run(lambda unit: unit.polls.begin(due.id, "one"))
    assert not await database.run(lambda unit: unit.polls.begin(due.id, "one"))


async def test_what_a_dead_sender_was_sending_is_unknown_for_good(database: Database) -> None:
    club = await a_club(database)
    await club.open()

    def begin(unit: Any) -> None:
        (due,) = unit.polls.claim("dead", NINE, NINE, 5)
        assert unit.polls.begin(due.id, "dead")

    await database.run(begin)
    later = NINE + timedelta(seconds=1)
    assert await database.read(lambda unit: unit.polls.is_any_due(later))
    await database.run(lambda unit: unit.polls.recover(later))
    assert await states(club) == [("法规处学法群", DeliveryState.UNKNOWN, "interrupted")]
    assert await database.run(lambda unit: unit.polls.claim("new", later, later, 5)) == []


async def test_an_unbound_group_is_sent_nothing_that_waited(database: Database) -> None:
    club = await a_club(database)
    await club.open()
    await club.run(service.end, GROUP, "unbound")
    assert await states(club) == [("法规处学法群", DeliveryState.FAILED, "unbound")]


async def test_a_move_to_a_group_known_already_ends_the_old_one(database: Database) -> None:
    club = await a_club(database)
    await database.run(
        lambda unit: unit.groups.bind(OTHER_GROUP, "新群", club.cast.department, None, NINE)
    )
    for _ in range(2):
        await club.run(service.move, GROUP, OTHER_GROUP)
    old, new = [
        await database.read(lambda unit, chat=chat: unit.groups.find(chat))  # type: ignore[misc]
        for chat in (GROUP, OTHER_GROUP)
    ]
    assert (old.is_active, new.is_active, new.title) == (False, True, "新群")
