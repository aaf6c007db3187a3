"""What a person may have done wrong, each with the text they read.

BotError
├── NotJoined       nobody of that chat has joined
├── Deactivated     the person may not take part any more
├── NotAllowed      the role doesn't reach that far
├── StaleTap        the button belongs to something gone: old, forged, another's
└── SettingsError   the settings can't work (one line, exit status 2)
"""

from __future__ import annotations

from collections.abc import Mapping


class BotError(Exception):
    """Root of the findings that end a request with a sentence to the person."""

    text_key = "common.stale"

    @property
    def values(self) -> Mapping[str, object]:
        """What the sentence names."""
        return {}


class NotJoined(BotError):
    """Nobody of that chat has joined."""

    text_key = "common.not_joined"


class Deactivated(BotError):
    """The person may not take part any more."""

    text_key = "common.deactivated"


class NotAllowed(BotError):
    """The person's role doesn't reach that far."""

    text_key = "common.not_allowed"


class StaleTap(BotError):
    """The button belongs to something gone: an old message, a forged id, another's question."""

    text_key = "common.stale"


class SettingsError(BotError):
    """The settings can't work; the message names the variable."""
