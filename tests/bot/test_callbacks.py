"""Buttons: what goes out comes back, and nothing else does."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.callbacks import Tap, pack, parse
from bot.daily.taps import Choose


def every_tap() -> list[type[Tap]]:
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name.rpartition(".")[2] == "taps":
            importlib.import_module(module.name)
    # A dataclass with slots is made twice; the one its module names counts.
    kinds = [
        k for k in Tap.__subclasses__() if getattr(sys.modules[k.__module__], k.__name__) is k
    ]
    return sorted(kinds, key=lambda kind: kind.VERB)


def test_every_verb_is_used_once() -> None:
    verbs = [kind.VERB for kind in every_tap()]
    assert len(verbs) > 10
    assert len(set(verbs)) == len(verbs)


@pytest.mark.parametrize("kind", every_tap(), ids=lambda kind: kind.__name__)
def test_a_button_survives_the_way_there_and_back(kind: type[Tap]) -> None:
    values = [2**31 - 1 if f.type in ("int", int) else "departments" for f in fields(kind)]
    tap = kind(*values)
    data = pack(tap)
    assert len(data.encode()) <= 64
    assert parse(data, kind) == tap


@given(st.text(max_size=64))
def test_any_text_is_a_tap_or_nothing(data: str) -> None:
    tap = parse(data, Choose)
    assert tap is None or pack(tap) == pack(Choose(*map(int, data.split(":")[1:])))


def test_a_number_no_column_holds_is_no_tap() -> None:
    assert parse("a:1:1:2147483647", Choose) is not None
    assert parse("a:1:1:2147483648", Choose) is None


@pytest.mark.parametrize(
    "data",
    ["a:1:2", "a:1:2:3:4", "a:1:2:-3", "a:1:2:3 ", "a:1:2:٣", "a:1:2:x", "a:1:2:", "b:1:2:3", ""],
)
def test_a_forged_button_is_no_tap(data: str) -> None:
    assert parse(data, Choose) is None
