"""Banks of all kinds, and what of them must come back."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from questions.formats.carrying import CARRIED, titles_of
from questions.models import (
    JUDGE_OPTIONS,
    Bank,
    Basis,
    Citation,
    DocumentId,
    DocumentInfo,
    Kind,
    Question,
    QuestionId,
)
from questions.scoring import bare

DOCUMENTS = tuple(
    DocumentInfo(DocumentId(f"d{at}"), title, None, None, "", 0)
    for at, title in enumerate(("某厅2025年法治报告", "中华人民共和国某某法", "通知（第3号）"))
)
PLAIN = st.text("甲乙丙丁省市县一二执法监督案件办理12年%，。“”", min_size=1, max_size=24)
MARKED = st.text("：甲乙丙丁执法案件办理123%《》，。、“”（）/|；ab CD", min_size=1, max_size=24)
# Pieces that our formats have to escape, or to give up and say so.
PIECES = (
    "A.", "B. ", "答案：", "解析：", "=1+1", "'", "@", "1. ", "\n", "\t", "|", "；", "/", "____",
    "（A）", "（√）", "对", "错", "&#10;", "_x000D_", "一、单选题", "参考答案", "　　", "《", "》",
    "第九条", "【", "】", "\r", "\x00", "\ud800", "😀", "1-5 ABCDE", " ", "甲", "乙",
)  # fmt: skip
WILD = st.one_of(
    MARKED,
    st.text(min_size=1, max_size=20),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
)
DAYS = st.none() | st.dates(date(1949, 10, 1), date(2099, 12, 31))


@st.composite
def questions(draw: st.DrawFn, texts: st.SearchStrategy[str], number: int) -> Question:
    """A question of any kind, fit to be asked."""
    text = texts.map(str.strip).filter(bare)
    kind = draw(st.sampled_from(Kind))
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    if kind is Kind.JUDGE:
        options, key = JUDGE_OPTIONS, (draw(st.integers(0, 1)),)
    elif kind is not Kind.BLANK:
        options = tuple(draw(st.lists(text, min_size=2, max_size=5, unique=True)))
        most = 1 if kind is Kind.SINGLE else len(options)
        chosen = draw(st.sets(st.integers(0, len(options) - 1), min_size=1, max_size=most))
        key = tuple(sorted(chosen))
    answers = draw(st.lists(text, min_size=1, max_size=4, unique=True))
    has_basis = draw(st.booleans())
    return Question(
        id=QuestionId(f"q{number}"),
        kind=kind,
        stem=draw(text),
        options=options,
        key=key,
        answers=tuple(answers) if kind is Kind.BLANK else (),
        explanation=draw(st.just("") | text | st.lists(text, min_size=2).map("\n".join)),
        citation=Citation(
            draw(st.sampled_from(DOCUMENTS)).id,
            0,
            0,
            draw(st.just("") | text),
            tuple(draw(st.lists(text, min_size=1, max_size=3))),
        ),
        fact={},
        basis=Basis(draw(text), draw(st.none() | text), draw(DAYS), draw(DAYS))
        if has_basis
        else None,
        difficulty=draw(st.floats(0, 1, allow_nan=False)),
        tags=tuple(draw(st.lists(text, max_size=3, unique=True))),
    )


@st.composite
def banks(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Bank:
    """A bank of up to three questions."""
    count = draw(st.integers(1, 3))
    found = tuple(draw(questions(texts, number)) for number in range(count))
    cited = {question.citation.document for question in found}
    return Bank(tuple(each for each in DOCUMENTS if each.id in cited), found)


def carried(bank: Bank) -> list[dict[str, object]]:
    """All that people's formats carry of each question."""
    titles = titles_of(bank)
    return [
        {name: value(question, titles) for name, value in CARRIED.items()}
        for question in bank.questions
    ]
