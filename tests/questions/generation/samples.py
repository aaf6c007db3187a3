"""Reports of other agencies, made up, and short ways to ask from them."""

from __future__ import annotations

from pathlib import Path

from questions import documents
from questions.documents import Document
from questions.generation import Generated, generate
from questions.models import Question

REPORTS = sorted((Path(__file__).parent / "reports").iterdir())


def read(path: Path) -> Document:
    return documents.read(path.read_bytes(), name=path.name)


def report(text: str, title: str = "浙江省水利厅2023年法治政府建设情况报告") -> Document:
    """A one-section report."""
    return documents.read(f"{title}\n一、主要工作\n{text}\n".encode(), name="a.txt")


def ask(text: str, *, seed: int = 0) -> tuple[Question, ...]:
    return run(text, seed=seed).bank.questions


def run(text: str, *, seed: int = 0) -> Generated:
    return generate([report(text)], seed=seed)
