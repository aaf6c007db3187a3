"""Damaged files are read or refused, never a crash and never a wait."""

from __future__ import annotations

import pytest

from tests.questions.formats.fuzz import READERS, run


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    assert run(150, 1, [name]) == []
