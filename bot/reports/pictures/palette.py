"""The colours of pictures, by day and by night.

The two series differ in lightness as much as in hue, so that they part in grey and for every
kind of colour vision; so do the steps of the scale, which run one way from pale to strong.
Nothing is told by colour alone: figures, dashes, hatching and marks say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB; `scale` from least to most, `scale_ink` the writing on each step."""

    paper: str
    card: str
    ink: str
    soft: str  # lesser writing
    line: str
    hatch: str  # nothing took place
    head: str
    head_ink: str
    head_soft: str
    seal: str
    seal_ink: str
    own: str  # the ground of one's own line
    first: str  # 参与率
    second: str  # 得分率, 正确率
    track: str  # what a bar runs on
    scale: tuple[str, ...]
    scale_ink: tuple[str, ...]


LIGHT: Final = Palette(
    paper="#F6F4EE",
    card="#FFFFFF",
    ink="#18222E",
    soft="#566273",
    line="#DDE1E7",
    hatch="#B4BECB",
    head="#12365C",
    head_ink="#FFFFFF",
    head_soft="#C9D8E8",
    seal="#A92B1B",
    seal_ink="#FFF8F0",
    own="#FFF3D6",
    first="#0B4F8A",
    second="#C36A00",
    track="#E9EDF2",
    scale=("#F1F6FB", "#C3DAEE", "#86B4DB", "#2F6FAE", "#0B3C6F"),
    scale_ink=("#18222E", "#18222E", "#18222E", "#FFFFFF", "#FFFFFF"),
)
DARK: Final = Palette(
    paper="#10161D",
    card="#19212B",
    ink="#EEF2F6",
    soft="#A8B4C2",
    line="#303C4A",
    hatch="#52647A",
    head="#0C2A49",
    head_ink="#FFFFFF",
    head_soft="#B5CBE2",
    seal="#A92B1B",
    seal_ink="#FFF8F0",
    own="#3A3117",
    first="#9AD0FF",
    second="#DB852E",
    track="#2A3542",
    scale=("#1F2B38", "#2C4A68", "#4578A5", "#82B5E0", "#CFE7FB"),
    scale_ink=("#EEF2F6", "#EEF2F6", "#FFFFFF", "#10161D", "#10161D"),
)


def palette(*, is_dark: bool) -> Palette:
    """The colours by night or by day."""
    return DARK if is_dark else LIGHT
