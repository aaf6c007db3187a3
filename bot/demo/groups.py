"""What happens to groups: made, joined by the bot, left by it, upgraded."""

from collections.abc import Iterable

from bot.demo.chats import HERE, GroupChat
from bot.demo.errors import PageError
from bot.demo.messages import Message
from bot.demo.network import Network
from bot.demo.people import Json

_STATUSES = HERE | {"left", "kicked"}
_SUPER = -1_000_000_000_000


def make_group(network: Network, group_id: int, title: str, members: Iterable[int]) -> GroupChat:
    """A group of people, the bot not in it yet; raises PageError where it can't be."""
    if group_id >= 0 or group_id in network.groups:
        raise PageError(400, "id: 群的编号是没用过的负数")
    people = {network.person(member).player.id for member in members}
    group = network.groups[group_id] = GroupChat(group_id, title, people)
    return group


def change_status(network: Network, group: GroupChat, status: str, by: int) -> None:
    """A member makes the bot one, its administrator, or sends it away."""
    if status not in _STATUSES:
        raise PageError(400, f"{status}: no such status")
    person = network.person(by)
    if by not in group.members:
        raise PageError(403, "不在这个群里")
    before = group.status or "left"
    if before == status:
        return
    was_here = before in HERE
    if group.is_bot_here and status not in HERE:
        _announce(network, group, by, "left_chat_member", network.bot, "请出了")
    group.status = status
    change = {
        "chat": group.chat,
        "from": person.user,
        "date": network.now(),
        "old_chat_member": _member(network.bot, before),
        "new_chat_member": _member(network.bot, status),
    }
    network.updates.put("my_chat_member", change, key=by, life=network.limits.update_life)
    if group.is_bot_here and not was_here:
        _announce(network, group, by, "new_chat_members", [network.bot], "拉进了")


def upgrade(network: Network, group: GroupChat, by: int) -> GroupChat:
    """Turn the group into a supergroup: it goes on under another id."""
    if group.is_super or group.moved_to is not None:
        raise PageError(409, "已经是超级群")
    new_id = _SUPER + group.id
    moved = network.groups[new_id] = GroupChat(new_id, group.title, set(group.members))
    moved.status, group.moved_to = group.status, new_id
    for chat, fields in (
        (group, {"migrate_to_chat_id": new_id}),
        (moved, {"migrate_from_chat_id": group.id}),
    ):
        _post(network, chat, by, fields, "群升级了")
    return moved


def _announce(
    network: Network, group: GroupChat, by: int, field: str, value: object, what: str
) -> None:
    said = f"{network.person(by).player.name}把{network.bot['first_name']}{what}群"
    _post(network, group, by, {field: value}, said)


def _post(network: Network, group: GroupChat, by: int, fields: Json, said: str) -> None:
    """A service message, which the bot gets in whatever group it is in."""
    user = network.person(by).user
    message = Message(network.new_message_id(), group.chat, user, network.now())
    message.extra, message.service = fields, said
    group.keep(message)
    if group.is_bot_here:
        life = network.limits.update_life
        network.updates.put("message", message.to_api(), key=by, life=life)
    network.tell_message(group, "message", message)


def _member(bot: Json, status: str) -> Json:
    member: Json = {"user": bot, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    if status == "administrator":
        member |= dict.fromkeys(_RIGHTS, False) | {"can_be_edited": False}
    return member


_RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
