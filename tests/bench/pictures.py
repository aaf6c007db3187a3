"""How long pictures take at their fullest, and what the event loop feels of it.

The peer draws twenty plain lines of text and bars on 900 by 1000 points with Pillow, at once and
without shrinking: what a board costs at least. Its processor time over ours is each ratio; where
it takes the 55 ms that were measured on an idle machine, 0.18 are 0.3 seconds.
"""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable
from typing import Final

from bot.reports.pictures import fonts, heat, render, trend
from bot.reports.pictures.boards import board_picture
from bot.reports.pictures.fonts import Family
from tests.bench.figures import Figure, conclude, quantile
from tests.bot.reports import samples

ROUNDS: Final = 7
LARGEST: Final = 1 << 20
LONGEST_DELAY: Final = 0.05
BAR: Final = 0.18

PICTURES: Final[dict[str, Callable[[], bytes]]] = {
    "people": lambda: board_picture(
        samples.people(*samples.NAMES, samples.LONG_NAME, "尾"), is_dark=False
    ),
    "departments": lambda: board_picture(samples.departments(), is_dark=False),
    "trend": lambda: trend.draw(samples.trend(), is_dark=False),
    "heat": lambda: heat.draw(samples.heat(), is_dark=True),
}


def main(*, short: bool = False) -> int:
    """Print the figures; 1 where a bar is missed."""
    figures: list[Figure] = []
    rounds = 3 if short else ROUNDS
    ours: dict[str, float] = {}
    peer = _median(_plain_board, rounds)
    for name, draw in PICTURES.items():
        before = time.process_time()
        content = draw()
        first = time.process_time() - before
        ours[name] = _median(draw, rounds)
        print(
            f"{name}: {ours[name] * 1000:.0f} ms, the first {first * 1000:.0f} ms, "
            f"{len(content) / 1024:.0f} KB"
        )
        figures.append(Figure(f"plain Pillow / {name}", peer / ours[name], BAR))
        figures.append(Figure(f"{name} bytes allowed / taken", LARGEST / len(content), 1))
    print(f"plain Pillow: {peer * 1000:.0f} ms")
    delay = asyncio.run(_delay(rounds))
    print(f"event loop held up {delay * 1000:.1f} ms (99 of 100 turns) while drawing")
    figures.append(Figure("delay allowed / met", LONGEST_DELAY / delay, 1))
    return conclude("pictures", figures)


def _median(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return sorted(taken)[rounds // 2]


async def _delay(rounds: int) -> float:
    delays: list[float] = []

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            delays.append(time.perf_counter() - before - 0.001)

    watching = asyncio.create_task(watch())
    for _ in range(rounds):
        for draw in PICTURES.values():
            await render(draw)
    watching.cancel()
    return quantile(sorted(delays), 0.99)


def _plain_board() -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (900, 1000), "#FFFFFF")
    pen = ImageDraw.Draw(image)
    type_ = fonts.font(Family.SANS, 28)
    for place in range(20):
        y = 40 + place * 46
        pen.text((40, y), f"{place + 1}", font=type_, fill="#000000")
        pen.text((100, y), "阿卜杜热合曼·买买提艾力", font=type_, fill="#000000")
        pen.rounded_rectangle((500, y, 500 + 12 * place, y + 18), 9, fill="#0B4F8A")
        pen.text((780, y), "95.1%", font=type_, fill="#000000")
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
