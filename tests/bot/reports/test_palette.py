"""Colours part in grey, in print and for every kind of colour vision; writing can be read."""

from __future__ import annotations

import itertools

import pytest

from bot.reports.pictures.palette import DARK, LIGHT, Palette

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])

# What people without one sort of cone see, on linear red, green and blue.
# Machado, Oliveira, Fernandes: A physiologically-based model for simulation of color vision
# deficiency (2009), severity 1.0.
BLIND = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
Linear = tuple[float, float, float]


def linear(colour: str) -> Linear:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def seen(colour: str, kind: str | None) -> Linear:
    rgb = linear(colour)
    if kind is None:
        return rgb
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True))))
        for row in BLIND[kind]
    )
    return red, green, blue


def luminance(rgb: Linear) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: str, other: str, kind: str | None = None) -> float:
    """WCAG 2.2, 1.4.3."""
    high, low = sorted((luminance(seen(one, kind)), luminance(seen(other, kind))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str, kind: str | None = None) -> float:
    """CIE L*, 0 to 100: what is left in grey."""
    y = luminance(seen(colour, kind))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


KINDS = (None, *BLIND)


@BOTH
def test_writing_stands_out_from_its_ground(palette: Palette) -> None:
    for ink, ground in (
        (palette.ink, palette.card),
        (palette.ink, palette.own),
        (palette.head_ink, palette.head),
        (palette.head_soft, palette.head),
    ):
        assert contrast(ink, ground) >= 7
    for ink, ground in (
        (palette.soft, palette.card),
        (palette.soft, palette.own),
        (palette.soft, palette.paper),
        (palette.seal_ink, palette.seal),
        (palette.card, palette.first),  # the figure on the medal
    ):
        assert contrast(ink, ground) >= 4.5


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_the_two_series_part_from_the_ground_and_each_other(
    palette: Palette, kind: str | None
) -> None:
    assert contrast(palette.first, palette.card, kind) >= 3
    assert contrast(palette.second, palette.card, kind) >= 3
    assert abs(lightness(palette.first, kind) - lightness(palette.second, kind)) >= 12


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_the_scale_runs_one_way_in_clear_steps(palette: Palette, kind: str | None) -> None:
    steps = [lightness(colour, kind) for colour in palette.scale]
    rising = steps if steps[0] < steps[-1] else steps[::-1]
    assert all(after - before >= 9 for before, after in itertools.pairwise(rising))


@BOTH
def test_figures_on_the_scale_can_be_read(palette: Palette) -> None:
    for ink, ground in zip(palette.scale_ink, palette.scale, strict=True):
        assert contrast(ink, ground) >= 4.5


@BOTH
def test_hatching_can_be_seen(palette: Palette) -> None:
    assert abs(lightness(palette.hatch) - lightness(palette.card)) >= 20
