"""The cards of what was found in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.banks.display import kind_name
from bot.banks.incoming.deciding.service import Card
from bot.banks.incoming.surveying.bank_file import BankSurvey
from bot.banks.incoming.surveying.document import DocumentSurvey
from bot.banks.incoming.surveying.target import Target
from bot.banks.incoming.taps import (
    AsDocument,
    Bring,
    ChooseBank,
    DropUpload,
    Preview,
    Retitle,
    SendSkips,
)
from bot.keyboards import button
from bot.screen import Button, Screen
from bot.settings import Settings
from bot.texts import Markup, label, text
from questions.models import Kind, Question, QuestionId
from questions.proofing import Finding
from storage.repositories.imports import ImportRow

SKIPS, NOTES, TOP, ARTICLES = 5, 3, 5, 5
LONGEST_REASON = 80
_FACTS = {
    "figure": "incoming.fact_figure",
    "title": "incoming.fact_title",
    "mention": "incoming.fact_mention",
    "enum": "incoming.fact_list",
    "entity": "incoming.fact_entity",
    "tally": "incoming.fact_tally",
}
# The codes of the generator's checks in words; those of law texts share one.
_DROPS = {
    "V1": "incoming.drop_quote",
    "V2": "incoming.drop_unique",
    "V3": "incoming.drop_scope",
    "V4": "incoming.drop_leak",
    "V5": "incoming.drop_form",
    "V6": "incoming.drop_parallel",
    "V7": "incoming.drop_guess",
    "V8": "incoming.drop_duplicate",
    "V9": "incoming.drop_worth",
    "V10": "incoming.drop_sensitive",
    "V11": "incoming.drop_long",
    "V12": "incoming.drop_leak",
}


def received(name: str) -> Screen:
    """A file has come in."""
    return Screen(text("incoming.received", name=name))


def refused(name: str, words: str) -> Screen:
    """Why a file can't be taken, and what to do."""
    return Screen(text("incoming.refused", name=name, words=words))


def card(found: Card, settings: Settings) -> Screen:
    """What was found in a file, where it would go, and what can be done.

    Where two people are to approve, nothing is published by the one who brings it.
    """
    survey, timezone = found.survey, settings.timezone
    if isinstance(survey, DocumentSurvey):
        lines = [*_document(survey), *_where(survey.target, survey.earlier, timezone)]
        return Screen(Markup("\n".join(lines)), _document_buttons(found, survey))
    lines = [*_bank(found, survey), *_where(survey.target, survey.earlier, timezone)]
    return Screen(
        Markup("\n".join(lines)), _bank_buttons(found, survey, not settings.two_person_approval)
    )


def fault_names(codes: Iterable[Finding]) -> Markup:
    """Faults in words, one after another."""
    return Markup("、".join(text(f"card.finding_{code.value}") for code in codes))


def _bank(found: Card, survey: BankSurvey) -> Iterator[Markup]:
    wanted = survey.bank.questions
    yield text(
        "incoming.card_bank",
        name=found.name,
        label=found.label,
        rows=survey.rows,
        wanted=len(wanted),
        same=survey.repeated + survey.present,
        wrong=len(survey.skips),
    )
    if wanted:
        yield text("incoming.kinds", kinds=_kinds(wanted))
    if survey.repeated and survey.present:
        yield text("incoming.repeats", repeated=survey.repeated, present=survey.present)
    if survey.updated:
        key = "incoming.updates_edited" if survey.edited else "incoming.updates"
        yield text(key, updated=survey.updated, edited=survey.edited)
    yield from _faults(survey.findings)
    for skip in survey.skips[:SKIPS]:
        place, reason = str(skip.place), skip.reason[:LONGEST_REASON]
        key = "incoming.skip" if place else "incoming.skip_bare"
        yield text(key, place=place, reason=reason)
    if (more := len(survey.skips) - SKIPS) > 0:
        yield text("incoming.skips_more", count=more)
    elif survey.skips:
        yield text("incoming.skips_mend")
    for note in survey.notes[:NOTES]:
        yield text("incoming.note", note=note[:LONGEST_REASON])


def _faults(findings: Mapping[QuestionId, Sequence[Finding]]) -> Iterator[Markup]:
    counts = Counter(code for codes in findings.values() for code in codes)
    if counts:
        said = "，".join(
            text("incoming.fault_count", finding=fault_names([code]), count=count)
            for code, count in counts.most_common()
        )
        yield text("incoming.faults", faults=Markup(said))


def _where(target: Target, earlier: ImportRow | None, timezone: str) -> Iterator[Markup]:
    if target.id is None:
        yield text("incoming.target_new", name=target.name)
    else:
        size = target.published + target.drafts
        yield text("incoming.target", name=target.name, size=size)
    if earlier is not None:
        day = earlier.created_at.astimezone(ZoneInfo(timezone))
        yield text("incoming.earlier", month=day.month, day=day.day)


def _document(survey: DocumentSurvey) -> Iterator[Markup]:
    stats = survey.file.stats
    about = Markup(" · ".join(_about(survey)))
    yield text("incoming.card_document", title=survey.file.info.title, about=about)
    found = {
        label(_FACTS[name]) if name in _FACTS else name: count
        for name, count in stats.found.items()
    }
    said = _row("incoming.found_count", "fact", found)
    yield text("incoming.found", sentences=stats.sentences, found=said)
    made = survey.file.bank.questions
    yield text("incoming.made", count=len(made), kinds=_kinds(made))
    if stats.dropped:
        reasons: Counter[str] = Counter()
        for code, count in stats.dropped.items():
            reasons[label(_DROPS.get(code, "incoming.drop_law"))] += count
        said = _row("incoming.drop_count", "reason", reasons)
        yield text("incoming.dropped", count=sum(reasons.values()), reasons=said)
    if stats.by_section:
        sections: Counter[str] = Counter()
        for section, count in stats.by_section.items():
            sections[section.split(" / ")[0] or survey.file.info.title] += count
        said = _row("incoming.section_count", "section", sections)
        yield text("incoming.sections", sections=said)
    if stats.advice:
        yield text("incoming.note", note=stats.advice)
    yield from _compared(survey)
    yield from _faults(survey.findings)


def _about(survey: DocumentSurvey) -> Iterator[Markup]:
    info = survey.file.info
    if info.issuer:
        yield text("card.stem", stem=info.issuer)
    if info.year is not None and not survey.file.is_law:
        yield text("incoming.about_year", year=info.year)
    bases = {q.basis for q in survey.file.bank.questions if q.basis is not None}
    if survey.file.is_law and len(days := {(b.in_force_from, b.in_force_to) for b in bases}) == 1:
        since, last = days.pop()
        if since is not None:
            yield text("incoming.about_since", since=since.isoformat())
        if last is not None:
            yield text("incoming.about_until", until=(last + timedelta(days=1)).isoformat())


def _compared(survey: DocumentSurvey) -> Iterator[Markup]:
    if survey.is_again:
        yield text(
            "incoming.again",
            added=survey.added,
            changed=survey.changed,
            gone=len(survey.gone),
            unchanged=survey.unchanged,
        )
    if survey.edited:
        yield text("incoming.again_edited", count=len(survey.edited))
    if survey.affected:
        articles = list(dict.fromkeys(hit.article for hit in survey.affected))
        named = "、".join(articles[:ARTICLES]) + ("…" if len(articles) > ARTICLES else "")
        yield text("incoming.again_affected", count=len(survey.affected), articles=named)
    if survey.is_again and not survey.bank.questions and not survey.notes:
        yield text("incoming.nothing_new")


def _kinds(questions: Iterable[Question]) -> Markup:
    counts = Counter(question.kind for question in questions)
    return Markup(
        " · ".join(
            text("incoming.kind_count", kind=kind_name(kind), count=counts[kind])
            for kind in Kind
            if counts[kind]
        )
    )


def _row(key: str, name: str, counts: Mapping[str, int]) -> Markup:
    """The largest few, and how they are called."""
    top = Counter(counts).most_common(TOP)
    said = "，".join(text(key, **{name: what[:24]}, count=count) for what, count in top)
    return Markup(said + ("…" if len(counts) > TOP else ""))


def _bank_buttons(
    found: Card, survey: BankSurvey, may_publish: bool
) -> tuple[tuple[Button, ...], ...]:
    upload, wanted, clean = found.upload_id, len(survey.bank.questions), survey.clean
    rows: list[tuple[Button, ...]] = []
    if wanted:
        rows.append((button("incoming.button_bring", Bring(upload, "draft"), count=wanted),))
    if clean and may_publish:
        rows.append((button("incoming.button_publish", Bring(upload, "publish"), count=clean),))
    if wanted + survey.present:
        look = button("incoming.button_preview", Preview(upload, 0))
        rows.append((look, button("incoming.button_choose", ChooseBank(upload, 0))))
    if survey.skips:
        rows.append((button("incoming.button_table", SendSkips(upload)),))
    other = button("incoming.button_as_document", AsDocument(upload))
    return (*rows, (other, button("incoming.button_cancel", DropUpload(upload))))


def _document_buttons(found: Card, survey: DocumentSurvey) -> tuple[tuple[Button, ...], ...]:
    upload, wanted = found.upload_id, len(survey.bank.questions)
    rows: list[tuple[Button, ...]] = []
    if wanted:
        rows.append((button("incoming.button_submit", Bring(upload, "draft"), count=wanted),))
    elif survey.notes:
        rows.append((button("incoming.button_flag", Bring(upload, "draft")),))
    if survey.file.bank.questions:
        look = button("incoming.button_preview", Preview(upload, 0))
        rows.append((look, button("incoming.button_choose", ChooseBank(upload, 0))))
    title = button("incoming.button_retitle", Retitle(upload))
    return (*rows, (title, button("incoming.button_cancel", DropUpload(upload))))
