"""A clause with a hole in it: the words around, made to stand alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from questions.documents import Clause, Sentence
from questions.facts import lexicon, phrases, pieces
from questions.facts.setting import Setting
from questions.facts.threads import Thread

_BODY: Final = re.compile(
    r"^(?!赴|到|在|向|对|从|由|为|要求|督促|指导|组织)[^,]*(?:[省市县区州盟旗厅局委部院队办处所]|机关|部门|系统|单位|企业|本级|机构|中心"
    r"|公司|政府|法院|检察院|组织|党组|活动|工作)$"
)
LONGEST: Final = 600  # characters; a longer sentence lacks its stops
_DATE: Final = re.compile(r"^(?:今年|当年|本年度)[,]?(?!以来)")
_OWN: Final = re.compile(r"^[厅局委](?=机关|党组|党委|主要领导|领导班子|主要负责人|系统|直属)")
_URGED: Final = re.compile("^(?:督促|指导|要求|推动|组织|会同|联合)")  # others' verb follows
_SPACES: Final = re.compile(r"(?<=[^A-Za-z]) +| +(?=[^A-Za-z])")
_NAMES: Final = re.compile("《[^》]*》|“[^”]*”")
_SAYS_LITTLE: Final = re.compile(r"相关|有关|此类|该类|包括$")


@dataclass(frozen=True, slots=True)
class Frame:
    """A clause with who acts (`subject`, from it or before it) and the scopes before it."""

    clause: Clause
    sentence: Sentence
    subject: str
    scopes: tuple[str, ...]
    start: int

    def around(self, scene: Setting, start: int, end: int) -> tuple[str, str]:
        """The words before and after `[start:end)` of the clause, nothing left dangling."""
        text = self.clause.text
        body = _DATE.sub("", lexicon.strip_markers(text[:start]))
        after = scene.resolve(f"某{text[end:]}")[1:]  # what follows opens no clause
        bare = _DATE.sub("", lexicon.strip_markers(text[:start] + text[end:]))
        if self.subject and not text.startswith(self.subject) and self.subject not in body:
            body = self.subject + body
        acts = not self.subject and (lexicon.is_verbal(bare) or bare.startswith("要求"))
        body = scene.resolve(_OWN.sub(scene.issuer or "", body))
        where = [scene.resolve(scope) for scope in self.scopes]
        if acts and scene.issuer and not body.startswith(scene.issuer):
            body = scene.issuer + body
        dated = any("以来" in scope or "截至" in scope for scope in where)
        period = "" if dated else scene.period(*where, body, after)
        if period and where and phrases.opens_with_period(where[0]):
            where[0] = period + where[0]
        elif period:
            where.insert(0, period)
        return _SPACES.sub("", ",".join([*where, body])), _SPACES.sub("", after)

    def faults(self) -> Iterator[str]:
        """Codes of checks that no wording of this clause could pass."""
        if self.clause.is_broken:
            yield "V5"
        if self.sentence.is_plan or phrases.is_target(self.clause.text):
            yield "V3"
        own = _NAMES.sub("", self.clause.text)
        if phrases.is_shared_out(own) or _SAYS_LITTLE.search(own):
            yield "V3"
        if runs_on(self.clause.text):
            yield "V11"


@functools.lru_cache(maxsize=1024)
def of(sentence: Sentence, thread: Thread | None = None) -> tuple[Frame, ...]:
    """The frames of a sentence's clauses; clauses that only give a scope have none."""
    parts = pieces.cut(sentence, thread)
    found: list[Frame] = []
    at = 0
    for clause in sentence.clauses:
        while at < len(parts) and parts[at].start < clause.start:
            at += 1
        if at < len(parts) and parts[at].start < clause.end:
            piece = parts[at]
            start = piece.scope_at if piece.scopes else clause.start
            start = start if start >= sentence.start else clause.start
            own = piece.subject and clause.text.startswith(piece.subject)
            subject = piece.subject if own or _BODY.match(piece.subject) else ""
            found.append(Frame(clause, sentence, subject, piece.scopes, start))
    return tuple(found)


def runs_on(text: str) -> bool:
    """Whether a stop is missing in a clause, the verb of others whom one urges left aside."""
    return phrases.runs_on(text) and not _URGED.match(text)
