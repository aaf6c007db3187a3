"""Keeps the bot's token out of every log."""

from __future__ import annotations

import logging
import re

# A token in a URL of the Bot API, or anything of a token's shape anywhere.
_TOKEN = re.compile(r"(?<=/bot)[^/\s'\"]+(?=/)|\b\d{5,}:[A-Za-z0-9_-]{30,}")
_HIDDEN = "<token>"
# These write whole URLs at INFO.
TALKATIVE = ("httpx", "httpcore", "aiohttp.access", "telegram.Bot", "telegram.ext.ExtBot")
_formatter = logging.Formatter()


class Redaction(logging.Filter):
    """Replaces tokens in the message, its arguments, the traceback and the stack of a record."""

    def __init__(self, *tokens: str) -> None:
        super().__init__()
        self._exact = tuple(token for token in tokens if token)

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean `record` in place; every record passes."""
        message = record.getMessage()
        clean = self.clean(message)
        if clean != message:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _formatter.formatException(record.exc_info)
        if record.exc_text:
            text = self.clean(record.exc_text)
            if text != record.exc_text:
                # A formatter of its own could print the exception afresh.
                record.exc_text, record.exc_info = text, None
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        """`text` without tokens."""
        for token in self._exact:
            text = text.replace(token, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, text)


def install(*tokens: str) -> Redaction:
    """Redact whatever the root's handlers write; call it once logging is configured."""
    redaction = Redaction(*tokens)
    for handler in (*logging.getLogger().handlers, logging.lastResort):
        if handler is not None:
            handler.addFilter(redaction)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    return redaction
