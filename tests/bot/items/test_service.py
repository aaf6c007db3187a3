"""The list puts the weakest first; a card shows figures from ten answers on, and names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.banks.currency import service as currency
from bot.banks.currency import views as currency_views
from bot.errors import NotAllowed, StaleTap
from bot.items import service, views
from bot.items.review import refresh
from bot.items.service import Sieve
from questions.analysis import Finding
from storage.database import Database
from storage.states import Alert, QuestionStatus
from storage.unit import Unit
from tests.bot.items.house import Town, answer_round, knowing, populate
from tests.cast import NINE, XIAOAN, XIAOBAI, a_blank, a_judge, a_multiple, a_question

ZONE = "Asia/Shanghai"
LATER = NINE + timedelta(minutes=5)


async def analysed(database: Database, people: int = 120) -> Town:
    """a misleads, b is too easy, c has options nobody chooses, d is fine, e was not asked."""

    def work(unit: Unit) -> Town:
        town = populate(unit, people, *(a_question(name) for name in "abcde"))
        answer_round(unit, town, "abcd", knowing(a="reversed", b="easy", c="lured"))
        return town

    town = await database.run(work)
    await refresh(database, ZONE, now=NINE)
    return town


def names(shown: service.Items) -> list[str]:
    return [entry.item.stem.split("（")[1][0] for entry in shown.entries]


async def test_the_weakest_come_first_and_sieves_narrow(database: Database) -> None:
    await analysed(database)

    def check(unit: Unit) -> None:
        shown = service.show_list(unit, XIAOBAI, "all", 0)
        assert names(shown) == ["a", "b", "c", "d"]
        assert [e.findings[:1] for e in shown.entries] == [
            (Finding.NEGATIVE,),
            (Finding.EASY,),
            (Finding.UNUSED,),
            (),
        ]
        assert [e.is_paused for e in shown.entries] == [True, True, False, False]
        assert shown.few == 1
        assert shown.counts[Sieve.ALL] == 4
        assert shown.counts[Sieve.PAUSED] == 2
        only = service.show_list(unit, XIAOBAI, "unused", 9)
        assert names(only) == ["b", "c"]  # nobody needs an option of an easy one
        assert (only.page, only.pages) == (0, 1)
        text = views.items(shown, ZONE).text
        assert "区分度为负" in text
        assert "另有 1 题作答不足 10 人次" in text

    await database.read(check)


async def test_staff_see_none_of_it_and_forged_taps_change_nothing(database: Database) -> None:
    town = await analysed(database, 12)
    question = town.questions["d"]

    def check(unit: Unit) -> None:
        with pytest.raises(NotAllowed):
            service.show_list(unit, XIAOAN, "all", 0)
        with pytest.raises(NotAllowed):
            service.show_card(unit, XIAOAN, question, "all", 0)
        with pytest.raises(NotAllowed):
            service.may_refresh(unit, XIAOAN, now=NINE)
        with pytest.raises(NotAllowed):
            service.set_pause(unit, XIAOAN, question, 1, 1, "all", 0, now=NINE)
        with pytest.raises(NotAllowed):
            service.retire(unit, XIAOAN, question, 1, "all", 0, now=NINE)
        for sieve in ("nonsense", "drop"):
            with pytest.raises(StaleTap):
                service.show_list(unit, XIAOBAI, sieve, 0)
        with pytest.raises(StaleTap):
            service.show_card(unit, XIAOBAI, 999, "all", 0)
        with pytest.raises(StaleTap):
            service.set_pause(unit, XIAOBAI, question, 1, 2, "all", 0, now=NINE)

    await database.run(check)


async def test_a_card_says_in_a_sentence_what_to_do(database: Database) -> None:
    town = await analysed(database)

    def check(unit: Unit) -> None:
        misled = views.card(service.show_card(unit, XIAOBAI, town.questions["a"], "all", 0))
        assert "平时答得好的人反而更容易答错" in misled.text
        assert "已暂停推送" in misled.text
        assert misled.keyboard[0][0].label == "恢复推送"
        lured = service.show_card(unit, XIAOBAI, town.questions["c"], "all", 0)
        assert lured.unused == (0, 2)
        shown = views.card(lured).text
        assert "选项 A、C 几乎没人选" in shown
        assert "同期平均有 3.0 道别的题" in shown
        easy = views.card(service.show_card(unit, XIAOBAI, town.questions["b"], "all", 0))
        assert "区分度　算不出" in easy.text
        assert "B. " in shown
        assert "<b>对</b>" in shown
        assert "随便猜也有 25%" in shown
        fine = views.card(service.show_card(unit, XIAOBAI, town.questions["d"], "all", 0)).text
        assert "可以放心用" in fine
        assert "职工" not in fine
        unasked = views.card(service.show_card(unit, XIAOBAI, town.questions["e"], "all", 0)).text
        assert "还没有人作答" in unasked

    await database.read(check)


async def test_below_ten_answers_no_figure_is_shown(database: Database) -> None:
    town = await analysed(database, 9)

    def check(unit: Unit) -> None:
        assert service.show_list(unit, XIAOBAI, "all", 0).entries == ()
        shown = views.card(service.show_card(unit, XIAOBAI, town.questions["a"], "all", 0)).text
        assert "作答还太少（9 人次" in shown
        assert "%" not in shown

    await database.read(check)


async def test_all_kinds_have_a_card(database: Database) -> None:
    def work(unit: Unit) -> Town:
        town = populate(unit, 12, a_multiple("m"), a_judge("j"), a_blank("b"))
        answer_round(unit, town, "mjb", knowing())
        return town

    town = await database.run(work)
    await refresh(database, ZONE, now=NINE)

    def check(unit: Unit) -> None:
        texts = {
            name: views.card(service.show_card(unit, XIAOBAI, row, "all", 0)).text
            for name, row in town.questions.items()
        }
        assert texts["m"].count("<b>对</b>") == 2
        assert "随便猜" not in texts["m"]
        assert "随便猜也有 50%" in texts["j"]
        assert "答案：<b>1.91</b>" in texts["b"]

    await database.read(check)


async def test_a_pause_by_hand_holds_and_is_lifted_once(database: Database) -> None:
    town = await analysed(database, 12)
    row = town.questions["d"]

    def work(unit: Unit) -> None:
        for _ in range(2):
            paused = service.set_pause(unit, XIAOBAI, row, 1, 1, "all", 0, now=LATER)
            assert paused.is_paused
            assert not paused.overtaken
        assert service.set_pause(unit, XIAOBAI, row, 7, 0, "all", 0, now=LATER).overtaken
        for _ in range(2):
            resumed = service.set_pause(unit, XIAOBAI, row, 1, 0, "all", 0, now=LATER)
            assert not resumed.is_paused
            assert not resumed.overtaken
        acts = unit.house.list_audit(limit=9, actions=["question.pause", "question.resume"])
        assert [(a.actor_id, a.action) for a in acts] == [
            (town.cast.xiaobai, "question.resume"),
            (town.cast.xiaobai, "question.pause"),
        ]

    await database.run(work)


async def test_a_question_is_retired_from_its_card(database: Database) -> None:
    town = await analysed(database, 12)
    row = town.questions["d"]

    def work(unit: Unit) -> None:
        assert service.retire(unit, XIAOBAI, row, 2, "all", 0, now=LATER).overtaken
        for _ in range(2):
            card = service.retire(unit, XIAOBAI, row, 1, "all", 0, now=LATER)
            assert card.row.status is QuestionStatus.RETIRED
            assert not card.overtaken
        assert len(unit.house.list_audit(limit=9, actions=["question.retire"])) == 1
        buttons = [b.label for keys in views.card(card).keyboard for b in keys]
        assert "暂停推送" not in buttons
        assert "停用" not in buttons

    await database.run(work)


async def test_versions_are_kept_apart(database: Database) -> None:
    town = await analysed(database, 12)
    row_id = town.questions["d"]

    def work(unit: Unit) -> None:
        row = unit.questions.find(row_id)
        assert row is not None
        changed = replace(row.question, stem="2026年办理了多少件（d）？")
        assert unit.editions.edit(
            row.id,
            1,
            changed,
            LATER,
            author_id=None,
            findings=(),
            status=QuestionStatus.PUBLISHED,
        )
        answer_round(unit, town, "ad", knowing(), day=NINE.date() + timedelta(days=1), now=LATER)

    await database.run(work)
    await refresh(database, ZONE, now=LATER)

    def check(unit: Unit) -> None:
        card = service.show_card(unit, XIAOBAI, row_id, "all", 0)
        assert [(n, said.attempts) for n, said in card.versions] == [(2, 12), (1, 12)]
        assert "第1版" in views.card(card).text

    await database.read(check)


async def test_the_alert_list_restores_what_its_answers_paused(database: Database) -> None:
    town = await analysed(database)

    def work(unit: Unit) -> None:
        shown = currency.show_alerts(unit, XIAOBAI, 0, 0)
        assert {row.alert for row in shown.rows} == {Alert.WEAK}
        screen = currency_views.alerts(shown)
        assert "已暂停推送：区分度为负" in screen.text
        assert "恢复推送" in [b.label for keys in screen.keyboard for b in keys]
        place = (town.questions["a"], 1, 0, 0)
        assert currency.dismiss(unit, XIAOBAI, *place, now=LATER).count == 1
        (act,) = unit.house.list_audit(limit=9, actions=["question.resume"])
        assert act.detail["attempts"] == 120

    await database.run(work)
    await refresh(database, ZONE, now=LATER)
    left = await database.read(lambda u: currency.show_alerts(u, XIAOBAI, 0, 0))
    assert left.count == 1  # the answers are the same, and so the person's word holds


def test_bars_are_as_long_as_their_shares() -> None:
    assert views.bar(0, 10) == "░" * 10
    assert views.bar(10, 10) == "█" * 10
    assert views.bar(1, 4) == "██▌░░░░░░░"
