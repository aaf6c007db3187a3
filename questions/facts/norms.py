"""A law's sentences as norms that stand alone.

A norm has condition, subject, modality, consequence and exception.

A branch after ； carries the subject and the conditions it leans on; an exception in the same 款
goes with every norm of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from questions.facts import citing
from questions.facts.branches import (
    ELLIPTIC,
    EXTRA,
    MODAL,
    Branch,
    joined,
    parse,
    spared,
    split,
    text_of,
)
from questions.statutes import Article, Passage, Statute, short_title

_EXCEPT: Final = re.compile(
    r"^(?:但是?，?)?([^，。；]{2,30}?另有(?:规定|约定)的?)(?:除外|，?(?:从其|适用其|依照其|按照其|执行其).{0,4})?$"
)
_EXCLUDED: Final = re.compile(r"^(?:但是?，?)?([^，。；]{2,40}的)除外$")
_RULES: Final = re.compile("程序|要求|分别|处理|如下规定|下列规定|下列决定|如下决定|下列措施")
_BUT: Final = re.compile(r"^但是?，?")


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm; `text` stands alone, what is its own begins at `own`; offsets into `plain`."""

    article: Article
    paragraph: int
    item: int | None
    conditions: tuple[str, ...]
    subject: str
    rest: str
    text: str
    own: int
    exception: str
    start: int
    end: int
    faults: frozenset[str] = frozenset()
    opens: bool = False  # the stem of a list, its items still to come
    is_first: bool = True  # opens its 款 or item
    is_lent: bool = False  # its subject stands in the branch before

    @property
    def place(self) -> str:
        """第十二条第二款."""
        return self.article.place(self.paragraph, self.item)

    @property
    def modality(self) -> str:
        """应当, 不得, 可以 …; empty for a plain consequence."""
        found = MODAL.match(self.rest)
        return found.group() if found else ""


def of(statute: Statute) -> tuple[Norm, ...]:
    """Every norm of a law in reading order."""
    law = short_title(statute)
    return tuple(norm for article in statute.articles for norm in _of_article(article, law))


def _of_article(article: Article, law: str) -> Iterator[Norm]:
    for number, paragraph in enumerate(article.paragraphs):
        if not paragraph.items:
            yield from _of_passage(article, number, None, paragraph.passage, law, None)
            continue
        yield from (
            replace(norm, opens=True, faults=norm.faults - {"L2"})
            for norm in _of_passage(article, number, None, paragraph.passage, law, None)
        )
        lead = parse(citing.rewrite(paragraph.passage.text.rstrip("："), law))
        for item in paragraph.items:
            if _is_norm(item.passage.text, paragraph.passage.text) and not item.parts:
                yield from _of_passage(article, number, item.number, item.passage, law, lead)


def _is_norm(item: str, lead: str) -> bool:
    """Whether an item is a rule of its own and no member of a list."""
    if not MODAL.search(item) or item.rstrip("；。").endswith("的"):
        return False
    return bool(_RULES.search(lead)) or bool(re.search("的，.*(?:应当|可以|不得|不予)", item))


@dataclass(slots=True)
class _Reader:
    """Reads one passage: its sentences, and what later branches may lean on."""

    article: Article
    paragraph: int
    item: int | None
    passage: Passage
    law: str
    lead: Branch | None
    first: Branch | None = None

    def norms(self) -> Iterator[Norm]:
        """Every norm of the passage."""
        text = self.passage.text
        spans = [span for span in split(text, "[。！？]") if span[0] < span[1]]
        exceptions = [_exception(text[a:b]) for a, b in spans]
        for at, span in enumerate(spans):
            if exceptions[at]:
                continue
            after = next((e for e in exceptions[at + 1 :] if e), "")
            follows = text[slice(*spans[at + 1])] if at + 1 < len(spans) else ""
            next_end = spans[at + 1][1] if follows and exceptions[at + 1] else None
            yield from self._sentence(span, spans[0][0], after, next_end, follows)

    def _sentence(
        self, span: tuple[int, int], origin: int, after: str, next_end: int | None, follows: str
    ) -> Iterator[Norm]:
        begin, end = span
        text = self.passage.text[begin:end]
        opened: Branch | None = None
        branches = _branches(text)
        for at, (start, stop, own) in enumerate(branches):
            branch = parse(citing.rewrite(text[start:stop].rstrip("："), self.law))
            whole, faults = joined(branch, opened, self.first, self.lead)
            faults |= _unsure(text, branches, at) | ({"L6"} if _BUT.match(follows) else set())
            said = text_of(whole)
            leans = len(said) > len(text_of(branch))
            cited = (begin if opened else origin) if leans else begin + start
            exception, last = own or after, begin + stop
            if own and not text[stop:].startswith("；"):
                last = end  # the exception stands at the branch's own end
            elif next_end is not None and not own and last == end:
                last = next_end
            if at + 1 < len(branches):
                begins, ends, _ = branches[at + 1]
                spares = spared(branch, parse(citing.rewrite(text[begins:ends], self.law)))
                if spares:
                    last = max(last, begin + ends)
                    exception = f"{spares}，以及{exception}" if exception else f"{spares}除外"
                if ELLIPTIC.match(text[begins:]):
                    last = end  # …不得超过一年；确需延长期限的，应当…: half a rule misleads
            opened = opened or whole
            self.first = self.first or whole
            mine = text_of(replace(branch, subject=whole.subject))
            yield Norm(
                self.article, self.paragraph, self.item, whole.conditions, whole.subject,
                whole.rest, said, max(0, len(said) - len(mine)), exception,
                *self.passage.span(cited, last), faults | citing.faults(said),
                is_first=begin + start == 0, is_lent=whole.subject != branch.subject,
            )  # fmt: skip


def _unsure(text: str, branches: Sequence[tuple[int, int, str]], at: int) -> set[str]:
    """What is wrong with a branch by its place: it opens a list, or its case may be another's."""
    start, stop, _ = branches[at]
    found = {"L2"} if text[start:stop].endswith("：") else set()
    if at and text.startswith("对", start):
        before = parse(text[slice(*branches[at - 1][:2])]).conditions
        if before and EXTRA.match(before[0]):
            found.add("V3")  # whether with the graver case alone, or with any
    return found


def _of_passage(
    article: Article,
    paragraph: int,
    item: int | None,
    passage: Passage,
    law: str,
    lead: Branch | None,
) -> Iterator[Norm]:
    yield from _Reader(article, paragraph, item, passage, law, lead).norms()


def _exception(sentence: str) -> str:
    found = _EXCEPT.match(sentence) or _EXCLUDED.match(sentence)
    if found is None or ("另有" not in found[1] and MODAL.search(found[1])):
        return ""
    return found[1].removesuffix("的") + "的除外"


def _branches(sentence: str) -> list[tuple[int, int, str]]:
    """Branches between ；, a 但是 kept with what it limits, exceptions taken off."""
    spans: list[tuple[int, int]] = []
    exception = ""
    for start, end in split(sentence, "；"):
        text = sentence[start:end]
        if _exception(text):
            exception = _exception(text)
        elif spans and _BUT.match(text):
            spans[-1] = (spans[-1][0], end)
        elif text:
            spans.append((start, end))
    found = []
    for start, end in spans:
        text = sentence[start:end]
        cut, own = _cut_exception(text)
        found.append((start, start + cut, own or exception))
    return found


def _cut_exception(text: str) -> tuple[int, str]:
    """…，法律另有规定的除外: where the branch proper ends, and the exception."""
    pieces = list(split(text, "，"))
    start, end = pieces[-1]
    exception = _exception(text[start:end])
    if exception and len(pieces) > 1:
        return start - 1, exception
    return len(text), ""
