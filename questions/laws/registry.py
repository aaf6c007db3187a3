"""Laws found by any of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questions.errors import QuestionsError
from questions.laws import names
from questions.laws.law import Law


class LawError(QuestionsError):
    """Rows of the law registry contradict each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """All known laws. Made by `of`, which refuses rows that contradict each other.

    A registry equals itself alone, so that what is looked up in it may be remembered.
    """

    laws: tuple[Law, ...]
    _by_name: Mapping[str, Law]

    @classmethod
    def of(cls, laws: Iterable[Law]) -> Registry:
        """These laws; LawError where two share a name or one's successor is unknown."""
        rows = tuple(laws)
        found: dict[str, Law] = {}
        for law in rows:
            for name in (law.title, *law.aliases):
                other = found.setdefault(names.key(name), law)
                if other is not law:
                    raise LawError(f"“{name}”既指《{other.title}》，又指《{law.title}》。")
        for name, law in _plain(rows).items():
            found.setdefault(name, law)
        registry = cls(rows, found)
        for law in rows:
            if law.replaced_by and registry.find(law.replaced_by) is None:
                raise LawError(f"《{law.title}》的替代法规《{law.replaced_by}》不在法规库中。")
        return registry

    def find(self, title: str) -> Law | None:
        """The law of that title, short title or alias, brackets and edition left aside."""
        for name in names.candidates(title):
            if law := self._by_name.get(name):
                return law
        return None

    def extended(self, laws: Iterable[Law]) -> Registry:
        """This registry with more laws; one of the same title takes the old one's place."""
        newer = {names.key(law.title): law for law in laws}
        older = (law for law in self.laws if names.key(law.title) not in newer)
        return Registry.of((*older, *newer.values()))

    def name(self, title: str) -> str:
        """One name for one law, however it is called; other titles stay as they are."""
        law = self.find(title)
        return title if law is None else law.short


def _plain(laws: tuple[Law, ...]) -> dict[str, Law]:
    """Names without their editions, where they name one law only."""
    shared: dict[str, list[Law]] = {}
    for law in laws:
        shared.setdefault(names.without_edition(names.key(law.title)), []).append(law)
    return {name: rows[0] for name, rows in shared.items() if len(rows) == 1}
