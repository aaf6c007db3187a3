"""The paragraph, and its figures with where each comes from: said alike in chat and in the file.

Figures stay as they are counted; only rates are rounded, to one decimal. Ledger amounts keep
their 余 and 约 and add up by the rule of `bot.reports.ledger.amounts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.banks.taps import ShowBanks
from bot.callbacks import Tap
from bot.reports.annual.service import Annual
from bot.reports.annual.taps import ShowStudied
from bot.reports.ledger.taps import ShowLedger
from bot.reports.ledger.views import totals
from bot.reports.participation.service import PASSED
from bot.reports.participation.taps import ShowGroups, ShowNames
from bot.reports.pictures.rates import exact
from bot.reports.service import rate
from bot.reports.stretches import day_name
from bot.texts import label
from storage.repositories.participation import Share
from storage.repositories.participation_rolls import Part

MOST_LAWS: Final = 3  # that the paragraph names


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it is, its value, how it was counted, and where its rows are."""

    name: str
    value: str
    source: str
    tap: Tap


def paragraph(result: Annual) -> str:
    """The paragraph, as plain text."""
    return "".join([_training(result), *_content(result), _bank(result), _outside(result)])


def period_name(result: Annual) -> str:
    """2026年, or 2026年（截至11月23日）."""
    stretch, today = result.sight.stretch, result.sight.today
    if stretch.first <= today < stretch.last:
        until = day_name(today, after=today)
        return label("annual.period_so_far", period=stretch.name, day=until)
    return stretch.name


def _training(result: Annual) -> str:
    among = result.sight.window.among
    who = label("annual.whole") if among is None else result.sight.scope
    if not result.rounds:
        return label("annual.no_rounds", period=period_name(result), who=who)
    counts = result.figures.counts
    cover, passed = _shares(result)
    said = label(
        "annual.rounds",
        period=period_name(result),
        who=who,
        rounds=result.rounds,
        due=counts.due,
        began=counts.began,
        rate=exact(rate(counts.began, counts.due)),
        people=cover.whole,
        took=cover.part,
        cover=exact(rate(cover.part, cover.whole)),
    )
    if not passed.whole:
        return said + label("annual.stop")
    shown = exact(rate(passed.part, passed.whole))
    return said + label("annual.passed", answered=passed.whole, passed=passed.part, rate=shown)


def _shares(result: Annual) -> tuple[Share, Share]:
    return result.figures.cover or Share(), result.figures.passed or Share()


def _content(result: Annual) -> Iterator[str]:
    if not result.asked:
        return
    if not result.laws:
        yield label("annual.asked", asked=result.asked)
        return
    named = "".join(_title(law) for law, _ in result.laws[:MOST_LAWS])
    key = "annual.laws_more" if len(result.laws) > MOST_LAWS else "annual.laws"
    yield label(key, asked=result.asked, count=len(result.laws), names=named)


def _title(law: str) -> str:
    return law if law.startswith("《") else f"《{law}》"


def _bank(result: Annual) -> str:
    until = day_name(result.sight.today)
    return label("annual.bank", day=until, count=result.published)


def _outside(result: Annual) -> str:
    parts = []
    for kind, rows in result.ledger.items():
        amounts = totals(list(rows))
        counted = sum(row.amount is not None for row in rows)
        key = "annual.amounts_sum" if counted > 1 else "annual.amounts"
        behind = label(key, amounts=amounts) if amounts else ""
        parts.append(label(f"annual.held_{kind}", count=len(rows)) + behind)
    return label("annual.outside", parts="，".join(parts)) if parts else ""


def lines(result: Annual) -> list[Line]:
    """Every figure of the paragraph."""
    return [*_training_lines(result), *_content_lines(result), *_ledger_lines(result)]


def _training_lines(result: Annual) -> Iterator[Line]:
    if not result.rounds:
        return
    word, counts = result.sight.stretch.word, result.figures.counts
    cover, passed = _shares(result)
    by_round, by_department = ShowGroups(word, "round", 0), ShowGroups(word, "department", 0)
    basis = label(f"annual.basis_{basis_name(result)}")
    yield _line("rounds", by_round, value=result.rounds)
    yield _line("due", by_department, value=counts.due, basis=basis)
    yield _line("began", by_department, value=counts.began)
    yield _rate("rate", by_department, counts.began, counts.due)
    yield _line("people", ShowNames(word, Part.DUE, 0), value=cover.whole, basis=basis)
    yield _line("took", ShowNames(word, Part.BEGAN, 0), value=cover.part)
    yield _rate("cover", ShowNames(word, Part.MISSED, 0), cover.part, cover.whole)
    if passed.whole:
        yield _line("answered", by_department, value=passed.whole)
        yield _line("passed", ShowNames(word, PASSED, 0), value=passed.part)
        yield _rate("pass_rate", ShowNames(word, PASSED, 0), passed.part, passed.whole)


def basis_name(result: Annual) -> str:
    """Who is counted in 应参加, as a part of text keys."""
    basis = result.sight.basis
    if basis.counts_leave and basis.counts_unreachable:
        return "both"
    if basis.counts_leave:
        return "leave"
    return "unreachable" if basis.counts_unreachable else "duty"


def _content_lines(result: Annual) -> Iterator[Line]:
    studied = ShowStudied(result.sight.stretch.word, 0)
    if result.asked:
        yield _line("asked", studied, value=result.asked)
    if result.laws:
        yield _line("laws", studied, value=len(result.laws))
    yield _line("bank", ShowBanks(), value=result.published)


def _ledger_lines(result: Annual) -> Iterator[Line]:
    for kind, rows in result.ledger.items():
        tap = ShowLedger(result.sight.stretch.word, 0, kind.value)
        name = label(f"ledger.kind_{kind}")
        value = label("annual.value_times", value=len(rows))
        yield Line(name, value, label("annual.source_ledger"), tap)
        if amounts := totals(list(rows)):
            called = label("annual.name_amounts", kind=name)
            yield Line(called, amounts, label("annual.source_amounts"), tap)


def _line(key: str, tap: Tap, *, value: int, basis: str = "") -> Line:
    name, source = label(f"annual.name_{key}"), label(f"annual.source_{key}", basis=basis)
    return Line(name, label(f"annual.value_{key}", value=value), source, tap)


def _rate(key: str, tap: Tap, part: int, whole: int) -> Line:
    shown = exact(rate(part, whole))
    return Line(
        label(f"annual.name_{key}"), shown, label(f"annual.source_{key}", part=part, of=whole), tap
    )
