"""Which questions must not be asked together."""

from __future__ import annotations

from dataclasses import replace

from questions.conflicts import Past, conflict, gist
from questions.models import Question
from tests.cast import a_judge, a_multiple, a_question


def test_two_questions_on_the_same_passage_clash() -> None:
    one = a_question("q1")
    assert conflict(one, a_judge("j1", citation=one.citation))


def elsewhere(question: Question) -> Question:
    """The same question, cited from another document."""
    document = type(question.citation.document)("x")
    return replace(question, citation=replace(question.citation, document=document))


def test_a_stem_that_tells_anothers_key_clashes_both_ways() -> None:
    asked = a_multiple("m1")
    teller = elsewhere(a_judge("j1", stem=f"某厅印发了{asked.options[0]}。"))
    assert conflict(asked, teller)
    assert conflict(teller, asked)


def test_an_explanation_shown_before_the_next_question_tells_too() -> None:
    asked = a_multiple("m1")
    teller = elsewhere(a_judge("j1", explanation=f"某厅印发了{asked.options[0]}。"))
    assert conflict(asked, teller)
    assert conflict(teller, asked)
    assert not Past([teller]).clashes(gist(asked))  # days later it is what they learned


def test_width_and_blanks_hide_no_key() -> None:
    asked = a_question("q1", options=("１２件", "３４５ 件", "6件", "7件"))
    assert conflict(asked, elsewhere(a_judge("j1", stem="共办理345件。")))


def test_short_keys_stand_in_any_text() -> None:
    asked = a_question("q1", options=("1件", "2件", "3件", "4件"))
    assert not conflict(asked, elsewhere(a_judge("j1", stem="共办理12件。")))


def test_the_past_clashes_where_one_question_of_it_does() -> None:
    asked = a_multiple("m1")
    teller = elsewhere(a_judge("j1", stem=f"某厅印发了{asked.options[0]}。"))
    past = Past([a_question("q5"), teller])
    assert past.clashes(gist(asked))
    assert past.clashes(gist(teller))
    assert not past.clashes(gist(elsewhere(a_judge("j2"))))
    assert Past([a_question("q5"), asked]).clashes(gist(teller))
