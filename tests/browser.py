"""A real Chromium for tests: one process for the whole run, a fresh profile for each page.

Import `chromium` and `open_page` in a conftest. Without Chromium the tests that ask for it skip,
except under `CI=true`, where they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 30.0
_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)


class PageFactory(Protocol):
    """Opens pages, each in its own profile; what it opened is closed after the test."""

    async def __call__(self, url: str = "", **options: Any) -> Page:
        """A page at `url`; options as of Playwright's `new_context`, a phone by default."""
        ...


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Chromium's debugging port."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        reason = "Chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    profile = tmp_path_factory.mktemp("chromium")
    with (profile / "log").open("wb") as log:
        process = subprocess.Popen(
            [path, *_ARGUMENTS, f"--user-data-dir={profile}"], stdout=log, stderr=log
        )
    try:
        yield f"http://127.0.0.1:{_debugging_port(process, profile)}"
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
async def open_page(chromium: str) -> AsyncIterator[PageFactory]:
    """A page factory; an error in a page's scripts fails the test that opened it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium)
        async with _pages(browser) as factory:
            yield factory
        await browser.close()


@asynccontextmanager
async def _pages(browser: Browser) -> AsyncIterator[PageFactory]:
    contexts: list[BrowserContext] = []
    mistakes: list[str] = []

    async def open_page(url: str = "", **options: Any) -> Page:
        defaults = {"viewport": PHONE, "locale": "zh-CN", "reduced_motion": "reduce"}
        context = await browser.new_context(**(defaults | options))
        context.set_default_timeout(8_000)
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        if url:
            await page.goto(url)
        return page

    try:
        yield open_page
    finally:
        for context in contexts:
            await context.close()
    assert not mistakes, f"errors in the page's scripts: {mistakes}"


def _debugging_port(process: subprocess.Popen[bytes], profile: Path) -> int:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return int((profile / "DevToolsActivePort").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            time.sleep(0.05)
    log = (profile / "log").read_text(errors="replace")
    raise RuntimeError(f"Chromium did not start: {log[-1000:]}")
