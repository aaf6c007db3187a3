"""Questions are brought, searched, moved and edited; no two people overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from questions.models import Basis, Kind
from storage.database import Database
from storage.repositories.editions import Put
from storage.repositories.questions import Filter, QuestionRow
from storage.states import Alert, BankId, ImportSource, QuestionRowId, QuestionStatus
from storage.unit import Unit
from tests.cast import DOCUMENT, NINE, a_bank, a_blank, a_judge, a_question, furnish

DRAFT, PUBLISHED = QuestionStatus.DRAFT, QuestionStatus.PUBLISHED


def bring(unit: Unit, *questions: object, status: QuestionStatus = DRAFT) -> Put:
    bank = unit.banks.add("新题库", NINE)
    return unit.editions.put(bank, a_bank(*questions), status, NINE)  # type: ignore[arg-type]


def row(unit: Unit, question_id: int) -> QuestionRow:
    found = unit.questions.find(question_id)
    assert found is not None
    return found


async def test_what_is_brought_again_unchanged_stays_and_what_differs_is_a_draft(
    database: Database,
) -> None:
    def work(unit: Unit) -> tuple[Put, QuestionRow]:
        first = bring(unit, a_question("a"), a_question("b"), status=PUBLISHED)
        again = bring(unit, a_question("a"), a_question("b", stem="改了的题？"), a_judge("c"))
        return again, row(unit, first.added[1])

    put, changed = await database.run(work)

    assert (len(put.added), put.unchanged) == (1, 1)
    assert put.changed == ((changed.id, 1, PUBLISHED),)
    assert (changed.status, changed.version, changed.question.stem) == (DRAFT, 2, "改了的题？")


async def test_a_search_finds_by_words_kind_tag_law_and_status(database: Database) -> None:
    basis = Basis("水污染防治法", "第一条", None, date(2026, 8, 14))

    def work(unit: Unit) -> dict[str, list[str]]:
        bring(
            unit,
            a_question("a", stem="ＰＭ2.5 的浓度是多少？", tags=("蓝天", "数据")),
            a_judge("b", basis=basis, tags=("碧水",)),
            a_blank("c", tags=()),
        )
        bank = unit.banks.find_by_name("新题库")
        asked = {
            "words": Filter(words="pm2.5 浓度"),
            "percent": Filter(words="100%"),
            "kind": Filter(kind=Kind.JUDGE),
            "tag": Filter(tag="数据"),
            "law": Filter(law="水污染防治法"),
            "lapsed": Filter(lapsed_on=date(2026, 8, 15)),
            "not yet": Filter(lapsed_on=date(2026, 8, 14)),
            "published": Filter(bank_id=bank, statuses=(PUBLISHED,)),
            "document": Filter(document_id=DOCUMENT.id),
        }
        return {
            name: [found.question.id for found in unit.questions.search(wanted, limit=9)]
            for name, wanted in asked.items()
        }

    found = await database.run(work)

    assert found == {
        "words": ["a"],
        "percent": [],
        "kind": ["b"],
        "tag": ["a"],
        "law": ["b"],
        "lapsed": ["b"],
        "not yet": [],
        "published": [],
        "document": ["a", "b", "c"],
    }


async def test_counts_follow_the_filter(database: Database) -> None:
    def work(unit: Unit) -> tuple[int, dict[str, int], dict[str, int]]:
        bring(unit, a_question("a", tags=("甲", "乙")), a_judge("b", tags=("甲",)))
        wanted = Filter(statuses=(DRAFT,))
        questions = unit.questions
        counted = questions.count_by("tag", wanted), questions.count_by("kind", wanted)
        return questions.count(wanted), *counted

    total, tags, kinds = await database.run(work)

    assert total == 2
    assert tags == {"甲": 2, "乙": 1}
    assert kinds == {"judge": 1, "single": 1}


async def test_findings_tell_drafts_that_passed_every_check_from_those_that_did_not(
    database: Database,
) -> None:
    def work(unit: Unit) -> tuple[list[str], list[str]]:
        bank = unit.banks.add("新题库", NINE)
        questions = a_bank(a_question("a"), a_question("b"))
        found = {questions.questions[1].id: ("V5", "V8")}
        unit.editions.put(bank, questions, DRAFT, NINE, findings=found)
        faulty = unit.questions.search(Filter(has_findings=True), limit=9)
        clean = unit.questions.search(Filter(has_findings=False), limit=9)
        assert faulty[0].findings == ("V5", "V8")
        return [q.question.id for q in faulty], [q.question.id for q in clean]

    assert await database.run(work) == (["b"], ["a"])


async def test_only_one_of_two_approvers_moves_a_draft(database: Database) -> None:
    def work(unit: Unit) -> list[bool]:
        (question_id,) = bring(unit, a_question("a")).added
        move = unit.questions.move
        return [move(question_id, 1, (DRAFT,), PUBLISHED) for _ in range(2)]

    assert await database.run(work) == [True, False]


async def test_an_edit_of_a_version_that_is_no_longer_current_changes_nothing(
    database: Database,
) -> None:
    def edit(unit: Unit, question_id: int, stem: str) -> bool:
        return unit.editions.edit(
            question_id,
            1,
            replace(a_question("a"), stem=stem, tags=("新",)),
            NINE,
            author_id=None,
            findings=(),
            status=DRAFT,
        )

    def work(unit: Unit) -> tuple[bool, bool, list[str], dict[str, int]]:
        (question_id,) = bring(unit, a_question("a")).added
        unit.questions.set_alert(question_id, Alert.SOURCE_CHANGED, "原文改了")
        done = edit(unit, question_id, "甲？"), edit(unit, question_id, "乙？")
        stems = [version.question.stem for version in unit.questions.list_versions(question_id)]
        assert row(unit, question_id).alert is None
        return *done, stems, unit.questions.count_by("tag", Filter())

    first, second, stems, tags = await database.run(work)

    assert (first, second) == (True, False)
    assert stems[1:] == ["甲？"]
    assert tags == {"新": 1}


async def test_a_question_that_was_asked_can_not_be_deleted(database: Database) -> None:
    def work(unit: Unit) -> tuple[bool, bool, int]:
        cast = furnish(unit, a_question("a"), a_question("b"))
        asked, never = (found.id for found in unit.questions.search(Filter(), limit=2))
        version = unit.questions.list_versions(asked)[0].id
        unit.plans.open_round(
            cast.plan,
            date(2026, 11, 23),
            opens_at=NINE,
            closes_at=NINE,
            settles_at=NINE,
            version_ids=[version],
        )
        unit.objections.add(unit.questions.list_versions(never)[0].id, cast.xiaoan, "错字", NINE)
        removed = unit.editions.remove(asked), unit.editions.remove(never)
        return *removed, unit.questions.count(Filter())

    assert await database.run(work) == (False, True, 1)


async def test_an_import_knows_what_it_brought_and_is_undone_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        bank = unit.banks.add("新题库", NINE)
        first = bring(unit, a_question("a"), status=PUBLISHED)
        put = bring(unit, a_question("a", stem="改了？"), a_question("b"))
        import_id = unit.imports.add(
            bank, put, source=ImportSource.FILE, name="题.xlsx", sha256="1" * 64, now=NINE
        )
        assert unit.imports.find_by_content(bank, "1" * 64) is not None

        old, new = unit.imports.list_brought(import_id)
        assert (old.question_id, old.version_before, old.version) == (first.added[0], 1, 2)
        assert old.status_before is PUBLISHED
        assert (new.version_before, new.version, new.is_current) == (0, 1, True)
        assert unit.imports.mark_undone(import_id, NINE)
        assert not unit.imports.mark_undone(import_id, NINE)
        assert unit.imports.find_by_content(bank, "1" * 64) is None

    await database.run(work)


async def test_a_waiting_file_is_its_persons_own_and_imported_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        upload = unit.uploads.add(cast.xiaocheng, "题.csv", "0" * 64, b"\x00\xff", {"n": 1}, NINE)
        bank = unit.banks.find_by_name("题库")
        unit.uploads.change(upload, bank_id=bank, detail={"n": 2})
        found = unit.uploads.find(upload, cast.xiaocheng)
        assert found is not None
        assert (found.content, found.detail, found.bank_id) == (b"\x00\xff", {"n": 2}, bank)
        assert unit.uploads.find(upload, cast.xiaobai) is None
        assert unit.uploads.drop(upload)
        assert not unit.uploads.drop(upload)

    await database.run(work)


async def test_one_person_objects_to_a_version_once_and_all_are_settled_together(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit, a_question("a"))
        (question,) = unit.questions.search(Filter(), limit=1)
        objection = unit.objections.add(question.version_id, cast.xiaoan, "", NINE)
        assert objection is not None
        assert unit.objections.add(question.version_id, cast.xiaoan, "", NINE) is None
        unit.objections.set_note(objection, cast.xiaoan, "答案过时")
        unit.objections.add(question.version_id, cast.xiaobai, "错字", NINE)
        assert [o.note for o in unit.objections.list_open(limit=9)] == ["答案过时", "错字"]

        who = unit.objections.settle(question.id, cast.xiaocheng, "kept", NINE)

        assert sorted(who) == [cast.xiaoan, cast.xiaobai]
        assert unit.objections.count_open() == 0
        assert {o.outcome for o in unit.objections.list_of(question.id)} == {"kept"}

    await database.run(work)


async def test_a_retired_bank_is_not_asked_and_comes_back_as_it_was(database: Database) -> None:
    def work(unit: Unit) -> list[int]:
        cast = furnish(unit)
        bank = BankId(1)
        counts = []
        for moment in (None, NINE, None):
            unit.banks.retire(bank, moment)
            counts.append(unit.banks.count_candidates(cast.plan, date(2026, 11, 23)))
        return counts

    assert await database.run(work) == [7, 0, 7]


async def test_the_history_of_a_question_is_read_from_the_audit(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        for action in ("question.edit", "question.approve"):
            unit.house.record(cast.xiaobai, action, "question:1", {"version": 1}, NINE)
        unit.house.record(None, "bank.import", "bank:1", {}, NINE)
        rows = unit.house.list_audit(limit=9, subjects=["question:1"])
        assert [(entry.action, entry.actor) for entry in rows] == [
            ("question.approve", "小白"),
            ("question.edit", "小白"),
        ]
        assert [e.action for e in unit.house.list_audit(limit=9, actions=["bank."])] == [
            "bank.import"
        ]
        assert len(unit.house.list_audit(limit=9, before=rows[0].id)) == 1

    await database.run(work)


async def test_an_added_law_can_be_corrected_and_taken_away(database: Database) -> None:
    def work(unit: Unit) -> None:
        for rank in ("地方性法规", "地方政府规章"):
            unit.laws.put("甲省条例", {"title": "甲省条例", "rank": rank}, None, NINE)
        assert unit.laws.list_all() == [{"title": "甲省条例", "rank": "地方政府规章"}]
        assert unit.laws.drop("甲省条例")
        assert not unit.laws.drop("甲省条例")

    await database.run(work)


async def test_in_force_days_can_be_corrected_without_a_new_version(database: Database) -> None:
    def work(unit: Unit) -> QuestionRow:
        before = a_question("a", basis=Basis("水法", "第一条"))
        (question_id,) = bring(unit, before).added
        lapsed = replace(before, basis=Basis("水法", "第一条", None, date(2026, 8, 14)))
        unit.editions.set_force(question_id, lapsed)
        return row(unit, QuestionRowId(question_id))

    found = await database.run(work)

    assert (found.version, found.in_force_to) == (1, date(2026, 8, 14))
    assert found.question.basis is not None
    assert found.question.basis.in_force_to == date(2026, 8, 14)
