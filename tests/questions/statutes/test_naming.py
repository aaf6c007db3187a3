"""A text without a title is known by its wording, or by what its reader is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from questions import documents, laws
from questions.documents import Document
from questions.generation import generate
from questions.statutes import display_title, recognise, wordings
from tests.questions.statutes.samples import NAMES, real

BODY = "\n".join(
    ["第一条 单位应当自变更之日起十日内报告。", "第二条 单位应当登记。", "第三条 有效期为三年。"]
)


def untitled(text: str, title: str | None = None) -> Document:
    return documents.read(text.encode(), name="无题.txt", title=title)


def body(name: str) -> str:
    text = real(name).read_text(encoding="utf-8")
    return text[text.index("## 第一章") :]


def test_a_known_text_is_known_without_its_title() -> None:
    found = recognise(untitled(body(NAMES[0])))
    assert found is not None
    assert display_title(found) == "中华人民共和国行政处罚法（2021年修订）"
    made = generate([untitled(body(NAMES[0]))]).bank.questions
    assert {q.basis.in_force_from for q in made if q.basis} == {date(2021, 7, 15)}
    assert all(q.basis is not None for q in made)


def test_a_title_without_dates_gets_its_version_from_its_wording() -> None:
    found = recognise(untitled("中华人民共和国行政处罚法\n\n2021-01-22\n\n" + body(NAMES[0])))
    assert found is not None
    assert [(e.day, e.verb) for e in found.events] == [(date(2021, 1, 22), "修订")]
    other = recognise(untitled("滨海省处罚条例\n\n" + body(NAMES[0])))
    assert other is not None
    assert other.events == ()


def test_a_few_changed_articles_leave_a_text_known_and_many_do_not() -> None:
    text = body(NAMES[0])
    few = recognise(untitled(text.replace("九十日", "九十一日")))
    assert few is not None
    assert few.title == "中华人民共和国行政处罚法"
    many = recognise(untitled(text.replace("行政机关", "有关机关")))
    assert many is not None
    assert many.title is None


def test_a_part_of_a_known_text_keeps_its_numbers_and_gets_its_name() -> None:
    text = body(NAMES[3])
    part = text[text.index("第一百零一条") : text.index("第一百二十四条")]
    found = recognise(untitled(part))
    assert found is not None
    assert found.title == "中华人民共和国固体废物污染环境防治法"
    assert found.articles[0].label == "第一百零一条"


def test_a_given_title_names_the_law_and_its_year_the_version() -> None:
    given = "中华人民共和国行政处罚法(2021年修订)"
    made = generate([untitled(BODY, title=given)]).bank
    assert made.documents[0].title == "中华人民共和国行政处罚法（2021年修订）"
    assert all(q.basis and q.basis.in_force_from == date(2021, 7, 15) for q in made.questions)
    bare = generate([untitled(BODY, title="行政处罚法")]).bank
    assert all(q.basis is None for q in bare.questions)


def test_the_command_says_how_to_name_an_unknown_law(tmp_path: Path) -> None:
    path = tmp_path / "无题.txt"
    path.write_text(BODY, encoding="utf-8")
    told = CliRunner().invoke(main, ["generate", str(path), "--output", str(tmp_path / "b.json")])
    assert told.exit_code == 0
    assert "--title" in told.stderr
    named = ["generate", str(path), "--title", "行政处罚法（2021年修订）"]
    again = CliRunner().invoke(main, [*named, "--output", str(tmp_path / "c.json")])
    assert again.exit_code == 0
    assert "--title" not in again.stderr


def test_the_command_says_when_a_text_ends_and_what_follows_it(tmp_path: Path) -> None:
    given = ["generate", str(real(NAMES[3])), "--output", str(tmp_path / "b.json")]
    told = CliRunner().invoke(main, given)
    assert told.exit_code == 0
    assert "施行至2026年8月14日" in told.stderr
    assert "《中华人民共和国生态环境法典》" in told.stderr
    lasting = ["generate", str(real(NAMES[0])), "--output", str(tmp_path / "c.json")]
    assert "施行至" not in CliRunner().invoke(main, lasting).stderr


def test_every_known_wording_is_a_version_of_the_registry() -> None:
    assert len(wordings.table()) >= 80
    for row in wordings.table():
        law = laws.registry().find(row.title)
        assert law is not None, row.title
        made = [text for text in law.versions if text.made_on == row.made_on]
        assert made, row.title
        if made[0] is law.versions[-1] and law.articles:
            assert abs(law.articles - len(row.marks)) <= 10, "articles with 之一 are not counted"
