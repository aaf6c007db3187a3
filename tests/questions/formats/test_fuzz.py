"""Damaged files are read or refused, never a crash and never a wait."""

from __future__ import annotations

import pytest

from tests.questions.formats.fuzz import READERS, run

CASES = {"xlsx": 120, "csv": 400, "text": 400, "docx": 60}


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    assert run(CASES[name], 1, [name]) == []
