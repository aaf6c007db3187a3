"""Use cases that need no right: who is asking for help, and chats that come and go."""

from __future__ import annotations

from bot.errors import Deactivated
from storage.repositories.people import PersonRow
from storage.states import Role
from storage.unit import Unit


def find_member(unit: Unit, chat_id: int) -> PersonRow | None:
    """The person behind a chat, None for a stranger; raises Deactivated."""
    person = unit.people.find_by_chat(chat_id)
    if person is not None and not person.is_active:
        raise Deactivated
    return person


def list_leaders(unit: Unit) -> list[PersonRow]:
    """The reachable trainers and admins, whose chats have menus of their own."""
    leaders = unit.people.list_by_role(Role.TRAINER, Role.ADMIN)
    return [person for person in leaders if person.unreachable_at is None]
