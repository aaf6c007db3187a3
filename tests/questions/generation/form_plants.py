"""Faults of form, options, worth and decency."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from questions.facts import EntityFact, EnumFact, FigureFact, MentionFact, TallyFact, TitleFact
from questions.generation.candidate import Candidate
from questions.models import Kind
from tests.questions.generation.plants import (
    CHROME,
    Sound,
    change,
    misled,
    plant,
    restem,
    single_figure,
    swap,
    told,
    wrong,
)

# Form.


@plant("V5 form")
def bracket_unpaired(one: Sound, rng: random.Random) -> Candidate | None:
    return restem(one, rng.choice("《“（") + one.question.stem)


@plant("V5 form")
def stem_cut_off(one: Sound, rng: random.Random) -> Candidate | None:
    return restem(one, rng.choice(["并", "的", "等", "以及", "，"]) + one.question.stem)


@plant("V5 form")
def commas_doubled(one: Sound, rng: random.Random) -> Candidate | None:
    return restem(one, one.question.stem.replace("，", "，，", 1))


@plant("V5 form")
def stem_too_long(one: Sound, rng: random.Random) -> Candidate | None:
    return restem(one, one.question.stem[:-1] + "有关工作" * 30 + one.question.stem[-1])


@plant("V5 form")
def explanation_too_long(one: Sound, rng: random.Random) -> Candidate | None:
    return change(one, explanation=one.question.explanation + "说明" * 100)


@plant("V5 form")
def explanation_of_many_lines(one: Sound, rng: random.Random) -> Candidate | None:
    return change(one, explanation="答\n案\n是\n的")


@plant("V5 form")
def option_empty(one: Sound, rng: random.Random) -> Candidate | None:
    return misled(one, rng, "")


@plant("T48 nested titles")
def option_of_half_a_title(one: Sound, rng: random.Random) -> Candidate | None:
    place = wrong(one, rng)
    if place is None or "《" not in one.question.options[place]:
        return None
    return swap(one, place, one.question.options[place].rstrip("》"))


@plant("T48 nested titles")
def inner_title_opened(one: Sound, rng: random.Random) -> Candidate | None:
    if "《" not in one.question.stem:
        return None
    return restem(one, one.question.stem.replace("《", "《关于印发〈", 1))


@plant("T02 T03 chrome")
def chrome_in_the_stem(one: Sound, rng: random.Random) -> Candidate | None:
    return restem(one, f"{rng.choice(CHROME)}，{one.question.stem}")


@plant("T03 time stamp")
def time_stamp_asked(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.BLANK or not told(one):
        return None
    return restem(one, "2023年，报告发布时间为2024年1月19日09：____。")


@plant("T15 T18 heading")
def heading_run_in(one: Sound, rng: random.Random) -> Candidate | None:
    heading = rng.choice(["二、深入学习贯彻", "（三）严格执法。", "3.强化监管。"])
    return restem(one, re.sub("，", f"，{heading}", one.question.stem, count=1))


@plant("T12 T13 T14 run-on")
def two_sentences_joined(one: Sound, rng: random.Random) -> Candidate | None:
    fact = one.candidate.fact
    if isinstance(fact, FigureFact | TitleFact | MentionFact | EntityFact | EnumFact):
        return replace(one.candidate, fact=replace(fact, faults=("V11",)))
    return None


@plant("T12 T13 T14 run-on")
def clause_of_a_neighbour(one: Sound, rng: random.Random) -> Candidate | None:
    if told(one) is None:
        return None
    more = rng.choice(
        ["并在门户网站予以公开印发实施若干措施", "做好规范性文件审查备案", "加强法治教育培训"]
    )
    return restem(one, one.question.stem[:-1] + more + one.question.stem[-1])


@plant("V11 one sentence")
def paragraph_as_stem(one: Sound, rng: random.Random) -> Candidate | None:
    return restem(one, one.question.stem[:-1] + "，加强" * 7 + one.question.stem[-1])


@plant("V11 one sentence")
def second_sentence_in_the_stem(one: Sound, rng: random.Random) -> Candidate | None:
    if "横线处" in one.question.stem:
        return None
    return restem(one, one.question.stem.replace("，", "。", 1))


@plant("T17 blanks")
def stray_space(one: Sound, rng: random.Random) -> Candidate | None:
    return restem(one, re.sub(r"(____|多少)", "\\1 ", one.question.stem))


@plant("T38 numbers in names")
def blank_inside_a_title(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.BLANK or not told(one):
        return None
    stem = re.sub("____", "《水利工作方案（2021—____年）》", one.question.stem, count=1)
    return restem(one, stem)


@plant("T40 T41 terms")
def blank_inside_a_term(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.BLANK or not told(one):
        return None
    return restem(one, re.sub("____", "“第____批十大典型案例”", one.question.stem, count=1))


# Options.


@plant("V6 parallel")
def option_twice(one: Sound, rng: random.Random) -> Candidate | None:
    place = wrong(one, rng)
    others = [at for at in range(len(one.question.options)) if at != place]
    return None if place is None else swap(one, place, one.question.options[rng.choice(others)])


@plant("V6 parallel")
def option_of_another_unit(one: Sound, rng: random.Random) -> Candidate | None:
    if single_figure(one) is None:
        return None
    return misled(one, rng, f"{rng.randint(20, 900)}立方米")


@plant("V6 parallel")
def option_of_another_precision(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    if fact is None:
        return None
    return misled(one, rng, fact.quantity.printed(f"{fact.quantity.digits.split('.')[0]}.375"))


@plant("T62 T65 members")
def fused_last_member(one: Sound, rng: random.Random) -> Candidate | None:
    place = wrong(one, rng)
    if place is None or not isinstance(one.candidate.fact, EnumFact):
        return None
    return swap(one, place, one.question.options[place] + "重型柴油货车远程在线监控平台")


@plant("T62 T65 members")
def key_with_its_office(one: Sound, rng: random.Random) -> Candidate | None:
    if not isinstance(one.candidate.fact, EnumFact) or one.question.kind is not Kind.MULTIPLE:
        return None
    place = one.question.key[-1]
    return swap(one, place, one.question.options[place] + "生态环境厅及有关直属单位")


@plant("V7 guessing")
def key_the_longest(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.SINGLE or one.is_figure:
        return None
    key = one.question.options[one.question.key[0]]
    options = tuple(
        option if at in one.question.key else f"{option[: len(key) * 5 // 8]}{at}"
        for at, option in enumerate(one.question.options)
    )
    fits = len(key) > 6 and not any(c in "".join(options) for c in "《“（")
    return change(one, options=options) if fits else None


@plant("V7 guessing")
def key_in_the_middle_of_its_likes(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    if fact is None or len(fact.quantity.digits) != 4 or not fact.quantity.digits.isdigit():
        return None
    d = int(fact.quantity.digits)
    if d % 10 == 0 or not 2 <= d // 100 % 10 <= 8 or d // 10 % 10 < 3:
        return None
    texts = [str(value) for value in (d - 100, d - 20, d, d + 100)]
    options = tuple(fact.quantity.printed(text) for text in texts)
    return change(one, options=options, key=(2,))


# Worth and decency.


@plant("V9 worth")
def slogan_asked(one: Sound, rng: random.Random) -> Candidate | None:
    if not isinstance(one.candidate.fact, EnumFact):
        return None
    return restem(one, "2023年，浙江省水利厅坚持下列哪些治水方针？")


@plant("V9 worth")
def fact_of_no_worth(one: Sound, rng: random.Random) -> Candidate | None:
    fact = one.candidate.fact
    if isinstance(fact, TallyFact):
        return None
    return replace(one.candidate, fact=replace(fact, faults=("V9",)))


@plant("T52 films")
def film_as_document(one: Sound, rng: random.Random) -> Candidate | None:
    fact = one.candidate.fact
    if not isinstance(fact, TitleFact):
        return None
    text = fact.titles[0].text
    return replace(
        one.candidate, fact=replace(fact, sentence=f"制作专题宣传片《{text}》，播放多次")
    )


@plant("V10 T66 sensitive")
def false_on_doctrine(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.JUDGE:
        return None
    word = rng.choice(["习近平法治思想", "党中央决策", "宪法"])
    spoiled = restem(one, one.question.stem.replace("，", f"，学习宣传{word}，", 1))
    fact = told(one)
    if spoiled is None or (fact is not None and not one.candidate.is_false):
        return None
    return replace(spoiled, is_false=True, question=replace(spoiled.question, key=(1,)))


@plant("V10 T66 sensitive")
def wrong_option_on_the_party(one: Sound, rng: random.Random) -> Candidate | None:
    if one.is_figure:
        return None
    return misled(one, rng, "《中国共产党章程》")


@plant("T56 party")
def false_on_what_the_party_issued(one: Sound, rng: random.Random) -> Candidate | None:
    if not one.candidate.is_false or "，" not in one.question.stem:
        return None
    return restem(one, one.question.stem.replace("，", "，中共浙江省委", 1))


@plant("V12 value told")
def value_stands_beside_its_gap(one: Sound, rng: random.Random) -> Candidate | None:
    fact = told(one)
    words = [answer for answer in one.question.answers if not re.search(r"\d", answer)]
    if fact is None or one.question.kind is not Kind.BLANK or not words:
        return None
    stem = f"{one.question.stem[:-1]}，实为{fact.quantity.printed()}{one.question.stem[-1]}"
    return change(one, stem=stem, answers=tuple(words))
