"""The process that reads one file: job on stdin, progress on stderr, result on stdout.

The job is a line of JSON, then the file's bytes. The result is "ok" or "refused" on a line, then
the packed result or the Chinese sentence that says why not.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from bot.banks.workshop.found import (
    OK,
    PROGRESS,
    REFUSED,
    BankFile,
    DocumentFile,
    pack,
)
from questions import laws
from questions.documents import read as read_document
from questions.errors import DocumentError, FormatError, QuestionsError
from questions.formats import recognise
from questions.generation import generate
from questions.statutes import recognise as recognise_law


def main() -> None:
    """Do the job on stdin."""
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # libraries print; no result mixes with it
    job = json.loads(sys.stdin.buffer.readline())
    _limit(job["memory"], job["seconds"])
    data = sys.stdin.buffer.read()
    try:
        _say(out, OK, pack(_read(data, job)))
    except QuestionsError as error:
        _say(out, REFUSED, str(error).encode())
    except MemoryError:
        _say(out, REFUSED, "文件展开后太大，请拆成几份再发。".encode())


def _read(data: bytes, job: dict[str, Any]) -> BankFile | DocumentFile:
    """A bank where there are questions in the file, else a document.

    What is neither is refused with what the bank's format has to say: it knew the file.
    """
    _tell("读取文件")
    if job["is_document"]:
        return _read_document(data, job)
    try:
        kind = recognise(data)
    except FormatError:
        return _read_document(data, job)
    try:
        return BankFile(kind.name, kind.label, kind.read(data, job["name"]))
    except FormatError:
        with suppress(DocumentError):
            found = _read_document(data, job)
            if found.bank.questions:
                return found
        raise


def _read_document(data: bytes, job: dict[str, Any]) -> DocumentFile:
    document = read_document(data, name=job["name"], title=job["title"])
    rows, _ = laws.read_rows(job["laws"].encode())
    with laws.using(laws.registry().extended(rows) if rows else laws.registry()):
        _tell("找出事实，出题并逐项检查")
        made = generate([document])
        is_law = recognise_law(document) is not None
    stats = made.stats.documents[0]
    return DocumentFile(made.bank.documents[0], document.text, is_law, made.bank, stats)


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(what: str) -> None:
    print(PROGRESS, what, file=sys.stderr, flush=True)  # noqa: T201  (the parent listens)


def _say(out: BinaryIO, verdict: str, body: bytes) -> None:
    out.write(verdict.encode() + b"\n" + body)


if __name__ == "__main__":
    main()
