"""The house's own bank format, "xuefa-bank/1": UTF-8 JSON, a public contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from questions.codec import question_from_json, question_to_json, text_of
from questions.errors import FormatError
from questions.formats.assembly import LONGEST_ID, LONGEST_TITLE, check
from questions.formats.format import Format, Reading
from questions.models import Bank, DocumentId, DocumentInfo, Question

FORMAT = "xuefa-bank/1"

T = TypeVar("T")


def write(bank: Bank) -> bytes:
    """The bank as indented JSON that ends in a line feed; equal banks give equal bytes."""
    content = {
        "format": FORMAT,
        "documents": [
            {
                "id": item.id,
                "title": item.title,
                "issuer": item.issuer,
                "year": item.year,
                "sha256": item.sha256,
                "chars": item.chars,
            }
            for item in bank.documents
        ],
        "questions": [question_to_json(item) for item in bank.questions],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes, name: str = "") -> Reading:
    """The bank in a file, whole or not at all; raises FormatError with the first fault's place.

    A machine wrote it: one fault means that the file is damaged, so nothing is skipped.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FormatError("这不是有效的 JSON 题库文件，请检查文件是否完整。") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise FormatError(f"题库文件缺少 “format”: “{FORMAT}” 标识，请用 xuefa generate 生成。")
    documents = tuple(
        _read_part(f"documents[{i}]", _document_from_json, item)
        for i, item in enumerate(_list_of(content, "documents"))
    )
    questions = tuple(
        _read_part(f"questions[{i}]", _read_question, item)
        for i, item in enumerate(_list_of(content, "questions"))
    )
    _check_references(documents, questions)
    return Reading(Bank(documents, questions))


def _read_question(item: Mapping[str, Any]) -> Question:
    question = question_from_json(item)
    check(question)
    return question


def _document_from_json(item: Mapping[str, Any]) -> DocumentInfo:
    document = DocumentInfo(
        id=DocumentId(text_of(item["id"])),
        title=text_of(item["title"]),
        issuer=None if item["issuer"] is None else text_of(item["issuer"]),
        year=None if item["year"] is None else int(item["year"]),
        sha256=text_of(item["sha256"]),
        chars=int(item["chars"]),
    )
    if max(len(document.title), len(document.issuer or "")) > LONGEST_TITLE:
        raise ValueError(f"title 或 issuer 超过 {LONGEST_TITLE} 字")
    if max(len(document.id), len(document.sha256)) > LONGEST_ID:
        raise ValueError(f"id 或 sha256 超过 {LONGEST_ID} 字")
    return document


def _check_references(
    documents: tuple[DocumentInfo, ...], questions: tuple[Question, ...]
) -> None:
    known = {document.id for document in documents}
    seen: set[str] = set()
    for index, question in enumerate(questions):
        if question.citation.document not in known:
            raise FormatError(f"questions[{index}] 引用的文件不在 documents 中。")
        if question.id in seen:
            raise FormatError(f"questions[{index}] 的 id 与前面的题重复：{question.id}。")
        seen.add(question.id)


def _list_of(content: Mapping[str, Any], name: str) -> list[Any]:
    items = content.get(name)
    if not isinstance(items, list):
        raise FormatError(f"题库文件缺少 “{name}” 列表。")
    return items


def _read_part(place: str, reader: Callable[[Any], T], item: object) -> T:
    try:
        return reader(item)
    except KeyError as error:
        raise FormatError(f"{place} 缺少字段 {error.args[0]}。") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise FormatError(f"{place} 的内容不合要求：{error}。") from error


def knows(data: bytes) -> bool:
    """Whether this is meant to be our JSON: an object that names the format near its start."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and b'"xuefa-bank/' in start


XUEFA_JSON = Format("json", "学法 JSON", ".json", read, write, lambda bank: (), knows)
