"""Boards, trends and heat maps as pictures one can print: drawn from what is handed in, no more.

Pillow and the typeface are loaded with the first picture, not with the bot.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

# A thread does: Pillow lets go of the interpreter while it shrinks and packs, and draws a text in
# well under a millisecond. One at a time, as each picture takes tens of megabytes.
_DESK = ThreadPoolExecutor(1, thread_name_prefix="xuefa-pictures")


async def render(work: Callable[[], bytes]) -> bytes:
    """A picture drawn beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_DESK, work)
