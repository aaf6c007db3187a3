"""Names counted side by side in the same words."""

from __future__ import annotations

import pytest

from tests.questions.facts.test_enumerations import lists


def test_names_counted_in_the_same_words_are_a_row() -> None:
    (fact,) = lists("推进水泥企业节水改造3家、造纸企业节水改造5家，探索推进印染行业节水改造。")
    assert fact.printed == ("水泥", "造纸")
    assert fact.right == "企业节水改造"
    assert not fact.is_open


@pytest.mark.parametrize(
    "text",
    [
        "推进水泥企业节水改造3家、造纸企业排污治理5家。",
        "推进水泥企业节水改造3家。",
        "推进水泥企业节水改造3家、造纸企业节水改造5家等工作。",
    ],
)
def test_what_is_counted_in_other_words_is_no_row(text: str) -> None:
    assert not lists(text)


def test_who_acts_jointly_is_told_or_nothing_is() -> None:
    (told,) = [
        fact
        for fact in lists(
            "全区各级水利部门与公安机关、人民检察院建立了线索移送工作机制，"
            "联合开展了打击非法采砂违法犯罪和非法捕捞违法犯罪专项行动。"
        )
        if fact.noun == "违法犯罪行为"
    ]
    assert "水利部门与公安机关、人民检察院联合开展了打击" in told.left
    assert not told.faults
    (untold,) = lists("加强巡查，联合开展了打击非法采砂违法犯罪和非法捕捞违法犯罪专项行动。")
    assert "V3" in untold.faults
