"""Errors of questions/.

QuestionsError
├── DocumentError      a file can't be read as a document
├── FormatError        a file can't be read as a question bank
└── LawError           rows of laws can't be used (questions.laws)
"""

from __future__ import annotations


class QuestionsError(Exception):
    """Root of every error raised by questions/; its message is Chinese and fit to be shown."""


class DocumentError(QuestionsError):
    """The file can't be read as a document."""


class FormatError(QuestionsError):
    """The file can't be read as a question bank."""
