"""Every sentence a person reads: one TOML file a screen, looked up by "screen.name".

Values are escaped for Telegram HTML unless they are Markup, which a text or view made.
"""

from __future__ import annotations

import html
import tomllib
from functools import cache
from importlib.resources import files

LANGUAGE = "zh_CN"


class Markup(str):
    """A text that is Telegram HTML already."""

    __slots__ = ()


@cache
def catalogue() -> dict[str, str]:
    """All texts by key."""
    texts: dict[str, str] = {}
    for entry in sorted(files(__package__).joinpath(LANGUAGE).iterdir(), key=lambda f: f.name):
        if entry.name.endswith(".toml"):
            screen = entry.name.removesuffix(".toml")
            for name, value in tomllib.loads(entry.read_text(encoding="utf-8")).items():
                texts[f"{screen}.{name}"] = value.removesuffix("\n")
    return texts


def text(key: str, /, **values: object) -> Markup:
    """The text of a key with its values filled in and escaped."""
    return Markup(catalogue()[key].format_map({k: _safe(v) for k, v in values.items()}))


def label(key: str, /, **values: object) -> str:
    """A text for places that take no HTML: buttons, toasts, command descriptions."""
    return catalogue()[key].format_map(values)


def _safe(value: object) -> object:
    if isinstance(value, Markup | int | float):
        return value
    return html.escape(str(value), quote=False)
