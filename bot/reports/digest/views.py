"""The digest's message."""

from __future__ import annotations

from bot.items.service import Sieve
from bot.items.taps import ShowItems
from bot.keyboards import Row, button
from bot.reports.digest.service import Digest
from bot.reports.digest.taps import MakeStretchFile
from bot.reports.participation.taps import ShowGroups, ShowNames, ShowParticipation
from bot.reports.participation.views import notes
from bot.reports.pictures.rates import exact
from bot.reports.service import rate
from bot.screen import Screen
from bot.texts import Markup, text
from storage.repositories.participation import Share
from storage.repositories.participation_rolls import Part


def digest(result: Digest) -> Screen:
    """The figures of the week or month, each with the list behind it."""
    sight, counts = result.sight, result.figures.counts
    cover = result.figures.cover or Share()
    lines = [
        text("digest.head", name=sight.stretch.name, scope=sight.scope, rounds=result.rounds),
        text(
            "digest.rates",
            participation=exact(rate(counts.began, counts.due)),
            began=counts.began,
            due=counts.due,
            rate=exact(rate(counts.right, counts.answered)),
            right=counts.right,
            answered=counts.answered,
        ),
        text(
            "digest.cover",
            rate=exact(rate(cover.part, cover.whole)),
            began=cover.part,
            due=cover.whole,
        ),
    ]
    if result.paused:
        lines.append(text("digest.paused", count=result.paused))
    lines += [Markup(), *notes(sight.basis, {})[:1]]
    return Screen(Markup("\n".join(lines)), _rows(result, cover))


def _rows(result: Digest, cover: Share) -> tuple[Row, ...]:
    word = result.sight.stretch.word
    sieve = Sieve.PAUSED if result.paused else Sieve.ALL
    missed = cover.whole - cover.part
    return (
        (
            button("digest.button_departments", ShowGroups(word, "department", 0)),
            button("digest.button_rounds", ShowGroups(word, "round", 0)),
            button("digest.button_missed", ShowNames(word, Part.MISSED, 0), count=missed),
        ),
        (
            button("digest.button_items", ShowItems(sieve, 0)),
            button("digest.button_file", MakeStretchFile(word)),
            button("digest.button_more", ShowParticipation(word)),
        ),
    )
