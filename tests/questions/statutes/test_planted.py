"""Faults planted into sound law questions are caught, whatever their family."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.questions.statutes import plants
from tests.questions.statutes.samples import NAMES, OURS, real

EACH = 6  # plants of a family and law


def planted(path: Path, family: str) -> list[str | None]:
    """The codes that catch a family's plants, None for each that goes through."""
    lot = plants.sound(path)
    codes: list[str | None] = []
    for one in lot.candidates:
        for spoiled in plants.SPOILS[family](one):
            codes.append(lot.code(spoiled))
            if len(codes) == EACH:
                return codes
    return codes


def shares(paths: list[Path]) -> dict[str, Counter[bool]]:
    found: dict[str, Counter[bool]] = {}
    for family in plants.SPOILS:
        codes = [code for path in paths for code in planted(path, family)]
        found[family] = Counter(code is not None for code in codes)
    return found


def check(found: dict[str, Counter[bool]], least: int) -> None:
    weak = {family: dict(c) for family, c in found.items() if c[True] < 0.8 * c.total()}
    assert not weak
    caught = sum(count[True] for count in found.values())
    total = sum(count.total() for count in found.values())
    assert total >= least
    assert caught >= 0.95 * total, {f: dict(c) for f, c in found.items() if c[False]}


def test_faults_planted_into_our_laws_are_caught() -> None:
    check(shares(list(OURS)), 100)


def test_faults_planted_into_real_laws_are_caught() -> None:
    found = shares([*OURS, *(real(name) for name in (NAMES[0], *NAMES[2:]))])
    assert all(count.total() for count in found.values()), found  # lists are few
    check(found, 300)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_sound_questions_pass_the_checks_they_were_kept_by(path: Path) -> None:
    lot = plants.sound(path)
    assert lot.candidates
    assert [one.stem for one in lot.candidates if lot.code(one) is not None] == []
