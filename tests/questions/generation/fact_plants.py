"""Faults of key, passage, scope and leaks: a question that says what its fact doesn't."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from questions.facts import EntityFact, EnumFact, MentionFact, TitleFact
from questions.facts.quantities import UnitClass
from questions.generation import wording
from questions.generation.candidate import Candidate
from questions.models import Citation, Kind
from tests.questions.generation.plants import (
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

# Key and passage.


@plant("V1")
def shifted_passage(one: Sound, rng: random.Random) -> Candidate | None:
    cite = one.question.citation
    return change(one, citation=replace(cite, start=cite.start + rng.randint(1, 3)))


@plant("V1")
def passage_retold(one: Sound, rng: random.Random) -> Candidate | None:
    cite = one.question.citation
    return change(one, citation=replace(cite, quote=cite.quote.replace("，", "、") + "等"))


@plant("V1")
def passage_of_another(one: Sound, rng: random.Random) -> Candidate | None:
    document = one.source.document
    return change(one, citation=Citation(document.id, 0, 12, document.text[:12]))


@plant("V1")
def markup_in_the_passage(one: Sound, rng: random.Random) -> Candidate | None:
    cite = one.question.citation
    return change(one, citation=replace(cite, quote=f"<b>{cite.quote}</b>"))


@plant("V1 key")
def key_on_a_wrong_option(one: Sound, rng: random.Random) -> Candidate | None:
    place = wrong(one, rng)
    if place is None:
        return None
    key = tuple(sorted({*one.question.key[1:], place}))
    return change(one, key=key)


@plant("V1 key")
def verdict_turned(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.JUDGE:
        return None
    return change(one, key=(1 - one.question.key[0],))


@plant("V1 key")
def true_statement_of_another_number(one: Sound, rng: random.Random) -> Candidate | None:
    fact = told(one)
    if fact is None or one.question.kind is not Kind.JUDGE or one.candidate.is_false:
        return None
    return restem(one, one.question.stem.replace(fact.quantity.digits, "777"))


@plant("V1 key")
def false_statement_that_is_true(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.JUDGE or one.candidate.is_false:
        return None
    return replace(change(one, key=(1,)), is_false=True)


@plant("V1 key")
def blank_with_another_answer(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.BLANK or told(one) is None:
        return None
    return change(one, answers=("777", "七百七十七"))


@plant("T47 unit")
def unit_guessed(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    if fact is None or fact.quantity.unit_class is not UnitClass.COUNT:
        return None
    unit = wording.full_width(fact.quantity.unit)
    other = "座" if unit != "座" else "家"
    options = tuple(option.replace(unit, other) for option in one.question.options)
    stem = one.question.stem.replace(f"多少{unit}", f"多少{other}")
    return change(one, options=options, stem=stem)


@plant("T46 scale")
def scale_lost(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    if fact is None or not fact.quantity.scale:
        return None
    options = tuple(o.replace(fact.quantity.scale, "", 1) for o in one.question.options)
    return change(one, options=options)


@plant("T46 scale")
def wrong_option_of_another_scale(one: Sound, rng: random.Random) -> Candidate | None:
    fact, place = single_figure(one), wrong(one, rng)
    if fact is None or place is None or not fact.quantity.scale:
        return None
    return swap(one, place, one.question.options[place].replace(fact.quantity.scale, "", 1))


@plant("T22 measure")
def second_measure_cut(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    if fact is None or "(" not in fact.quantity.unit:
        return None
    return change(one, options=tuple(o.partition("（")[0] for o in one.question.options))


@plant("T19 T20 approximation")
def qualifier_lost(one: Sound, rng: random.Random) -> Candidate | None:
    options = tuple(re.sub("余|左右|约|近|多", "", option) for option in one.question.options)
    if single_figure(one) is None or options == one.question.options:
        return None
    return change(one, options=options)


@plant("T19 T20 approximation")
def wrong_option_beside_an_approximation(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    if fact is None or not re.search("余|左右", fact.quantity.printed()):
        return None
    digits = fact.quantity.digits.replace(",", "")
    if "." in digits:
        return None
    return misled(one, rng, fact.quantity.printed(str(int(digits) + 1)))


# Uniqueness.


@plant("V2 T44 T27 alike")
def wrong_option_true_of_a_like_measure(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    rivals = one.source.rivals.get(fact.at, ()) if fact else ()
    for rival in rivals:
        assert fact is not None
        if rival.quantity.value != fact.quantity.value:
            return misled(one, rng, rival.quantity.printed())
    return None


@plant("V2 titles")
def wrong_title_of_the_same_deed(one: Sound, rng: random.Random) -> Candidate | None:
    fact = one.candidate.fact
    if not isinstance(fact, TitleFact) or one.question.kind is Kind.JUDGE:
        return None
    others = [t for t in fact.titles if f"《{t.text}》" not in one.question.options]
    return misled(one, rng, f"《{others[0].text}》") if others else None


@plant("T49 T50 names")
def wrong_title_is_the_key_s_other_name(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.SINGLE or not isinstance(
        one.candidate.fact, TitleFact | MentionFact
    ):
        return None
    key = one.question.options[one.question.key[0]]
    if not key.startswith("《"):
        return None
    return misled(one, rng, key.replace("《", "《中华人民共和国"))


@plant("V2 lists")
def wrong_member_stands_in_the_passage(one: Sound, rng: random.Random) -> Candidate | None:
    fact = one.candidate.fact
    if not isinstance(fact, EnumFact) or one.question.kind is not Kind.MULTIPLE:
        return None
    others = [name for name in fact.printed if name not in one.question.options]
    return misled(one, rng, others[0]) if others else None


@plant("V2 lists")
def member_keyed_wrong(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.MULTIPLE or len(one.question.key) < 3:
        return None
    return change(one, key=one.question.key[:-1])


@plant("T25 derived")
def wrong_option_can_be_derived(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    if fact is None:
        return None
    unit = fact.quantity.printed("").strip()
    said = re.findall(rf"(\d+(?:\.\d+)?){re.escape(unit)}", fact.left + fact.right)
    return misled(one, rng, fact.quantity.printed(said[0])) if said else None


@plant("T29 shares")
def share_above_a_hundred(one: Sound, rng: random.Random) -> Candidate | None:
    fact = single_figure(one)
    if fact is None or fact.quantity.unit != "%":
        return None
    decimals = len(fact.quantity.digits.partition(".")[2])
    return misled(one, rng, fact.quantity.printed(f"{rng.randint(101, 129) + 0.7:.{decimals}f}"))


# Scope.


@plant("V3 T67 deixis")
def leaning_on_the_page(one: Sound, rng: random.Random) -> Candidate | None:
    word = rng.choice(["我厅", "今年", "上述", "该局", "本省", "其中的他们", "近年来", "一是"])
    return restem(one, re.sub("^(20\\d\\d年，)?", rf"\g<0>{word}", one.question.stem))


@plant("T37 period")
def period_lost(one: Sound, rng: random.Random) -> Candidate | None:
    if not one.is_figure:
        return None
    stem = re.sub(r"^20\d\d年(?:\d+[-—]\d+月|全年|上半年)?，?", "", one.question.stem)
    return restem(one, stem)


@plant("T26 subject")
def subject_lost(one: Sound, rng: random.Random) -> Candidate | None:
    fact = told(one)
    issuer = one.source.setting.issuer
    if fact is None or not issuer or issuer not in one.question.stem:
        return None
    return restem(one, one.question.stem.replace(issuer, ""))


@plant("V3 target")
def target_as_result(one: Sound, rng: random.Random) -> Candidate | None:
    fact = told(one)
    if fact is None:
        return None
    return replace(one.candidate, fact=replace(fact, faults=("V3",)))


# Leaks.


@plant("V4 leak")
def key_told(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return None
    key = one.question.options[one.question.key[0]]
    return restem(one, f"{one.question.stem[:-1]}（{key}）？")


@plant("V4 leak")
def words_of_the_title_told(one: Sound, rng: random.Random) -> Candidate | None:
    fact = one.candidate.fact
    if one.question.kind is not Kind.SINGLE or not isinstance(fact, TitleFact):
        return None
    wrong_ones = "".join(
        o for at, o in enumerate(one.question.options) if at not in one.question.key
    )
    key = one.question.options[one.question.key[0]].strip("《》")
    grams = [key[at : at + 2] for at in range(len(key) - 1)]
    own = [g for g in grams if g not in wrong_ones and g not in one.question.stem and g.isalpha()]
    return (
        restem(one, one.question.stem.replace("，", f"，在{own[0]}工作中，", 1)) if own else None
    )


@plant("T68 told elsewhere")
def blank_filled_by_its_stem(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind is not Kind.BLANK:
        return None
    answer = max(one.question.answers, key=len)
    return restem(one, f"{one.question.stem[:-1]}，{answer}。") if len(answer) > 1 else None


@plant("V12 value told")
def value_stands_twice(one: Sound, rng: random.Random) -> Candidate | None:
    fact = told(one)
    if fact is None or one.question.kind is Kind.JUDGE:
        return None
    return restem(one, f"{one.question.stem[:-1]}（含{fact.quantity.printed()}）？")


@plant("T32 direction")
def direction_turned(one: Sound, rng: random.Random) -> Candidate | None:
    if told(one) is None or one.candidate.is_false:
        return None
    for word, other in (("下降", "上升"), ("减少", "增加"), ("增长", "下降"), ("提高", "降低")):
        if word in one.question.stem:
            return restem(one, one.question.stem.replace(word, other, 1))
    return None


@plant("T32 direction")
def comparison_lost(one: Sound, rng: random.Random) -> Candidate | None:
    if told(one) is None:
        return None
    return restem(one, re.sub(r"同比|较20\d\d年|比上年", "", one.question.stem))


@plant("T26 antecedent")
def clause_before_lost(one: Sound, rng: random.Random) -> Candidate | None:
    clauses = one.question.stem.split("，")
    if told(one) is None or len(clauses) < 3 or len(clauses[1]) < 6:
        return None
    return restem(one, "，".join([clauses[0], *clauses[2:]]))


@plant("T54 deed")
def deed_changed(one: Sound, rng: random.Random) -> Candidate | None:
    if not isinstance(one.candidate.fact, TitleFact) or one.candidate.is_false:
        return None
    if one.question.kind is not Kind.JUDGE:
        return None
    stem = re.sub("印发|制定|修订|报请(?:省政府)?废止|完成", "征集", one.question.stem, count=1)
    return restem(one, stem)


@plant("T56 actor")
def actor_changed(one: Sound, rng: random.Random) -> Candidate | None:
    issuer = one.source.setting.issuer
    if not issuer or issuer not in one.question.stem or not told(one):
        return None
    return restem(one, one.question.stem.replace(issuer, "青海省林草局"))


@plant("T64 open list")
def open_list_as_closed(one: Sound, rng: random.Random) -> Candidate | None:
    fact = one.candidate.fact
    if not isinstance(fact, EnumFact) or not fact.is_open:
        return None
    return restem(one, one.question.stem.removeprefix("据报告列举，"))


@plant("T26 antecedent")
def words_around_a_name_lost(one: Sound, rng: random.Random) -> Candidate | None:
    fact = one.candidate.fact
    if not isinstance(fact, EntityFact | EnumFact | MentionFact) or len(fact.right) < 6:
        return None
    return restem(one, one.question.stem.replace(fact.right[2:], ""))
