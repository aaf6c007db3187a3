"""The shelf finds every stem that is much alike, and only those."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from questions.models import Kind
from questions.proofing import Shelf

SAID = st.text("甲乙丙丁1、，", min_size=4, max_size=24)


def grams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def test_a_stem_that_differs_by_a_word_is_found_under_its_number() -> None:
    shelf = Shelf()
    stem = "排污许可证有效期届满需要继续排污的，应当于届满多少日前提出延续申请？"
    shelf.add(7, Kind.SINGLE, stem)
    shelf.add(8, Kind.SINGLE, "行政机关应当自立案之日起多少日内作出决定？")

    assert shelf.alike(Kind.SINGLE, stem.replace("延续申请", "申请")) == [7]
    assert shelf.alike(Kind.JUDGE, stem) == []


def test_blanks_and_width_make_no_difference() -> None:
    shelf = Shelf()
    shelf.add(1, Kind.BLANK, "ＰＭ2.5 浓度为____。")

    assert shelf.alike(Kind.BLANK, "PM2.5浓度为____") == [1]


@given(st.lists(SAID, max_size=20), SAID)
def test_the_short_cut_finds_what_comparing_all_finds(stems: list[str], asked: str) -> None:
    plain = [stem.replace("，", "甲").replace("、", "乙") for stem in stems]
    wanted = asked.replace("，", "甲").replace("、", "乙")
    shelf = Shelf(plain[::2])
    for number, stem in enumerate(plain):
        shelf.add(number, Kind.SINGLE, stem)

    mine = grams(wanted)
    all_of_them = [
        number
        for number, stem in enumerate(plain)
        if len(mine & grams(stem)) >= 0.8 * len(mine | grams(stem))
    ]
    assert shelf.alike(Kind.SINGLE, wanted) == all_of_them


def test_ten_thousand_stems_are_compared_in_seconds() -> None:
    rng = random.Random(1)
    words = ["".join(chr(rng.randrange(0x4E00, 0x5400)) for _ in range(2)) for _ in range(500)]
    stems = ["".join(rng.choices(words, k=12)) + str(number) for number in range(10_000)]
    started = time.perf_counter()
    shelf = Shelf(stems)
    for number, stem in enumerate(stems):
        shelf.alike(Kind.SINGLE, stem)
        shelf.add(number, Kind.SINGLE, stem)
    assert time.perf_counter() - started < 10
