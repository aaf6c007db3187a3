"""The token never reaches a log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest
from telegram.error import TelegramError

from bot.transport import redaction
from tests.bot.transport.wire import TOKEN, Wire, cut, hang

URL = f"https://api.telegram.org/bot{TOKEN}/getMe"


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log as written by a handler under the filter."""
    caplog.set_level(logging.DEBUG)
    levels = {name: logging.getLogger(name).level for name in redaction.TALKATIVE}
    root = logging.getLogger()
    root.addHandler(caplog.handler)
    installed = redaction.install(TOKEN, "short:token")
    yield caplog
    root.removeHandler(caplog.handler)
    for handler in (*root.handlers, caplog.handler, logging.lastResort):
        if handler is not None:
            handler.removeFilter(installed)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"asked {URL}", ()),
        ("asked %s of %s", (URL, {"token": TOKEN})),
        ("asked %(url)s", ({"url": URL},)),
        ("a short one: %s", ("short:token",)),
        ("another bot's: /bot12345:other/getMe", ()),
    ],
)
def test_no_message_or_argument_shows_it(
    logged: pytest.LogCaptureFixture, message: str, args: tuple[object, ...]
) -> None:
    logging.getLogger("anything").warning(message, *args)
    assert "<token>" in logged.text
    for secret in (TOKEN, "short:token", "12345:other"):
        assert secret not in logged.text


def test_no_traceback_or_stack_shows_it(logged: pytest.LogCaptureFixture) -> None:
    try:
        try:
            raise ValueError(URL)
        except ValueError as error:
            raise RuntimeError("outer") from error
    except RuntimeError:
        logging.getLogger("anything").exception("failed", stack_info=True)
    assert "RuntimeError: outer" in logged.text
    assert "<token>" in logged.text
    assert TOKEN not in logged.text


def test_other_records_keep_their_arguments_and_exception(
    logged: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError("harmless")
    except ValueError:
        logging.getLogger("anything").exception("failed: %d", 7)
    [record] = logged.records
    assert record.args == (7,)
    assert record.exc_info is not None


async def test_no_fault_of_the_wire_shows_it(wire: Wire, logged: pytest.LogCaptureFixture) -> None:
    api = await wire.api(read_seconds=0.1)
    bot = await wire.bot()
    wire.fail("sendMessage", hang, cut)
    for _ in range(2):
        with pytest.raises(TelegramError):
            await api.call("sendMessage", {"chat_id": 1, "text": "题"})
    await bot.get_updates(timeout=0)
    narrow = await wire.api(pool=1, connect_seconds=0.05, read_seconds=0.3)
    wire.fail("sendMessage", hang)
    calls = [narrow.call("sendMessage", {"chat_id": 1, "text": "题"}) for _ in range(2)]
    for error in await asyncio.gather(*calls, return_exceptions=True):
        assert isinstance(error, TelegramError)
        logging.getLogger("anything").error("send failed", exc_info=error)
    assert "Connection timeout to host" in logged.text
    assert TOKEN not in logged.text


def test_loggers_of_whole_urls_are_quiet(logged: pytest.LogCaptureFixture) -> None:
    for name in ("httpx", "httpcore", "aiohttp.access"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
