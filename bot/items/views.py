"""Screens of item analysis, for trainers who know no statistics."""

from __future__ import annotations

from collections.abc import Iterator

from bot.banks import display
from bot.banks.taps import EditQuestion, ShowQuestion
from bot.callbacks import pack
from bot.items.pausing import percent, whole
from bot.items.service import Card, Entry, Items, Sieve
from bot.items.taps import RefreshItems, RetireItem, SetPause, ShowItem, ShowItems
from bot.keyboards import Row, button, pager
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from bot.texts.dates import moment_label
from questions.analysis.verdicts import (
    ENOUGH_TO_JUDGE,
    ENOUGH_TO_SHOW,
    LOWEST_DISCRIMINATION,
    expected_discrimination,
)
from questions.models import Kind
from storage.repositories.statistics import VersionStatistics
from storage.states import QuestionStatus

BAR = 10  # blocks of a full bar
LONGEST_OPTION = 60
A_ROW = 3


def items(result: Items, timezone: str) -> Screen:
    """A page of questions, each with its figures and what is wrong."""
    count = result.counts.get(result.sieve, 0)
    head = text(
        "items.list",
        sieve=label(f"items.sieve_{result.sieve}"),
        count=count,
        page=result.page + 1,
        pages=result.pages,
    )
    lines: list[Markup] = [head, text("items.list_note"), Markup("")]
    lines += [_entry(number, entry) for number, entry in enumerate(result.entries, start=1)]
    if not result.entries:
        lines.append(text("items.none"))
    lines.append(Markup(""))
    if result.few:
        lines.append(text("items.few", count=result.few, least=ENOUGH_TO_SHOW))
    if result.computed_at is None:
        lines.append(text("items.never"))
    else:
        lines.append(text("items.computed", when=moment_label(result.computed_at, timezone)))
    return Screen("\n".join(lines), tuple(_list_rows(result)))


def _entry(number: int, entry: Entry) -> Markup:
    flags = [text("items.flag", name=label(f"items.sieve_{f}")) for f in entry.findings]
    if entry.is_paused:
        flags.insert(0, text("items.flag_paused"))
    return text(
        "items.entry",
        number=number,
        stem=_short(entry.item.stem),
        figures=_figures(entry.item.statistics),
        flags=Markup("".join(flags)),
    )


def _figures(said: VersionStatistics) -> Markup:
    if said.attempts < ENOUGH_TO_SHOW:
        return text("items.figures_few", attempts=said.attempts)
    return text(
        "items.figures",
        facility=percent(said.facility),
        discrimination=whole(said.discrimination),
        attempts=said.attempts,
    )


def _short(stem: str, size: int = 60) -> str:
    said = " ".join(stem.split())
    return said if len(said) <= size else said[: size - 1] + "…"


def _list_rows(result: Items) -> Iterator[Row]:
    numbered = [
        Button(str(number), pack(ShowItem(entry.item.question_id, result.sieve, result.page)))
        for number, entry in enumerate(result.entries, start=1)
    ]
    if numbered:
        yield tuple(numbered)
    yield from pager(result.page, result.pages, lambda page: ShowItems(result.sieve, page))
    sieves = [
        button(
            "items.button_sieve",
            ShowItems(sieve, 0),
            name=label(f"items.sieve_{sieve}"),
            count=result.counts[sieve],
        )
        for sieve in Sieve
        if sieve is not result.sieve and result.counts.get(sieve)
    ]
    for at in range(0, len(sieves), A_ROW):
        yield tuple(sieves[at : at + A_ROW])
    yield (button("items.button_refresh", RefreshItems(result.sieve)),)


def refreshed_toast(*, is_done: bool) -> str:
    """What a tap on 更新统计 is answered with."""
    return label("items.toast_refreshed" if is_done else "items.toast_fresh")


def card(result: Card) -> Screen:
    """One question: what it means in a sentence, its figures, its options, its versions."""
    row = result.row
    kind, status = display.kind_name(row.question.kind), text(f"card.status_{row.status}")
    lines = [
        text("items.card", kind=kind, status=status, version=row.version),
        text("items.bank", bank=row.bank),
        text("card.stem", stem=row.question.stem),
    ]
    if result.is_paused:
        lines.append(text("items.paused", reason=row.alert_detail or ""))
    lines += [Markup(""), text("items.meaning", meaning=_meaning(result))]
    said = result.statistics
    if said is not None and result.has_enough:
        lines += [Markup(""), *_numbers(result, said), Markup(""), *_choices(result, said)]
    if len(result.versions) > 1:
        lines += [Markup(""), text("items.versions")]
        lines += [
            text("items.version", number=number, figures=_figures(figures))
            for number, figures in result.versions
        ]
    return Screen("\n".join(lines), tuple(_card_rows(result)))


def card_toast(result: Card) -> str | None:
    """What the tap itself is answered with."""
    return label("items.toast_overtaken") if result.overtaken else None


def _meaning(result: Card) -> Markup:
    if result.statistics is None:
        return text("items.meaning_none")
    if not result.has_enough:
        return text("items.meaning_few", attempts=result.statistics.attempts, least=ENOUGH_TO_SHOW)
    if not result.findings:
        return text("items.meaning_fine")
    letters = "、".join(display.LETTERS[place] for place in result.unused)
    said = [text(f"items.meaning_{finding}", letters=letters) for finding in result.findings]
    return Markup("\n".join(said[:2]))


def _numbers(result: Card, said: VersionStatistics) -> Iterator[Markup]:
    name = "facility_partial" if result.row.question.kind is Kind.MULTIPLE else "facility"
    facility = text(f"items.{name}", facility=percent(said.facility), attempts=said.attempts)
    guess = text("items.guess", guess=percent(result.guess)) if result.guess else ""
    yield Markup(facility + guess)
    yield from _discrimination(said)
    if said.facility is not None:
        difficulty = text(
            "items.difficulty",
            predicted=f"{result.row.question.difficulty:.2f}",
            observed=f"{1 - said.facility:.2f}",
        )
        used = text("items.difficulty_used") if said.attempts >= ENOUGH_TO_JUDGE else ""
        yield Markup(difficulty + used)


def _discrimination(said: VersionStatistics) -> Iterator[Markup]:
    if said.discrimination is None:
        yield text("items.discrimination_none")
        return
    yield text("items.discrimination", discrimination=whole(said.discrimination))
    least = expected_discrimination(said.others)
    if 0 <= said.discrimination < LOWEST_DISCRIMINATION and least < LOWEST_DISCRIMINATION - 1:
        yield text("items.short", others=f"{said.others:.1f}", least=whole(least))
    if said.efficiency is not None:
        yield text("items.efficiency", efficiency=whole(said.efficiency))


def _choices(result: Card, said: VersionStatistics) -> Iterator[Markup]:
    question = result.row.question
    if question.kind is Kind.BLANK:
        yield text("items.answers", answers=" 或 ".join(question.answers))
    for place, (option, count) in enumerate(zip(question.options, said.options, strict=False)):
        mark = text("items.option_key") if place in question.key else Markup("")
        if place in result.unused:
            mark = text("items.option_rare")
        yield text(
            "items.option",
            letter=display.LETTERS[place],
            text=_short(option, LONGEST_OPTION),
            mark=mark,
            bar=bar(count, said.attempts),
            share=percent(count / said.attempts),
            count=count,
        )
    if said.unsure:
        share = percent(said.unsure / said.attempts)
        yield text("items.unsure", share=share, count=said.unsure)


def bar(count: int, total: int) -> str:
    """A share as blocks; the last one is half where less than a block is left."""
    halves = round(2 * BAR * count / total) if total else 0
    full, half = divmod(halves, 2)
    return ("█" * full + "▌" * half).ljust(BAR, "░")


def _card_rows(result: Card) -> Iterator[Row]:
    row, place = result.row, (result.sieve, result.page)
    if row.status is QuestionStatus.PUBLISHED:
        wanted = 0 if result.is_paused else 1
        name = "resume" if result.is_paused else "pause"
        yield (
            button(f"items.button_{name}", SetPause(row.id, row.version, wanted, *place)),
            button("items.button_edit", EditQuestion(row.id, row.version)),
            button("items.button_retire", RetireItem(row.id, row.version, *place)),
        )
    else:
        yield (button("items.button_edit", EditQuestion(row.id, row.version)),)
    yield (
        button("items.button_look", ShowQuestion(row.id)),
        button("items.button_list", ShowItems(*place)),
    )
