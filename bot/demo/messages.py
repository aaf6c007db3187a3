"""One message, as the Bot API and as the page show it."""

from dataclasses import dataclass, field

from bot.demo.files import StoredFile
from bot.demo.keyboards import Keyboard
from bot.demo.people import Json
from bot.demo.polls import Poll


@dataclass(slots=True)
class Message:
    """A message; dates are Unix seconds.

    `text` is the caption where there is a file. `extra` are further Bot API fields sent back
    as they were given (protection, effect). `service` says for the page what happened in a group.
    """

    message_id: int
    chat: Json
    sender: Json
    date: int
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    keyboard: Keyboard | None = None
    photo: StoredFile | None = None
    document: StoredFile | None = None
    poll: Poll | None = None
    edit_date: int | None = None
    reply_to: "Message | None" = None
    is_deleted: bool = False
    extra: Json = field(default_factory=dict)
    service: str = ""

    @property
    def is_from_bot(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.sender["is_bot"])

    @property
    def has_media(self) -> bool:
        """Whether its text is a caption."""
        return self.photo is not None or self.document is not None

    def to_api(self, *, is_nested: bool = False) -> Json:
        """The Bot API's Message; a reply's original comes without its own original."""
        body: Json = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat,
            "date": self.date,
        }
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.reply_to is not None and not is_nested:
            body["reply_to_message"] = self.reply_to.to_api(is_nested=True)
        if self.photo is not None:
            body["photo"] = self.photo.to_photo()
        if self.document is not None:
            body["document"] = self.document.to_document()
        if self.poll is not None:
            body["poll"] = self.poll.to_api()
        if self.text:
            body["caption" if self.has_media else "text"] = self.text
        if self.entities:
            body["caption_entities" if self.has_media else "entities"] = self.entities
        if self.keyboard is not None:
            body["reply_markup"] = {"inline_keyboard": self.keyboard}
        return body | self.extra if self.extra else body

    def to_page(self, viewer: int) -> Json:
        """What the chat page and a test's phone see as this person."""
        is_mine = self.sender["id"] == viewer
        shown: Json = {
            "message_id": self.message_id,
            "from": "bot" if self.is_from_bot else "person" if is_mine else "other",
            "date": self.date,
            "edit_date": self.edit_date,
            "text": self.text,
            "entities": self.entities,
            "keyboard": self._page_keyboard(),
            "photo": f"/api/files/{self.photo.file_id}" if self.photo else None,
            "document": self._page_document(),
            "poll": self.poll.to_page(viewer) if self.poll else None,
            "deleted": self.is_deleted,
        }
        if shown["from"] == "other":
            shown["name"] = self.sender["first_name"]
        if self.service:
            shown["service"] = self.service
        return shown

    def _page_keyboard(self) -> Keyboard | None:
        if self.keyboard is None:
            return None
        return [[_page_button(button) for button in row] for row in self.keyboard]

    def _page_document(self) -> Json | None:
        if self.document is None:
            return None
        return {
            "name": self.document.name,
            "size": len(self.document.content),
            "url": f"/api/files/{self.document.file_id}",
        }


def _page_button(button: Json) -> Json:
    shown: Json = {"text": button["text"]}
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    if "url" in button:
        shown["url"] = button["url"]
    if "copy_text" in button:
        shown["copy"] = button["copy_text"]["text"]
    if "style" in button:
        shown["style"] = button["style"]
    return shown
