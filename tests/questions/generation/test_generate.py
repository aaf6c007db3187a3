"""Whole banks: the bundled report and reports nobody tuned for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions import documents, numerals
from questions.data import read_report
from questions.errors import DocumentError
from questions.facts import setting
from questions.generation import Generated, generate
from questions.models import Bank, Kind, Question
from tests.questions.generation import samples

REPORT = documents.read(read_report(), name="report.txt")


@pytest.fixture(scope="module")
def made() -> Generated:
    return generate([REPORT])


@pytest.fixture(scope="module", params=samples.REPORTS, ids=lambda path: path.stem)
def other(request: pytest.FixtureRequest) -> tuple[documents.Document, Bank]:
    path: Path = request.param
    document = samples.read(path)
    return document, generate([document]).bank


def test_the_report_gives_a_broad_bank(made: Generated) -> None:
    kinds = Counter(question.kind for question in made.bank.questions)
    assert len(made.bank.questions) >= 120
    assert kinds[Kind.SINGLE] >= 60
    assert kinds[Kind.JUDGE] >= 25
    assert kinds[Kind.BLANK] >= 18
    assert all(kinds[kind] >= 0.11 * len(made.bank.questions) for kind in Kind)


def test_every_kind_of_fact_is_asked(made: Generated) -> None:
    asked = Counter(str(question.fact["kind"]) for question in made.bank.questions)
    assert min(asked[kind] for kind in ("figure", "title", "list", "entity")) >= 15


@pytest.mark.parametrize("stem", ["shenji", "weijian"])
def test_lists_and_names_of_any_report_are_asked(stem: str) -> None:
    (path,) = [path for path in samples.REPORTS if path.stem == stem]
    questions = generate([samples.read(path)]).bank.questions
    asked = Counter(str(question.fact["kind"]) for question in questions)
    assert asked["list"] >= 3
    assert asked["entity"] >= 1
    for question in questions:
        if question.kind is Kind.MULTIPLE:
            assert 2 <= len(question.key) <= 4
            assert len(question.key) < len(question.options) <= 5


def test_two_runs_are_equal_and_seeds_differ(made: Generated) -> None:
    again = generate([documents.read(read_report(), name="report.txt")])
    assert again == made
    assert generate([REPORT], seed=1).bank != made.bank


def test_ids_are_unique_and_do_not_depend_on_the_seed(made: Generated) -> None:
    def ids(bank: Bank) -> dict[tuple[str, str], str]:
        return {(q.kind.value, q.citation.quote + str(q.fact)): q.id for q in bank.questions}

    first, second = ids(made.bank), ids(generate([REPORT], seed=5).bank)
    assert len({question.id for question in made.bank.questions}) == len(made.bank.questions)
    shared = first.keys() & second.keys()
    assert len(shared) > 60
    singles = [key for key in shared if key[0] == "single"]
    assert all(first[key] == second[key] for key in singles)


def faithful(document: documents.Document, question: Question) -> bool:
    cite = question.citation
    return document.text[cite.start : cite.end] == cite.quote


def test_every_question_of_any_report_is_sound(
    other: tuple[documents.Document, Bank],
) -> None:
    document, bank = other
    assert len(bank.questions) >= 18
    for question in bank.questions:
        assert faithful(document, question), question.stem
        assert not re.search("</?[a-z]", question.citation.quote)
        assert setting.find_dangling(question.stem.replace("下列", "")) is None, question.stem
        assert len(question.stem) <= 120
        assert len(question.explanation) <= 200
        assert question.explanation.count("\n") <= 2
        assert 0 <= question.difficulty <= 1
        if question.kind is Kind.SINGLE and "多少" in question.stem:
            key = question.options[question.key[0]]
            assert numerals.normalize(key).split("(")[0] in numerals.normalize(
                question.citation.quote
            )


def test_no_furniture_table_or_script_reaches_a_question(
    other: tuple[documents.Document, Bank],
) -> None:
    _, bank = other
    said = "".join(question.stem + question.citation.quote for question in bank.questions)
    assert not re.search(r"ICP|打印|浏览|上一篇|索引号|邮编|var a|2315件|首页", said)


def test_plans_and_problems_are_not_asked(other: tuple[documents.Document, Bank]) -> None:
    _, bank = other
    said = "".join(question.stem for question in bank.questions)
    assert not re.search("力争|预计|工作打算|平均仅有", said)


def test_a_figure_the_document_contradicts_is_left_out() -> None:
    (path,) = [path for path in samples.REPORTS if path.stem == "shichang"]
    bank = generate([samples.read(path)]).bank
    assert not any(
        question.kind is Kind.SINGLE and {"1358宗", "1385宗"} & {question.options[question.key[0]]}
        for question in bank.questions
    )


def test_only_the_kinds_asked_for_are_made(made: Generated) -> None:
    for kind in Kind:
        bank = generate([REPORT], kinds={kind}).bank
        assert {question.kind for question in bank.questions} <= {kind}
    judges = generate([REPORT], kinds={Kind.JUDGE}).bank
    assert len(judges.questions) > len(
        [question for question in made.bank.questions if question.kind is Kind.JUDGE]
    )


def test_truth_and_falsehood_are_in_balance(made: Generated) -> None:
    judges = [q.key == (0,) for q in made.bank.questions if q.kind is Kind.JUDGE]
    assert 0.45 <= sum(judges) / len(judges) <= 0.55


def test_a_limit_keeps_a_wide_spread(made: Generated) -> None:
    small = generate([REPORT], limit=20).bank.questions
    assert len(small) == 20
    assert len({question.citation.section for question in small}) >= 10
    assert len({question.kind for question in small}) >= 3
    assert all(question in made.bank.questions for question in small)


def test_the_account_adds_up(made: Generated) -> None:
    (account,) = made.stats.documents
    assert sum(account.asked.values()) == len(made.bank.questions)
    assert sum(account.by_section.values()) == len(made.bank.questions)
    assert made.stats.total("asked") == account.asked
    assert account.found["figure"] > 60
    assert all(re.fullmatch(r"V\d+", code) for code in account.dropped)


def test_one_document_given_twice_is_asked_once(made: Generated) -> None:
    assert generate([REPORT, REPORT]).bank == made.bank


def test_several_documents_share_one_bank() -> None:
    texts = [samples.read(path) for path in samples.REPORTS[:2]]
    made = generate(texts)
    assert {info.id for info in made.bank.documents} == {document.id for document in texts}
    assert {q.citation.document for q in made.bank.questions} == {d.id for d in texts}


CHUNKS = st.sampled_from(
    [
        "全省",
        "办理案件",
        "12件",
        "、",
        "，",
        "。",
        "《甲办法》",
        "印发",
        "同比",
        "下降",
        "3.5%",
        "其中",
        "；",
        "废止",
        "1.2亿元",
        "\n",
        "（一）",
        "我厅",
        "由6个压减到3个",
        "分别",
        "《",
        "”",
        "<b>",
        "05",
        "万",
        "余",
    ]
)


@given(st.lists(CHUNKS, max_size=60).map("".join), st.integers(0, 3))
@settings(max_examples=80, deadline=None)
def test_generation_survives_any_text(text: str, seed: int) -> None:
    try:
        document = documents.read(text.encode(), name="甲.txt")
    except DocumentError:
        return
    for question in generate([document], seed=seed).bank.questions:
        assert faithful(document, question)


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_generation_survives_nonsense(text: str) -> None:
    try:
        document = documents.read(text.encode("utf-8", "ignore"), name="x")
    except DocumentError:
        return
    generate([document])


@pytest.mark.parametrize(
    "repeat", [lambda: "1件" * 3000, lambda: "《" * 5000, lambda: "，" * 5000]
)
def test_hostile_lines_do_not_hang(repeat: Callable[[], str]) -> None:
    generate([documents.read(f"办理{repeat()}。".encode(), name="x")])
