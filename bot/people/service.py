"""Use cases that need no right: who is asking for help, and chats that come and go."""

from __future__ import annotations

from storage.repositories.people import PersonRow
from storage.states import Role
from storage.unit import Unit


def find_active(unit: Unit, chat_id: int) -> PersonRow | None:
    """The active person behind a chat, if any."""
    person = unit.people.find_by_chat(chat_id)
    return person if person is not None and person.is_active else None


def list_leaders(unit: Unit) -> list[PersonRow]:
    """The reachable trainers and admins, whose chats have menus of their own."""
    leaders = unit.people.list_by_role(Role.TRAINER, Role.ADMIN)
    return [person for person in leaders if person.unreachable_at is None]
