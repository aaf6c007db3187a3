"""Law texts to read and ask from: two made-up ones, and real ones where they lie at hand."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from questions import documents
from questions.documents import Document
from questions.generation import generate
from questions.models import Kind, Question
from questions.statutes import Statute, recognise

HERE = Path(__file__).parent / "laws"
SHARED = Path(__file__).parents[4] / "shared" / "laws"  # beside the checkout, where there is one
OURS = tuple(sorted(HERE.iterdir()))
NAMES = ("行政处罚法", "行政处罚法-justlaws", "排污许可管理条例", "固体废物污染环境防治法")

HEAD = "滨海省测试条例\n\n（2022年3月1日滨海省第十四届人民代表大会常务委员会第一次会议通过）\n\n"
TAIL = "第九十条 本条例自2022年5月1日起施行。"


def real(name: str) -> Path:
    """A real law text; the test skips where it isn't at hand."""
    path = SHARED / f"{name}.md"
    if not path.exists():
        pytest.skip(f"law text {path.name} is not on this machine")
    return path


def read(path: Path) -> Document:
    return documents.read(path.read_bytes(), name=path.name)


def text_document(text: str) -> Document:
    return documents.read(text.encode(), name="法.txt")


def statute(text: str) -> Statute:
    found = recognise(text_document(text))
    assert found is not None
    return found


def law(*articles: str, chapter: str = "第四章 法律责任") -> str:
    """A law around a few articles, the first of which becomes 第二条."""
    numerals = "一二三四五六七八九十"
    filler = ("本条例适用于本省行政区域。", "本条例所称单位包括企业。", "本条例由省人民政府解释。")
    bodies = ["为了规范管理，制定本条例。", *articles, *filler]
    lines = [f"第{numerals[at]}条 {body}" for at, body in enumerate(bodies)]
    lines.append(f"第{numerals[len(bodies)]}条 本条例自2022年5月1日起施行。")
    return HEAD + chapter + "\n\n" + "\n\n".join(lines)


def ask(text: str, *, seed: int = 0) -> tuple[Question, ...]:
    return generate([text_document(text)], seed=seed).bank.questions


def stems(text: str, kind: Kind | None = None) -> list[str]:
    return [q.stem for q in ask(text) if kind in (None, q.kind)]


def dropped(text: str) -> dict[str, int]:
    return generate([text_document(text)]).stats.total("dropped")


@cache
def bank(path: Path) -> tuple[Question, ...]:
    """The questions of a file, made once for all tests."""
    return generate([read(path)]).bank.questions


Tree = list[tuple[str, tuple[str, ...], list[tuple[str, list[str]]]]]


def tree(found: Statute) -> Tree:
    """Articles with headings, 款 and 项, marks and blanks left aside."""
    return [
        (
            article.label,
            tuple(re.sub(r"\s", "", heading) for heading in article.headings),
            [
                (p.passage.text, [re.sub("[；。]$", "", i.passage.text) for i in p.items])
                for p in article.paragraphs
            ],
        )
        for article in found.articles
    ]
