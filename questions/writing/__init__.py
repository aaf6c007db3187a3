"""Other wordings for questions that rules made: what may be proposed, and what is taken.

A `Writer` proposes stems; `reword` takes those that ask exactly the same and pass the checks the
question itself passed. Everything else of a question stays, and so does any stem without a
proposal fit to be taken.
"""

from __future__ import annotations

from questions.writing.request import Request, Writer
from questions.writing.rewording import reword

__all__ = ["Request", "Writer", "reword"]
