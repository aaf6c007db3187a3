"""What makes a question unfit: one function per code, each true where the candidate passes.

The codes are those of the house's rules for questions; a candidate is dropped at the first
code it fails, and the drop is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from questions import numerals
from questions.brackets import pair
from questions.data import words
from questions.facts import (
    EntityFact,
    EnumFact,
    FigureFact,
    MentionFact,
    TallyFact,
    TitleFact,
    setting,
)
from questions.facts.entities import Ask
from questions.facts.quantities import UnitClass
from questions.generation import agreement
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, signature
from questions.generation.likeness import bare, grams, jaccard
from questions.generation.numbers import mean, medoid
from questions.generation.titles import is_contrary
from questions.models import Kind, Question

Check = Callable[[Candidate, Source, Book], bool]

STEM, OPTION, EXPLANATION, LINES = 120, 100, 200, 2
RATIO: Final = 1.6
# Parts of a formula: whoever asks "坚持下列哪些" can't call another virtue wrong.
_SLOGAN: Final = re.compile(r"(坚持|践行|弘扬|树立|秉持)(做到|落实)?(了)?下列")
# Bodies of the Party: nothing false is said of what they did or issued.
_PARTY: Final = re.compile(r"中共|党组|党委|党工委|党支部|纪委")
SENSITIVE: Final = re.compile("|".join(words("sensitive").split()))
# Words of the tables, which may share a syllable with the speaker's name (生态环境部, 生态环境厅).
NAMED: Final = frozenset({Ask.PLACE, Ask.PARTNER})
_TITLES: Final = re.compile("[《<]([^《》<>]{4,80})[》>]")
_FILLERS: Final = re.compile("实施|工作|总体|行动|关于|印发|的通知|试行")
_BLANKS: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_BAD_START: Final = re.compile(
    r"^(?:20\d\d年[，]?)?(?:并|且|的|等|和|及(?!时)|以及|了|与其)|^[，、]"
)
_BAD_JOIN: Final = re.compile(
    r"[，、]{2}|，[。？]|《》|“”|（）|\x00|[一-鿿）》%]\.(?:[一-鿿《“]|$)"
)
# What stands around a text on its page: buttons, dates of posting, numbers of headings.
_PAGE: Final = re.compile(
    r"扫一扫|【字体|\d日[电讯]|浏览次数|当前位置|发布时间|\d[:：]\d\d|[一-鿿_]\s|\s[一-鿿_]"
    r"|(?:^|[，。；])(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))"
)
_SENTENCES: Final = re.compile("[。？；](?!$|横线处|（)")
_FILM: Final = re.compile(r"片《|歌曲《|作品《")


def cites(candidate: Candidate, source: Source, book: Book) -> bool:
    """V1: the passage is verbatim and holds the key with its qualifier."""
    cite = candidate.question.citation
    text = source.document.text
    if text[cite.start : cite.end] != cite.quote or re.search("</?[a-zA-Z]|&[a-z#]", cite.quote):
        return False
    quote = _squash(cite.quote)
    return all(_squash(key) in quote for key in candidate.keys)


def is_unique(candidate: Candidate, source: Source, book: Book) -> bool:
    """V2: no wrong option is true of something alike, and the document agrees with itself."""
    fact, question = candidate.fact, candidate.question
    if isinstance(fact, FigureFact):
        if fact.at in source.restated:
            return False
        wrong = [o for at, o in enumerate(question.options) if at not in question.key]
        if question.kind is not Kind.SINGLE:
            return True
        if any(_is_printed(option, question.stem) for option in wrong):
            return False
        rivals = {other.quantity.value for other in source.rivals.get(fact.at, ())}
        readings = [numerals.read(option) for option in wrong]
        values = [reading.value for reading in readings if reading is not None]
        return len(values) == len(wrong) and not rivals & set(values)
    if isinstance(fact, TallyFact):
        return not any(figure.at in source.restated for figure in fact.figures)
    if isinstance(fact, MentionFact) and _has_twin(fact):
        return False
    is_open = isinstance(fact, EnumFact) and fact.is_open and question.kind is Kind.MULTIPLE
    if is_open and "列举" not in question.stem:
        return False  # whoever isn't named may be among the others
    if question.kind is Kind.JUDGE:
        return True
    wrong = [o for at, o in enumerate(question.options) if at not in question.key]
    if not isinstance(fact, TitleFact):
        quote = _squash(question.citation.quote)
        return not any(_squash(option) in quote for option in wrong)
    names = [bare(option) for option in wrong if option.startswith("《")]
    return not {bare(title.text) for title in fact.titles} & set(names) and all(
        is_contrary(fact, name, source) for name in names
    )


HEADED: Final = 4  # characters of an answer that its document's title must not print


def _has_twin(fact: MentionFact) -> bool:
    """Whether the sentence gives one of the titles a second time under nearly the same name."""
    names = {bare(title) for title in _TITLES.findall(fact.sentence)}
    for title in fact.titles:
        name = bare(title.text)
        mine = grams(name)
        others = [other for other in names if other != name]
        if any(jaccard(mine, grams(other)) >= 0.7 for other in others):
            return True
        if _FILLERS.sub("", name) in [_FILLERS.sub("", other) for other in others]:
            return True
    return False


def has_scope(candidate: Candidate, source: Source, book: Book) -> bool:
    """V3: nothing in the stem leans on the document's own pages; the figure is a result."""
    if "V3" in candidate.fact.faults:
        return False
    return setting.find_dangling(_without_ask(candidate.question.stem)) is None


def keeps_silent(candidate: Candidate, source: Source, book: Book) -> bool:
    """V4: the stem does not contain the key, nor words that single it out.

    Nor may the document's title, which stands above a question, fill a blank.
    """
    question = candidate.question
    stem = _squash(question.stem)
    if question.kind is Kind.BLANK:
        head = _squash(candidate.document.title)
        return not any(
            (len(answer) >= 2 and _squash(answer) in stem)
            or (len(answer) >= HEADED and _squash(answer) in head)
            for answer in question.answers
        )
    if question.kind is Kind.JUDGE:
        return True
    if any(_squash(question.options[at]) in stem for at in question.key):
        return False
    if isinstance(candidate.fact, FigureFact | EnumFact | TallyFact):
        return True
    if isinstance(candidate.fact, EntityFact) and candidate.fact.ask in NAMED:
        if candidate.fact.ask is not Ask.PARTNER:
            return True
        stem = stem.replace(_squash(source.setting.issuer or "\n"), "")
    echo = grams(stem)
    wrong = [o for at, o in enumerate(question.options) if at not in question.key]
    heard = frozenset().union(*(grams(option) & echo for option in wrong))
    return all(_han(grams(question.options[at]) & echo) <= heard for at in question.key)


def has_form(candidate: Candidate, source: Source, book: Book) -> bool:
    """V5: brackets pair, nothing is cut off, lengths fit a message."""
    if "V5" in candidate.fact.faults:
        return False
    question = candidate.question
    if any(bad.search(question.stem) for bad in (_BAD_START, _BAD_JOIN, _PAGE)):
        return False
    if any(pair(_squash(text))[1] for text in (question.stem, *question.options)):
        return False
    return (
        6 <= len(question.stem) <= STEM
        and all(0 < len(option) <= OPTION for option in question.options)
        and len(question.explanation) <= EXPLANATION
        and question.explanation.count("\n") <= LINES
    )


def is_parallel(candidate: Candidate, source: Source, book: Book) -> bool:
    """V6: options of one class, like length, equal precision, none twice."""
    question, options = candidate.question, candidate.question.options
    if question.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return True
    if len(set(options)) < len(options):
        return False
    if question.kind is Kind.MULTIPLE and isinstance(candidate.fact, TitleFact | EnumFact):
        return _is_matched(question)
    if not isinstance(candidate.fact, FigureFact):
        return max(map(len, options)) <= RATIO * min(map(len, options)) + 2
    quantity = candidate.fact.quantity
    if quantity.unit == "%" and any(_part(option) > 100 for option in options):
        return False
    shapes = {_precision(option) for option in options}
    # Small counts may be round or not; unit and decimals are always those of the key.
    if len({(_NUMBER.sub("#", option), _precision(option)[0]) for option in options}) > 1:
        return False
    return len(shapes) == 1 or quantity.value <= 30


def _is_matched(question: Question) -> bool:
    """Whether each right option has a wrong one of its length beside it, and the reverse."""
    sizes = [(at in question.key, len(option)) for at, option in enumerate(question.options)]
    return all(
        any(
            right is not other_right and max(size, other) <= RATIO * min(size, other) + 2
            for other_right, other in sizes
        )
        for right, size in sizes
    )


def resists_guessing(candidate: Candidate, source: Source, book: Book) -> bool:
    """V7: the key is not the one longest option, nor most alike and nearest the mean at once."""
    question = candidate.question
    if question.kind is not Kind.SINGLE:
        return True
    sizes = [len(option) for option in question.options]
    key = sizes[question.key[0]]
    if sizes.count(key) == 1 and key == max(sizes) and key > 1.25 * sorted(sizes)[-2]:
        return False
    if not isinstance(candidate.fact, FigureFact):
        return True
    texts = [_NUMBER.findall(option)[0] for option in question.options]
    return medoid(texts, question.key[0]) < 1 or mean(texts, question.key[0]) < 1


def is_new(candidate: Candidate, source: Source, book: Book) -> bool:
    """V8: neither the fact nor nearly the same stem was asked in this kind before."""
    question = candidate.question
    if _mark(candidate) in book.seen:
        return False
    return not book.repeats(question.kind, grams(_squash(question.stem), 3))


def is_worth_asking(candidate: Candidate, source: Source, book: Book) -> bool:
    """V9: a figure, title or duty; no slogan, film, or number of one."""
    fact = candidate.fact
    if "V9" in fact.faults:
        return False
    if isinstance(fact, FigureFact):
        if fact.quantity.value <= 1 and fact.quantity.unit_class is not UnitClass.SHARE:
            return fact.quantity.unit_class in (UnitClass.MONEY, UnitClass.MEASURE)
        return len(fact.quantity.digits) <= 12
    if isinstance(fact, EnumFact):
        return not _SLOGAN.search(candidate.question.stem)
    if not isinstance(fact, TitleFact):
        return True
    return not any(_FILM.search(fact.sentence[: fact.sentence.find(t.text)]) for t in fact.titles)


def is_decent(candidate: Candidate, source: Source, book: Book) -> bool:
    """V10: nothing false on leaders, the Party, its doctrine or the Constitution.

    Neither a false statement on a passage that speaks of them, nor a wrong option that does.
    """
    question = candidate.question
    wrong = [o for at, o in enumerate(question.options) if at not in question.key]
    if any(SENSITIVE.search(option) for option in wrong):
        return False
    if candidate.is_false and _PARTY.search(question.stem):
        return False
    if isinstance(candidate.fact, EnumFact | EntityFact | TallyFact):
        return not SENSITIVE.search(question.stem + question.citation.quote)
    return not candidate.is_false or not SENSITIVE.search(question.stem + question.citation.quote)


def is_one_sentence(candidate: Candidate, source: Source, book: Book) -> bool:
    """V11: the stem is no whole paragraph and no two sentences run together."""
    stem = candidate.question.stem
    if "V11" in candidate.fact.faults or _SENTENCES.search(stem):
        return False
    return stem.count("，") <= 6


def conflicts(candidate: Candidate, source: Source, book: Book) -> bool:
    """V12: the stem does not print its own fact's value a second time."""
    if not isinstance(candidate.fact, FigureFact) or candidate.question.kind is Kind.JUDGE:
        return True
    return candidate.fact.quantity.printed() not in candidate.question.stem


def _agrees(check: Callable[[Candidate], bool]) -> Check:
    """A check of the question against its own fact, which needs neither document nor book."""
    return lambda candidate, source, book: check(candidate)


CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("V1", cites),
    ("V3", has_scope),
    ("V5", has_form),
    ("V9", is_worth_asking),
    ("V10", is_decent),
    ("V11", is_one_sentence),
    ("V2", is_unique),
    ("V4", keeps_silent),
    ("V6", is_parallel),
    ("V7", resists_guessing),
    ("V12", conflicts),
    ("V1", _agrees(agreement.has_key)),
    ("V3", _agrees(agreement.says_all)),
    ("V11", _agrees(agreement.adds_nothing)),
    ("V8", is_new),
)


def first_failure(candidate: Candidate, source: Source, book: Book) -> str | None:
    """The code of the first check a candidate fails, or None."""
    return next((code for code, check in CHECKS if not check(candidate, source, book)), None)


def remember(candidate: Candidate, book: Book) -> None:
    """Enter an accepted candidate into the book, so that the next ones are checked against it."""
    question = candidate.question
    at = len(book.stems)
    stem = grams(_squash(question.stem), 3)
    book.stems.append((question.kind, stem))
    for gram in stem:
        book.grams[gram].append(at)
    book.seen.add(_mark(candidate))


def _mark(candidate: Candidate) -> tuple[str, ...]:
    question = candidate.question
    return (candidate.document.id, signature(candidate.fact), question.kind, *candidate.keys[:1])


def _squash(text: str) -> str:
    return numerals.normalize(text).replace("〈", "<").replace("〉", ">")


def _without_ask(stem: str) -> str:
    return stem.replace("下列哪", "哪")


def _han(found: frozenset[str]) -> frozenset[str]:
    return frozenset(gram for gram in found if all("一" <= c <= "鿿" for c in gram))


def _is_printed(quantity: str, text: str) -> bool:
    """Whether a text has the quantity, and not as the end of a longer number."""
    wanted, seen = _squash(quantity), _squash(text)
    at = seen.find(wanted)
    while at > 0 and (seen[at - 1].isdecimal() or seen[at - 1] in ".,"):
        at = seen.find(wanted, at + 1)
    return at >= 0


def _part(option: str) -> float:
    number = _NUMBER.search(option)
    return float(number.group().replace(",", "")) if number else 0.0


def _precision(option: str) -> tuple[int, bool]:
    number = _NUMBER.search(option)
    text = number.group() if number else ""
    return len(text.partition(".")[2]), len(text) == len(text.rstrip("0"))


def count(candidate: Candidate, book: Book) -> None:
    """Enter an accepted 单选 into the ledger of guessers, and wear its wrong titles."""
    question = candidate.question
    if isinstance(candidate.fact, FigureFact):
        texts = [_NUMBER.findall(option)[0] for option in question.options]
        book.ledger.enter(texts, question.key[0])
        return
    book.ledger.places[question.key[0]] += 1
    if not isinstance(candidate.fact, TitleFact | MentionFact):
        return
    for at, option in enumerate(question.options):
        if at not in question.key:
            book.used[bare(option)] += 1
