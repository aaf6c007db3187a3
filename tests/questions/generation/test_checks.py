"""Every check lets a sound question pass and drops one with its own fault."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from questions import facts, numerals
from questions.facts import FigureFact, TitleFact
from questions.generation import checks, figures, titles
from questions.generation.book import Book, Source, source
from questions.generation.candidate import Candidate
from questions.models import Citation, Kind, Question
from tests.questions.generation import samples

TEXT = (
    "(一)加强执法监管。全省共查处水事违法案件1029起，罚没金额2835.4万元。"
    "查处非法采砂案件1187起，完成堤防加固工程94处。开展节水培训180余场。"
    "将《浙江省海塘建设管理条例》和《浙江省水资源保护条例》列为2024年地方立法项目。"
    "报请省政府废止《浙江省河道采砂管理条例》。印发《浙江省水行政处罚裁量基准规定》。"
    "推动出台《浙江省防汛防台抗旱条例》《浙江省水土保持条例》。"
    "组织学习习近平法治思想专题讲座32场，深化宪法宣传活动45场。"
)


@dataclass
class Bench:
    """A document of one section with its candidates."""

    source: Source
    book: Book

    def candidates(self) -> Iterator[Candidate]:
        for fact in self.source.facts:
            if isinstance(fact, FigureFact):
                made = [maker(fact, self.source, self.book) for maker in figures.MAKERS.values()]
                yield from (one for one in made if one is not None)
            elif isinstance(fact, TitleFact) and titles.is_askable(fact):
                for maker in (titles.single, titles.multiple, titles.judge):
                    yield from maker(fact, self.source, self.book)

    def fails(self, candidate: Candidate) -> str | None:
        return checks.first_failure(candidate, self.source, self.book)


def bench(text: str = TEXT, seed: int = 0) -> Bench:
    document = samples.report(text)
    one = source(document, facts.extract(document))
    return Bench(one, Book(random.Random(seed), frozenset(Kind)))


def sound(kind: Kind, value: str = "", *, seed: int = 0) -> tuple[Bench, Candidate]:
    """A candidate that passes every check."""
    table = bench(seed=seed)
    for candidate in table.candidates():
        question = candidate.question
        wanted = question.kind is kind and value in str(question.fact["value"])
        if wanted and table.fails(candidate) is None:
            return table, candidate
    raise AssertionError(f"no sound {kind} on {value}")


def change(candidate: Candidate, **changes: object) -> Candidate:
    question: Question = replace(candidate.question, **changes)  # type: ignore[arg-type]
    return replace(candidate, question=question)


def with_fault(candidate: Candidate, code: str) -> Candidate:
    return replace(candidate, fact=replace(candidate.fact, faults=(code,)))


def swap(candidate: Candidate, place: int, text: str) -> Candidate:
    options = list(candidate.question.options)
    options[place] = text
    return change(candidate, options=tuple(options))


def wrong_place(candidate: Candidate) -> int:
    return next(at for at in range(4) if at not in candidate.question.key)


def test_sound_candidates_of_every_kind_pass() -> None:
    for kind, value in ((Kind.SINGLE, "94"), (Kind.BLANK, "94"), (Kind.JUDGE, "94")):
        sound(kind, value)
    sound(Kind.MULTIPLE)


def test_v1_a_passage_that_is_not_verbatim_is_dropped() -> None:
    table, candidate = sound(Kind.SINGLE, "94")
    cite = candidate.question.citation
    for bad in (
        replace(cite, quote=cite.quote + "等"),
        replace(cite, start=cite.start + 1),
        Citation(cite.document, 0, 5, table.source.document.text[0:5]),
    ):
        assert table.fails(change(candidate, citation=bad)) == "V1"


def test_v1_a_passage_with_markup_inside_is_dropped() -> None:
    questions = samples.ask("全省共查处水事违法案件<b>1029</b>起，完成堤防加固工程94处。")
    assert questions
    assert not any("1029" in str(question.fact["value"]) for question in questions)


def test_v2_a_wrong_option_true_of_something_alike_is_dropped() -> None:
    table = bench("全省共查处水事违法案件1029起。省本级查处水事违法案件987起。")
    candidate = next(
        one
        for one in table.candidates()
        if one.question.kind is Kind.SINGLE and "全省" in one.question.stem
    )
    assert table.fails(candidate) is None
    assert table.fails(swap(candidate, wrong_place(candidate), "987起")) == "V2"


def test_v2_a_figure_given_twice_with_two_values_is_dropped() -> None:
    questions = samples.ask("全年审核处罚案件1358宗，培训执法骨干94人。全年审核处罚案件1385宗。")
    assert not any(str(q.fact["value"]) in ("1358", "1385") for q in questions)
    assert any(q.fact["value"] == "94" for q in questions)


def test_v2_parts_of_one_whole_do_not_contradict_each_other() -> None:
    questions = samples.ask("清理行政规范性文件86件，其中废止12件、修改5件、继续有效69件。")
    assert {"12", "5", "69", "86"} <= {str(question.fact["value"]) for question in questions}


def test_v2_a_title_that_was_issued_too_is_no_wrong_option() -> None:
    table, candidate = sound(Kind.SINGLE, "海塘")
    assert table.fails(swap(candidate, wrong_place(candidate), "《浙江省水资源保护条例》")) == "V2"


@pytest.mark.parametrize("word", ["我厅", "今年", "上述", "该项目", "一是"])
def test_v3_words_that_lean_on_the_page_are_dropped(word: str) -> None:
    table, candidate = sound(Kind.SINGLE, "94")
    stem = candidate.question.stem.replace("2023年，", f"2023年，{word}")
    assert table.fails(change(candidate, stem=stem)) == "V3"


def test_v3_a_target_is_dropped() -> None:
    assert not samples.ask("力争完成堤防加固工程94处。")


def test_v4_a_key_in_the_stem_is_dropped() -> None:
    table, candidate = sound(Kind.SINGLE, "94")
    assert table.fails(change(candidate, stem="2023年，完成堤防加固94处，共完成多少处？")) == "V4"
    table, blank = sound(Kind.BLANK, "94")
    assert table.fails(change(blank, answers=("23",))) == "V4"


def test_v4_words_that_single_out_a_title_are_dropped() -> None:
    table, candidate = sound(Kind.SINGLE, "海塘")
    stem = "2023年，在海塘建设方面，浙江省水利厅将下列哪份文件列为2024年地方立法项目？"
    assert table.fails(change(candidate, stem=stem)) == "V4"


@pytest.mark.parametrize(
    "stem",
    [
        "并完成堤防加固工程多少处？",
        "2023年，浙江省水利厅完成《堤防加固工程多少处？",
        "2023年，，浙江省水利厅完成堤防加固工程多少处？",
        "2023年，" + "浙江省水利厅" * 30 + "完成堤防加固工程多少处？",
    ],
)
def test_v5_a_stem_out_of_form_is_dropped(stem: str) -> None:
    table, candidate = sound(Kind.SINGLE, "94")
    assert table.fails(change(candidate, stem=stem)) == "V5"


def test_v5_an_explanation_too_long_for_telegram_is_dropped() -> None:
    table, candidate = sound(Kind.SINGLE, "94")
    assert table.fails(change(candidate, explanation="答" * 201)) == "V5"
    assert table.fails(change(candidate, explanation="答\n案\n是\n94")) == "V5"


@pytest.mark.parametrize("option", ["88.5处", "88个", "880000处"])
def test_v6_an_option_unlike_the_others_is_dropped(option: str) -> None:
    table, candidate = sound(Kind.SINGLE, "94")
    assert table.fails(swap(candidate, wrong_place(candidate), option)) in ("V6", "V7")


def test_v6_the_same_option_twice_is_dropped() -> None:
    table, candidate = sound(Kind.SINGLE, "94")
    place = wrong_place(candidate)
    other = next(at for at in range(4) if at not in (place, candidate.question.key[0]))
    assert table.fails(swap(candidate, place, candidate.question.options[other])) == "V6"


def test_v7_a_key_all_others_resemble_is_dropped() -> None:
    table, candidate = sound(Kind.SINGLE, "1187")
    bad = change(candidate, options=("1087起", "1167起", "1187起", "1287起"), key=(2,))
    assert table.fails(bad) == "V7"


def test_v8_a_question_asked_before_is_dropped() -> None:
    table, candidate = sound(Kind.SINGLE, "94")
    checks.remember(candidate, table.book)
    assert table.fails(candidate) == "V8"


def test_v9_films_and_single_items_are_dropped() -> None:
    assert not samples.ask("制作专题宣传片《亮丽江山》，查处典型案件1起。")


def test_v10_a_false_statement_on_what_is_sensitive_is_dropped() -> None:
    for seed in range(6):
        table = bench(seed=seed)
        for candidate in table.candidates():
            if candidate.is_false and checks.SENSITIVE.search(candidate.question.citation.quote):
                assert table.fails(candidate) == "V10"


def test_v10_a_wrong_option_on_what_is_sensitive_is_dropped() -> None:
    table, candidate = sound(Kind.SINGLE, "海塘")
    bad = swap(candidate, wrong_place(candidate), "《中国共产党章程学习纲要》")
    assert table.fails(bad) == "V10"


def test_v11_sentences_run_together_are_dropped() -> None:
    made = samples.run("对拟发规范性文件进行合法性和公平竞争审查做好规范性文件备案工作30件。")
    assert not made.bank.questions
    assert made.stats.total("dropped").get("V11")


def test_v12_a_stem_that_prints_its_own_value_is_dropped() -> None:
    table, candidate = sound(Kind.BLANK, "94")
    stem = "2023年，浙江省水利厅完成堤防加固工程94处、____处。"
    bad = change(candidate, stem=stem, answers=("九十四",))
    assert table.fails(bad) == "V12"


def test_every_code_has_its_check_and_its_test() -> None:
    codes = {code for code, _ in checks.CHECKS}
    assert codes == {f"V{number}" for number in range(1, 13)}
    tested = {name.split("_")[1].upper() for name in globals() if name.startswith("test_v")}
    assert tested == codes


Plant = Callable[[Candidate, random.Random], Candidate]


def _repeat_key(candidate: Candidate, rng: random.Random) -> Candidate:
    key = candidate.question.options[candidate.question.key[0]]
    return change(candidate, stem=f"{candidate.question.stem}（{key}）")


PLANTS: dict[str, Plant] = {
    "shifted quote": lambda c, rng: change(
        c,
        citation=replace(c.question.citation, start=c.question.citation.start + rng.randint(1, 3)),
    ),
    "foreign key": lambda c, rng: replace(c, keys=("777777",)),
    "dangling": lambda c, rng: change(
        c, stem=rng.choice(["我厅", "今年", "上述", "该局", "本省"]) + c.question.stem
    ),
    "leak": _repeat_key,
    "broken bracket": lambda c, rng: change(c, stem=rng.choice("《“（") + c.question.stem),
    "bad start": lambda c, rng: change(c, stem=rng.choice(["并", "的", "等"]) + c.question.stem),
    "over long": lambda c, rng: change(c, stem=c.question.stem * 6),
    "twin options": lambda c, rng: swap(c, wrong_place(c), c.question.options[c.question.key[0]]),
    "other unit": lambda c, rng: swap(c, wrong_place(c), f"{rng.randint(900, 1300)}万吨"),
    "other precision": lambda c, rng: swap(c, wrong_place(c), f"{rng.randint(90, 99)}.25起"),
    "long explanation": lambda c, rng: change(c, explanation="说明" * 150),
    "marked": lambda c, rng: with_fault(c, rng.choice(["V3", "V5", "V9", "V11"])),
}


def test_planted_faults_are_caught() -> None:
    rng = random.Random(3)
    caught = planted = 0
    table = bench()
    singles = [
        c
        for c in table.candidates()
        if c.question.kind is Kind.SINGLE
        and isinstance(c.fact, FigureFact)
        and table.fails(c) is None
    ]
    assert len(singles) >= 4
    while planted < 240:
        for plant in PLANTS.values():
            planted += 1
            caught += table.fails(plant(rng.choice(singles), rng)) is not None
    assert caught / planted >= 0.95


def test_blanks_accept_every_form_and_nothing_else() -> None:
    _, blank = sound(Kind.BLANK, "94")
    answers = blank.question.answers
    for said in ("94", "94处", "九十四", "９４", " 94 处"):
        assert numerals.is_among(said, answers), said
    for said in ("95", "94个", "", "九十五", "94%"):
        assert not numerals.is_among(said, answers), said
