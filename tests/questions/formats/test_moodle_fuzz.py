"""Broken files are read or refused, soon and without a crash."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.errors import FormatError
from questions.formats import FORMATS
from questions.formats.moodle.tray import MOST
from tests.questions.formats.fuzz_moodle import NAMES, SIGNS, attempt, cases

each = pytest.mark.parametrize("name", NAMES)


@each
def test_mutated_files_are_read_or_refused(name: str) -> None:
    for data in cases(name, 300, random.Random(name)):
        attempt(name, data)


@each
@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=20).map("".join))
def test_any_heap_of_signs_is_read_or_refused(name: str, text: str) -> None:
    attempt(name, text.encode())


@each
@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    attempt(name, data)


@each
def test_a_sign_over_and_over_takes_no_time(name: str) -> None:
    for sign in ("<!--", "[id:", "::", "{", "=%50%", "A) ", "\\", "<a ", "｛", "#"):
        attempt(name, (sign * (300_000 // len(sign))).encode())


@pytest.mark.parametrize(
    ("name", "scrap"), [("gift", "x\n\n"), ("aiken", "xx\n\n"), ("moodle-xml", "<question/>")]
)
def test_a_file_of_scraps_is_refused_before_it_fills_the_memory(name: str, scrap: str) -> None:
    text = scrap * (MOST + 1)
    if name == "moodle-xml":
        text = f"<quiz>{text}</quiz>"
    with pytest.raises(FormatError, match="拆成几个文件"):
        FORMATS[name].read(text.encode(), "a")
