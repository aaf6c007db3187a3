"""The process that reads one file: job on stdin, progress on stderr, result on stdout.

The job is a line of JSON, then the file's bytes. The result is "ok" or "refused" on a line, then
the packed result or the Chinese sentence that says why not.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from bot.banks.workshop.found import BankFile, DocumentFile, pack
from questions import laws
from questions.documents import read as read_document
from questions.errors import FormatError, QuestionsError
from questions.formats import recognise
from questions.generation import generate
from questions.statutes import recognise as recognise_law

OK, REFUSED, PROGRESS = "ok", "refused", "progress"


def main() -> None:
    """Do the job on stdin."""
    job = json.loads(sys.stdin.buffer.readline())
    _limit(job["memory"], job["seconds"])
    data = sys.stdin.buffer.read()
    try:
        _say(OK, pack(_read(data, job)))
    except QuestionsError as error:
        _say(REFUSED, str(error).encode())
    except MemoryError:
        _say(REFUSED, "文件展开后太大，请拆成几份再发。".encode())


def _read(data: bytes, job: dict[str, Any]) -> BankFile | DocumentFile:
    if not job["is_document"]:
        try:
            kind = recognise(data)
        except FormatError:
            pass  # no bank file: a document, or refused as one
        else:
            _tell("读取题库文件")
            return BankFile(kind.name, kind.label, kind.read(data, job["name"]))
    _tell("读取文件")
    document = read_document(data, name=job["name"], title=job["title"])
    rows, _ = laws.read_rows(job["laws"].encode())
    with laws.using(laws.registry().extended(rows) if rows else laws.registry()):
        _tell("找出事实，出题并逐项检查")
        made = generate([document])
        is_law = recognise_law(document) is not None
    return DocumentFile(
        made.bank.documents[0], document.text, is_law, made.bank, made.stats.documents[0]
    )


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(what: str) -> None:
    print(PROGRESS, what, file=sys.stderr, flush=True)  # noqa: T201  (the parent listens)


def _say(verdict: str, body: bytes) -> None:
    sys.stdout.buffer.write(verdict.encode() + b"\n" + body)


if __name__ == "__main__":
    main()
