"""What a writer may change of a stem, and what it may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from questions import documents
from questions.generation import Generated, Stats, Wordings, generate
from questions.models import Bank, Kind, Question, QuestionId
from questions.writing import Request, faithful, reword
from questions.writing.request import request
from tests.cast import a_question
from tests.questions.generation import samples
from tests.questions.statutes import samples as laws

ALL = (*samples.REPORTS, *laws.OURS)


@dataclass
class Pen:
    """A writer that words every question by one rule."""

    rule: Callable[[Request], str | None]

    def propose(self, requests: Sequence[Request]) -> Mapping[QuestionId, str]:
        found = {one.id: self.rule(one) for one in requests}
        return {name: stem for name, stem in found.items() if stem is not None}


def bank(*paths: Path) -> Generated:
    return generate([documents.read(path.read_bytes(), name=path.name) for path in paths])


def asked(stem: str, kind: Kind = Kind.JUDGE, unit: str = "") -> Request:
    """A request on one stem."""
    question: Question = a_question()
    one = request(question)
    fact = {"kind": "figure", "value": "1", "unit": unit}
    return Request(one.id, kind, stem, (), (), (), fact, one.quote, one.section)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_rule_made_stem_passes_its_own_trial(path: Path) -> None:
    made = bank(path)
    assert made.bank.questions
    for question in made.bank.questions:
        assert made.trials[question.id](question.stem) is None
        assert faithful.first_failure(request(question), question.stem) is None


def test_a_writer_that_changes_nothing_changes_nothing() -> None:
    made = bank(*ALL)
    done = reword(made, Pen(lambda one: one.stem))
    assert done.bank == made.bank
    assert done.stats.documents == made.stats.documents
    count = len(made.bank.questions)
    assert done.stats.wordings == Wordings(count, count, 0, count, {})
    assert made.stats.wordings is None


def test_what_is_proposed_for_no_question_or_is_no_text_is_left_aside() -> None:
    class Odd:
        def propose(self, requests: Sequence[Request]) -> Mapping[QuestionId, str]:
            odd: dict[QuestionId, object] = {QuestionId("nobody"): "题干", requests[0].id: None}
            return odd  # type: ignore[return-value]

    made = bank(samples.REPORTS[0])
    done = reword(made, Odd())
    assert done.bank == made.bank
    assert done.stats.wordings is not None
    assert done.stats.wordings.proposed == 0


@pytest.mark.parametrize(
    ("kind", "unit", "old", "new"),
    [
        (Kind.SINGLE, "台", "甲市完成窑炉综合整治多少台？", "甲市完成了多少台窑炉的综合整治？"),
        (Kind.SINGLE, "件", "在执法方面，甲局办案多少件？", "甲局在执法方面办案多少件？"),
        (Kind.SINGLE, "", "甲局印发了下列哪份通知？", "下列哪份通知是甲局印发的？"),
        (Kind.SINGLE, "次", "2021年，甲市积极开展普法多少次？", "2021年甲市开展普法多少次？"),
        (Kind.BLANK, "家", "2021年，甲市将____家纳入清单。", "2021年甲市将____家纳入了清单。"),
        (Kind.JUDGE, "", "2021年，甲市优良天数比例88.7%。", "2021年甲市优良天数的比例为88.7%。"),
        (Kind.SINGLE, "处", "甲市清理垃圾，拆除违建多少处？", "甲市清理垃圾，拆除了多少处违建？"),
    ],
)  # fmt: skip
def test_a_smoother_stem_that_asks_the_same_is_taken(
    kind: Kind, unit: str, old: str, new: str
) -> None:
    assert faithful.first_failure(asked(old, kind, unit), new) is None


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("W1", "甲市办理案件多少件？", "甲市办理案件多少件"),
        ("W1", "甲市办理案件多少件？", "甲市办理案件多少件？\n"),
        ("W1", "甲市办理案件多少件？", "`甲市办理案件多少件？"),
        ("W1", "甲市办理案件。", "。"),
        ("W2", "甲市办理案件1982件。", "甲市办理案件1983件。"),
        ("W2", "甲市办理案件1982件。", "甲市办理案件1982宗。"),
        ("W2", "占总量80%左右的项目改为备案。", "占总量80左右的项目改为备案。"),
        ("W2", "应当自受理之日起三十日内答复。", "应当自受理之日起二十日内答复。"),
        ("W2", "处二万元以上十万元以下罚款。", "处十万元以上二万元以下罚款。"),
        ("W3", "甲局印发《甲方案》。", "甲局印发《乙方案》。"),
        ("W3", "甲局印发《甲方案》和《乙方案》。", "甲局印发《乙方案》和《甲方案》。"),
        ("W3", "甲局落实“三同时”制度。", "甲局落实三同时制度。"),
        ("W3", "与山西省签订协议。", "与陕西省签订协议。"),
        ("W4", "对轻微违法行为不予处罚。", "对轻微违法行为予以处罚。"),
        ("W4", "对轻微违法行为不予处罚。", "不对轻微违法行为予处罚。"),
        ("W4", "单位应当报告。", "单位可以报告。"),
        ("W4", "火点较上年减少。", "火点较上年增加。"),
        ("W4", "全市办理案件。", "本市办理案件。"),
        ("W4", "全年办理近百件。", "全年办理百件。"),
        ("W5", "由甲局向乙局移送案件。", "由乙局向甲局移送案件。"),
        ("W6", "甲市办理了哪些案件？", "甲市办理了哪件案件？"),
        ("W6", "将____家企业纳入清单。", "将____个企业纳入清单。"),
        ("W7", "完成旗县级水源地调查。", "完成水源地调查。"),
        ("W8", "完成水源地调查。", "据悉，完成水源地调查。"),
        ("W8", "完成水源地调查。", "圆满完成水源地调查。"),
        ("W9", "甲局督促乙局整改。", "乙局督促甲局整改。"),
        ("W9", "甲局办理案件。", "案件办理甲局。"),
    ],
)
def test_a_stem_that_asks_something_else_is_dropped(code: str, old: str, new: str) -> None:
    request = asked(old, Kind.JUDGE if old.endswith("。") and "____" not in old else Kind.SINGLE)
    failed = faithful.first_failure(request, new)
    assert failed is not None
    assert failed == code


def test_a_blank_s_answer_may_not_enter_its_stem() -> None:
    one = asked("甲市获奖的河流是____。", Kind.BLANK)
    told = Request(
        one.id, one.kind, one.stem, (), (), ("哈拉哈河",), one.fact, one.quote, one.section
    )
    assert faithful.first_failure(told, "甲市获奖的哈拉哈河是____。") == "V4"


def test_each_code_has_its_own_check() -> None:
    codes = [code for code, _ in faithful.CHECKS]
    assert len(codes) == len(set(codes)) == 10


def test_the_checks_of_the_generator_bind_the_writer_too() -> None:
    """A stem of the same words may still open or join badly (V5) or lean on the page (V3)."""
    made = bank(samples.REPORTS[0])
    for rule, code in (
        (lambda one: "，" + one.stem, "V5"),
        (lambda one: one.stem.replace("，", "，，", 1), "V5"),
        (lambda one: one.stem[:-1] + "，，，，，，，？", "V5"),
    ):
        wordings = reword(made, Pen(rule)).stats.wordings
        assert wordings is not None
        assert wordings.taken == 0
        assert wordings.dropped.get(code), wordings.dropped


def test_the_checks_on_laws_bind_the_writer_too() -> None:
    made = bank(laws.OURS[0])
    wordings = reword(made, Pen(lambda one: "，，" + one.stem)).stats.wordings
    assert wordings is not None
    assert wordings.taken == 0
    assert wordings.dropped.get("V5")


def test_taken_wordings_are_the_bank_s_and_the_rest_stays() -> None:
    made = bank(*ALL)
    done = reword(made, Pen(lambda one: one.stem.replace("年，", "年", 1)))
    wordings = done.stats.wordings
    assert wordings is not None
    changed = 0
    for old, new in zip(made.bank.questions, done.bank.questions, strict=True):
        assert new.stem in (old.stem, old.stem.replace("年，", "年", 1))
        changed += old != new
        assert (old.id, old.key, old.options, old.answers, old.citation, old.explanation) == (
            new.id, new.key, new.options, new.answers, new.citation, new.explanation,
        )  # fmt: skip
    assert changed == wordings.taken > 200


def by_hand(*questions: Question) -> Generated:
    """A bank no rule made, so that only the look at its other questions is left."""
    return Generated(Bank((), questions), Stats(()))


@pytest.mark.parametrize(
    ("code", "other", "old", "new"),
    [
        (
            "V8",
            a_question(stem="2021年，甲市完成堤防加固工程建设任务多少处？"),
            "2021年，甲市堤防加固工程建设任务完成多少处？",
            "2021年，甲市完成堤防加固工程建设任务多少处？",
        ),
        (
            "V12",
            a_question(stem="甲市获奖的是哪条河流？", options=("哈河", "辽河"), key=(0,)),
            "甲市共治理哈的河多少处？",
            "甲市共治理哈河多少处？",
        ),
    ],
)
def test_a_wording_is_held_against_the_other_questions(
    code: str, other: Question, old: str, new: str
) -> None:
    mine = a_question(id=QuestionId("mine"), stem=old, options=("1", "2"), key=(0,))
    done = reword(
        by_hand(other, mine), Pen(lambda one: new if one.id == mine.id else None)
    ).stats.wordings
    assert done is not None
    assert done.dropped == {code: 1}
    alone = reword(by_hand(mine), Pen(lambda one: new))
    assert [question.stem for question in alone.bank.questions] == [new]
