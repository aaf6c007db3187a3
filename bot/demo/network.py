"""The network's whole state: people, chats, groups, files, menus, and the updates they cause."""

import itertools
import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.demo.chats import Chat, GroupChat, PrivateChat
from bot.demo.entities import detect
from bot.demo.errors import PageError, bad_request
from bot.demo.events import Events
from bot.demo.faults import Faults, Journal
from bot.demo.files import FileStore, StoredFile
from bot.demo.menus import Menus
from bot.demo.messages import Message
from bot.demo.parameters import Parameters
from bot.demo.people import Json, Limits, Player
from bot.demo.rates import Rates
from bot.demo.updates import UpdateQueue
from bot.demo.webhook import Webhook

MAX_CALLBACKS = 100_000
MAX_TEXT = 4096
LANGUAGE = "zh"


@dataclass(slots=True)
class Callback:
    """One tap waiting for its answer."""

    person: int
    at: float
    is_answered: bool = False


class Network:
    """Everything one bot and its people share, in memory."""

    def __init__(
        self, people: Sequence[Player], bot: Json, limits: Limits, remembered: int
    ) -> None:
        self.bot = bot
        self.limits = limits
        self.skew = 0.0
        self.chats: dict[int, PrivateChat] = {person.id: PrivateChat(person) for person in people}
        self.groups: dict[int, GroupChat] = {}
        self.updates = UpdateQueue(self.clock)
        self.webhook = Webhook(self.updates, self.clock, lambda: self.limits.webhook_retry)
        self.files = FileStore()
        self.menus = Menus()
        self.events = Events()
        self.faults = Faults()
        self.journal = Journal(remembered)
        self.rates = Rates()
        self.profile: dict[tuple[str, str], str] = {}
        self.callbacks: OrderedDict[str, Callback] = OrderedDict()
        self._message_ids = itertools.count(1)

    def clock(self) -> float:
        """Unix seconds, shifted by the skew a test asked for."""
        return time.time() + self.skew

    def now(self) -> int:
        """The clock in whole seconds, as the Bot API writes dates."""
        return int(self.clock())

    # What the bot may do ------------------------------------------------------------------

    def chat_of(self, parameters: Parameters) -> Chat:
        """The chat a method names; raises ApiError 400 when the bot cannot know it."""
        if not parameters.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat_id = parameters.integer("chat_id")
        chat = self.chats.get(chat_id) or self.groups.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        chat.check_known()
        return chat

    def known_chat(self, chat_id: int) -> Chat:
        """A chat by an id that is known to be one's."""
        return self.chats.get(chat_id) or self.groups[chat_id]

    def writable_chat(self, parameters: Parameters) -> Chat:
        """The chat a bot may write to; raises ApiError 403 when it may not."""
        chat = self.chat_of(parameters)
        chat.check_writable()
        return chat

    def new_bot_message(self, chat: Chat) -> Message:
        """An empty message of the bot, not yet shown."""
        return Message(self.new_message_id(), chat.chat, self.bot, self.now())

    def new_message_id(self) -> int:
        """The next id of a message, in whatever chat."""
        return next(self._message_ids)

    def show(self, chat: Chat, message: Message) -> None:
        """Put the bot's message into the chat."""
        chat.keep(message)
        chat.unread.update(chat.viewers)
        self.tell_message(chat, "message", message)

    def show_edit(self, chat: Chat, message: Message) -> None:
        """Tell that a message changed."""
        message.edit_date = self.now()
        self.tell_message(chat, "edit", message)

    def remove(self, chat: Chat, message: Message) -> None:
        """Delete a message for everybody."""
        message.is_deleted = True
        self.tell_message(chat, "delete", message)

    def tell(self, chat: Chat, kind: str) -> None:
        """Tell everybody who sees a chat that something happens in it."""
        for viewer in chat.viewers:
            self.events.tell(viewer, kind, **chat.place)

    def tell_message(self, chat: Chat, kind: str, message: Message) -> None:
        """Tell everybody who sees a chat of a message, each as they see it."""
        if self.events.has_listeners:
            for viewer in chat.viewers:
                self.events.tell(viewer, kind, **chat.place, message=message.to_page(viewer))

    # What people do -----------------------------------------------------------------------

    def person(self, person: int) -> PrivateChat:
        """A person's chat; raises PageError 404."""
        chat = self.chats.get(person)
        if chat is None:
            raise PageError(404, "没有这个人")
        return chat

    def add_player(self, player: Player) -> None:
        """Let one more person in."""
        self.chats.setdefault(player.id, PrivateChat(player))

    def place(self, person: int, group: int | None) -> Chat:
        """A person's private chat, or a group they are in; raises PageError 404."""
        if group is None:
            return self.person(person)
        found = self.groups.get(group)
        if found is None or person not in found.members:
            raise PageError(404, "没有这个群")
        return found

    def say(self, person: int, text: str, group: int | None = None) -> Message:
        """The person writes; /start opens the private chat and unblocks the bot."""
        text = text.strip()
        if not text:
            raise PageError(400, "不能发空消息")
        if len(text) > MAX_TEXT:
            raise PageError(400, "消息太长，最多4096字")
        if group is None and (text == "/start" or text.startswith("/start ")):
            self.block(person, is_blocked=False)
        return self._receive(self.place(person, group), person, text)

    def send_file(
        self, person: int, file: StoredFile, caption: str, group: int | None = None
    ) -> Message:
        """The person sends a document."""
        return self._receive(self.place(person, group), person, caption.strip(), file)

    def tap(
        self, person: int, message_id: int, data: str, sender: int, group: int | None = None
    ) -> str:
        """Someone taps a button, possibly a forged one; the callback query's id."""
        chat, user = self.place(person, group), self.person(sender).user
        self._check_listening(chat)
        message = chat.find(message_id)
        shown = (
            message.to_api()
            if message is not None
            else {"message_id": message_id, "chat": chat.chat, "date": 0}
        )
        callback_id = str(secrets.randbits(62))
        self.callbacks[callback_id] = Callback(sender, self.clock())
        if len(self.callbacks) > MAX_CALLBACKS:
            self.callbacks.popitem(last=False)
        chat.unread[person] = 0
        payload = {
            "id": callback_id,
            "from": user,
            "message": shown,
            "chat_instance": str(chat.chat["id"] * 7919),
            "data": data,
        }
        life = self.limits.callback_life
        self.updates.put("callback_query", payload, key=sender, life=life)
        return callback_id

    def vote(
        self, person: int, message_id: int, chosen: list[int], group: int | None = None
    ) -> None:
        """The person votes in a poll the bot sent."""
        chat = self.place(person, group)
        message = chat.find(message_id)
        if message is None or message.poll is None:
            raise PageError(404, "没有这个投票")
        message.poll.vote(person, chosen, self.now())
        chat.unread[person] = 0
        life = self.limits.update_life
        if not message.poll.is_anonymous:
            answer = message.poll.to_answer(self.person(person).user)
            self.updates.put("poll_answer", answer, key=person, life=life)
        self.updates.put("poll", message.poll.to_api(), key=person, life=life)
        self.tell_message(chat, "edit", message)

    def block(self, person: int, *, is_blocked: bool) -> None:
        """The person stops the bot, or lets it speak again."""
        chat = self.person(person)
        if chat.is_blocked == is_blocked:
            return
        chat.is_blocked = is_blocked
        kicked = {"user": self.bot, "status": "kicked", "until_date": 0}
        member = {"user": self.bot, "status": "member"}
        change = {
            "chat": chat.chat,
            "from": chat.user,
            "date": self.now(),
            "old_chat_member": member if is_blocked else kicked,
            "new_chat_member": kicked if is_blocked else member,
        }
        self.updates.put("my_chat_member", change, key=person, life=self.limits.update_life)
        self.events.tell(person, "blocked", blocked=is_blocked)

    def tell_commands(self) -> None:
        """Tell every page the menus now in force."""
        if self.events.has_listeners:
            for person in self.chats:
                self.events.tell(person, "commands", commands=self.commands(person))

    def commands(self, person: int, group: int | None = None) -> list[Json]:
        """The menu in force in this person's chat, or in a group."""
        return self.menus.in_force(group or person, LANGUAGE)

    def _receive(
        self, chat: Chat, person: int, text: str, document: StoredFile | None = None
    ) -> Message:
        self._check_listening(chat)
        user = self.person(person).user
        if isinstance(chat, PrivateChat):
            chat.is_open = True
        chat.unread[person] = 0
        message_id, found = self.new_message_id(), detect(text)
        message = Message(message_id, chat.chat, user, self.now(), text, found, document=document)
        chat.keep(message)
        if not isinstance(chat, GroupChat) or self._is_heard(chat, message):
            life = self.limits.update_life
            self.updates.put("message", message.to_api(), key=person, life=life)
        self.tell_message(chat, "message", message)
        return message

    def _check_listening(self, chat: Chat) -> None:
        if isinstance(chat, PrivateChat) and chat.is_blocked:
            raise PageError(403, "机器人已停用")
        if isinstance(chat, GroupChat) and chat.moved_to is not None:
            raise PageError(409, "群已升级")

    def _is_heard(self, group: GroupChat, message: Message) -> bool:
        """Privacy mode: of a group's talk the bot hears the commands meant for it; all of it
        once it is an administrator.
        """
        if group.status == "administrator":
            return True
        command = message.text.split()[0] if message.text.startswith("/") else ""
        name, _, bot = command.partition("@")
        is_ours = not bot or bot.lower() == self.bot["username"].lower()
        return group.is_bot_here and len(name) > 1 and is_ours
