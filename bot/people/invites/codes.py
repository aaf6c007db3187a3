"""Invite codes: made at random, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 12  # 96 bits in 16 characters; nobody guesses one


def new_code() -> str:
    """A new code, fit for a /start payload (letters, digits, - and _; 64 at most)."""
    return secrets.token_urlsafe(_BYTES)


def digest(code: str) -> str:
    """What the database keeps of a code; whatever a stranger sends takes the same way."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
