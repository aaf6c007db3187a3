"""What can go wrong with people, each with the sentence they read.

BotError
├── InviteUnknown      no invite has that code
├── InviteExpired      the invite's time is over
├── InviteUsedUp       everyone it was for has joined
├── JoinLapsed         a yes to something that is no longer being asked
├── NameRefused        not a name a person can stand on a list with
├── DepartmentRefused  not a name for a department
├── DepartmentTaken    another department has the name
├── LastAdmin          somebody must stay admin
└── AdminBySettings    the settings say this one is an admin
"""

from __future__ import annotations

from bot.errors import BotError


class InviteUnknown(BotError):
    """No invite has that code."""

    text_key = "people.invite_unknown"


class InviteExpired(BotError):
    """The invite's time is over."""

    text_key = "people.invite_expired"


class InviteUsedUp(BotError):
    """Everyone the invite was for has joined."""

    text_key = "people.invite_used_up"


class JoinLapsed(BotError):
    """A yes to something that is no longer being asked."""

    text_key = "people.join_lapsed"


class NameRefused(BotError):
    """Not a name a person can stand on a list with."""

    text_key = "people.name_refused"


class DepartmentRefused(BotError):
    """Not a name for a department."""

    text_key = "people.department_refused"


class DepartmentTaken(BotError):
    """Another department has the name."""

    text_key = "people.department_taken"


class LastAdmin(BotError):
    """Somebody must stay admin."""

    text_key = "people.last_admin"


class AdminBySettings(BotError):
    """The settings say this one is an admin."""

    text_key = "people.admin_by_settings"
