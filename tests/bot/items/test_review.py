"""Answers are counted through rounds; what is surely weak pauses, once, and its owners hear."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.items import pausing
from bot.items.analyst import Analyst
from bot.items.review import Refreshed, refresh
from bot.items.words import paused
from questions.analysis import Attempt, analyse
from questions.models import Answer, Question
from storage.database import Database
from storage.repositories.statistics import VersionStatistics
from storage.states import Alert, QuestionStatus
from storage.unit import Unit
from tests.bot.conftest import Clock
from tests.bot.items.house import Town, answer_round, knowing, populate, settle, unsure
from tests.cast import MONDAY, NINE, a_bank, a_blank, a_multiple, a_question

ZONE = "Asia/Shanghai"
TOMORROW = NINE + timedelta(days=1)
QUESTIONS = (a_question("a"), a_question("b"), a_question("c"))


async def town_of(database: Database, people: int, *questions: Question) -> Town:
    return await database.run(lambda u: populate(u, people, *(questions or QUESTIONS)))


async def figures(database: Database, town: Town, name: str) -> VersionStatistics:
    found = await database.read(lambda u: u.statistics.find(town.versions[name]))
    assert found is not None
    return found


async def test_figures_are_those_of_the_answers(database: Database) -> None:
    town = await town_of(database, 40, a_question("a"), a_multiple("m"), a_blank("b"))
    await database.run(lambda u: answer_round(u, town, ("a", "m", "b"), knowing()))
    assert await refresh(database, ZONE, now=NINE) == Refreshed(3, 0)

    def marks(unit: Unit) -> list[dict[str, float]]:
        found: list[dict[str, float]] = []
        for sitting in range(1, 41):
            items = [unit.sittings.find_item(sitting, at) for at in range(3)]
            found.append({i.question.id: i.grade.points for i in items if i and i.grade})
        return found

    given = await database.read(marks)
    expected = analyse(map(Attempt, given), dict.fromkeys(("a", "m", "b"), 10.0))
    for name, item in expected.items.items():
        said = await figures(database, town, name)
        assert said.attempts == 40
        assert said.others == 2
        for mine, theirs in (
            (said.facility, item.facility),
            (said.discrimination, item.discrimination),
            (said.efficiency, item.efficiency),
        ):
            assert mine is not None
            assert theirs is not None
            assert abs(mine - theirs) < 1e-6
    single = await figures(database, town, "a")
    assert sum(single.options) == 40
    assert single.options[1] == round(40 * (single.facility or 0))
    assert (await figures(database, town, "b")).options == ()


async def test_not_sure_is_wrong_and_counted_apart(database: Database) -> None:
    town = await town_of(database, 12, a_question("a"), a_blank("b"))
    await database.run(lambda u: answer_round(u, town, ("a", "b"), unsure))
    await refresh(database, ZONE, now=NINE)
    for name in "ab":
        said = await figures(database, town, name)
        assert (said.attempts, said.facility, said.unsure) == (12, 0.0, 12)
        assert sum(said.options) == 0
        assert said.discrimination is None


async def test_unanswered_questions_and_voided_ones_count_nowhere(database: Database) -> None:
    town = await town_of(database, 20)
    await database.run(lambda u: answer_round(u, town, "abc", knowing(), answered=2))
    await refresh(database, ZONE, now=NINE)
    assert (await figures(database, town, "c")).attempts == 0
    assert (await figures(database, town, "a")).others == 1

    await database.run(lambda u: u.voids.void(town.versions["b"], TOMORROW))
    assert await refresh(database, ZONE, now=TOMORROW) == Refreshed(2, 0)
    alone = await figures(database, town, "a")
    assert (alone.attempts, alone.others, alone.discrimination) == (20, 0, None)
    gone = await database.read(lambda u: u.statistics.find(town.versions["b"]))
    assert gone is None


async def test_only_versions_with_new_answers_are_counted_anew(database: Database) -> None:
    town = await town_of(database, 10)
    await database.run(lambda u: answer_round(u, town, "ab", knowing()))
    assert (await refresh(database, ZONE, now=NINE)).versions == 2
    assert (await refresh(database, ZONE, now=NINE)).versions == 2  # its round still takes some
    await database.run(lambda u: settle(u, NINE + timedelta(hours=1)))
    later = NINE + timedelta(hours=2)
    assert (await refresh(database, ZONE, now=later)).versions == 2  # the last ones
    assert (await refresh(database, ZONE, now=later)).versions == 0
    await database.run(
        lambda u: answer_round(
            u, town, "bc", knowing(), day=MONDAY + timedelta(days=1), now=TOMORROW
        )
    )
    assert (await refresh(database, ZONE, now=TOMORROW)).versions == 2
    both = await figures(database, town, "b")
    assert both.attempts == 20  # of both rounds


async def test_observed_facility_is_known_from_thirty_answers_on(database: Database) -> None:
    town = await town_of(database, 29)
    await database.run(lambda u: answer_round(u, town, "ab", knowing()))
    await refresh(database, ZONE, now=NINE)
    ids = list(town.versions.values())
    assert await database.read(lambda u: u.statistics.facilities(ids)) == {}
    await database.run(
        lambda u: answer_round(
            u, town, "b", knowing(), day=MONDAY + timedelta(days=1), now=TOMORROW
        )
    )
    await refresh(database, ZONE, now=TOMORROW)
    found = await database.read(lambda u: u.statistics.facilities(ids))
    assert list(found) == [town.versions["b"]]
    assert found[town.versions["b"]] == (await figures(database, town, "b")).facility


async def alert_of(database: Database, town: Town, name: str) -> tuple[Alert | None, str]:
    row = await database.read(lambda u: u.questions.find(town.questions[name]))
    assert row is not None
    return row.alert, row.alert_detail or ""


async def test_a_question_that_misleads_those_who_know_pauses_and_its_owner_hears(
    database: Database,
) -> None:
    town = await town_of(database, 60)
    await database.run(lambda u: answer_round(u, town, "abc", knowing(a="reversed")))
    assert await refresh(database, ZONE, now=NINE) == Refreshed(3, 1)
    alert, detail = await alert_of(database, town, "a")
    assert alert is Alert.WEAK
    assert "区分度为负" in detail
    assert (await alert_of(database, town, "b"))[0] is None

    def told(unit: Unit) -> None:
        assert [n.name for n in unit.notices.list_due(NINE)] == ["w:1:20261123"]
        (word,) = paused(unit, "1:20261123", 0, 9)
        assert word.person_id == town.cast.xiaocheng
        assert "1 题已暂停推送" in word.screen.text
        assert "区分度为负" in word.screen.text
        assert paused(unit, "1:20261123", word.person_id, 9) == []
        acts = unit.house.list_audit(limit=9, actions=["question.pause"])
        assert [(a.actor_id, a.subject) for a in acts] == [
            (None, f"question:{town.questions['a']}")
        ]

    await database.read(told)
    assert (await refresh(database, ZONE, now=NINE + timedelta(minutes=5))).paused == 0


async def test_counting_side_by_side_pauses_and_tells_once(database: Database) -> None:
    town = await town_of(database, 60)
    await database.run(lambda u: answer_round(u, town, "abc", knowing(a="reversed")))
    done = await asyncio.gather(*(refresh(database, ZONE, now=NINE) for _ in range(3)))
    assert sum(one.paused for one in done) == 1

    def told(unit: Unit) -> None:
        assert len(unit.notices.list_due(NINE)) == 1
        assert len(unit.house.list_audit(limit=9, actions=["question.pause"])) == 1

    await database.read(told)


async def test_a_stop_in_the_middle_leaves_the_work_to_the_next_time(database: Database) -> None:
    town = await town_of(database, 30)
    for day in range(12):
        now = NINE + timedelta(days=day)
        await database.run(
            partial(
                answer_round,
                town=town,
                names="ab",
                answering=knowing(),
                day=MONDAY + timedelta(days=day),
                now=now,
            )
        )
    now, asked = NINE + timedelta(days=12), iter((True, False))
    stopped = await refresh(database, ZONE, now=now, goes_on=lambda: next(asked))
    assert stopped == Refreshed()
    assert await database.read(lambda u: u.statistics.last_computed()) is None
    assert (await refresh(database, ZONE, now=now)).versions == 2
    assert (await figures(database, town, "a")).attempts == 360


async def test_too_hard_and_too_easy_pause_and_chance_does_not(database: Database) -> None:
    questions = [a_question(name) for name in "abcd"]
    town = await town_of(database, 60, *questions)
    answering = knowing(a="easy", b="hard")
    await database.run(lambda u: answer_round(u, town, "abcd", answering))
    assert (await refresh(database, ZONE, now=NINE)).paused == 2
    assert "正确率过高" in (await alert_of(database, town, "a"))[1]
    assert "正确率过低" in (await alert_of(database, town, "b"))[1]
    assert await alert_of(database, town, "c") == (None, "")


async def test_few_answers_pause_nothing(database: Database) -> None:
    town = await town_of(database, 29)
    await database.run(lambda u: answer_round(u, town, "abc", knowing(a="easy", b="hard")))
    assert (await refresh(database, ZONE, now=NINE)).paused == 0


async def restore(database: Database, town: Town, name: str) -> None:
    def work(unit: Unit) -> None:
        row = unit.questions.find(town.questions[name])
        person = unit.people.find(town.cast.xiaobai)
        assert row is not None
        assert person is not None
        assert pausing.resume(unit, person, row, row.version, NINE)
        assert not pausing.resume(unit, person, row, row.version, NINE)

    await database.run(work)


async def test_a_persons_word_holds_until_the_answers_get_significantly_worse(
    database: Database,
) -> None:
    town = await town_of(database, 60)

    def nearly_all(skill: float, question: Question) -> Answer:
        return Answer(question.key) if skill < 0.98 else Answer()

    await database.run(lambda u: answer_round(u, town, "abc", nearly_all))
    assert (await refresh(database, ZONE, now=NINE)).paused == 3
    await restore(database, town, "a")
    day = timedelta(days=1)
    await database.run(
        lambda u: answer_round(u, town, "abc", nearly_all, day=MONDAY + day, now=NINE + day)
    )
    assert (await refresh(database, ZONE, now=NINE + day)).paused == 0  # no worse than then
    for number in range(2, 10):
        now = NINE + day * number
        await database.run(
            lambda u, number=number, now=now: answer_round(  # type: ignore[misc]
                u, town, "abc", unsure, day=MONDAY + day * number, now=now
            )
        )
    assert (await refresh(database, ZONE, now=NINE + 10 * day)).paused == 1
    assert "正确率过低" in (await alert_of(database, town, "a"))[1]


async def test_an_edit_ends_the_pause_and_starts_afresh(database: Database) -> None:
    town = await town_of(database, 60)
    await database.run(lambda u: answer_round(u, town, "abc", knowing(a="easy")))
    await refresh(database, ZONE, now=NINE)

    def edit(unit: Unit) -> None:
        row = unit.questions.find(town.questions["a"])
        assert row is not None
        changed = replace(row.question, stem="2026年，某厅办理的案件有多少件？")
        assert unit.editions.edit(
            row.id,
            row.version,
            changed,
            TOMORROW,
            author_id=town.cast.xiaobai,
            findings=(),
            status=QuestionStatus.PUBLISHED,
        )

    await database.run(edit)
    assert (await refresh(database, ZONE, now=TOMORROW)).paused == 0
    assert (await alert_of(database, town, "a"))[0] is None


async def test_a_version_from_a_file_ends_the_pause_too(database: Database) -> None:
    town = await town_of(database, 60)
    await database.run(lambda u: answer_round(u, town, "abc", knowing(a="easy", b="easy")))
    await refresh(database, ZONE, now=NINE)
    changed = replace(QUESTIONS[0], stem="2026年，某厅办理的案件有多少件？")

    def bring(unit: Unit) -> None:
        bank = unit.banks.find_by_name("题库")
        assert bank is not None
        unit.editions.put(bank, a_bank(changed), QuestionStatus.PUBLISHED, TOMORROW)

    await database.run(bring)
    await refresh(database, ZONE, now=TOMORROW)
    assert (await alert_of(database, town, "a"))[0] is None
    assert (await alert_of(database, town, "b"))[0] is Alert.WEAK


async def test_another_alert_is_not_hidden_by_a_pause(database: Database) -> None:
    town = await town_of(database, 60)
    await database.run(lambda u: answer_round(u, town, "abc", knowing(a="easy")))
    await database.run(
        lambda u: u.questions.set_alert(town.questions["a"], Alert.LAW_CHANGED, "新文本")
    )
    assert (await refresh(database, ZONE, now=NINE)).paused == 0
    assert await alert_of(database, town, "a") == (Alert.LAW_CHANGED, "新文本")


async def test_a_paused_question_is_no_candidate(database: Database) -> None:
    town = await town_of(database, 60)
    await database.run(lambda u: answer_round(u, town, "abc", knowing(a="easy")))
    await refresh(database, ZONE, now=NINE)
    later = MONDAY + timedelta(days=3)

    def check(unit: Unit) -> None:
        drawn = unit.banks.list_candidates(town.cast.plan, later, 99)
        assert {c.question.id for c in drawn} == {"b", "c"}
        assert unit.banks.count_candidates(town.cast.plan, later) == 2

    await database.read(check)


async def test_the_analyst_counts_once_a_day_and_goes_on_after_a_stop(
    database: Database,
) -> None:
    town = await town_of(database, 10)
    await database.run(lambda u: answer_round(u, town, "abc", knowing()))
    clock = Clock(NINE)
    one, other = (Analyst(database, clock, ZONE) for _ in range(2))
    assert await one.look() == Refreshed(3, 0)
    assert await one.look() is None
    clock.forward(hours=20)  # past midnight in Shanghai
    assert await one.look() == Refreshed(3, 0)
    stopped = Analyst(database, clock, ZONE)
    stopped.stop()
    assert await stopped.look() == Refreshed()
    await database.run(
        lambda u: u.house.hold_lease(
            "analyst", "else", clock.now, clock.now + timedelta(minutes=1)
        )
    )
    assert await other.look() is None
