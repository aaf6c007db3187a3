"""Pictures, documents, and downloads."""

from typing import Any

from bot.demo.errors import bad_request
from bot.demo.files import StoredFile, picture_size
from bot.demo.messages import Message
from bot.demo.methods.content import read_caption, read_extras, read_keyboard
from bot.demo.network import Network
from bot.demo.parameters import Parameters, Upload
from bot.demo.people import Json

MAX_UPLOAD = 50 << 20
MAX_PHOTO = 10 << 20
MAX_DOWNLOAD = 20 << 20
MAX_SIDES = 10_000
MAX_RATIO = 20


def send_photo(network: Network, parameters: Parameters) -> Json:
    """sendPhoto: PNG, JPEG or GIF up to 10 MB, sides together up to 10,000 pixels."""
    message = _message(network, parameters)
    upload = _upload(parameters, "photo")
    if upload is None:
        message.photo = _known(network, parameters, "photo")
    else:
        _check_photo(upload.content)
        message.photo = network.files.add(upload.name, upload.content, is_photo=True)
    return _show(network, message)


def send_document(network: Network, parameters: Parameters) -> Json:
    """sendDocument: any file up to 50 MB."""
    message = _message(network, parameters)
    upload = _upload(parameters, "document")
    if upload is None:
        message.document = _known(network, parameters, "document")
    else:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > MAX_UPLOAD:
            raise bad_request("file is too big")
        message.document = network.files.add(
            upload.name, upload.content, mime_type=upload.mime_type
        )
    return _show(network, message)


def get_file(network: Network, parameters: Parameters) -> Json:
    """getFile, up to 20 MB."""
    file = network.files.find(parameters.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


def _message(network: Network, parameters: Parameters) -> Message:
    formatted, keyboard = read_caption(parameters), read_keyboard(parameters)
    chat = network.writable_chat(parameters)
    message = network.new_bot_message(chat)
    message.text, message.entities, message.keyboard = (
        formatted.text,
        formatted.entities,
        keyboard,
    )
    read_extras(parameters, chat, message)
    return message


def _show(network: Network, message: Message) -> Json:
    network.show(network.known_chat(message.chat["id"]), message)
    return message.to_api()


def _upload(parameters: Parameters, name: str) -> Upload | None:
    """The file sent along under the parameter's name or under attach://NAME."""
    attached = parameters.text(name).removeprefix("attach://")
    return parameters.uploads.get(name) or parameters.uploads.get(attached)


def _known(network: Network, parameters: Parameters, name: str) -> StoredFile:
    value = parameters.text(name)
    if not value:
        raise bad_request(f"there is no {name} in the request")
    file = network.files.find(value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file


def _check_photo(content: bytes) -> None:
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MAX_PHOTO:
        raise bad_request(f"file of size {len(content)} bytes is too big for a photo")
    size = picture_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    small, large = sorted(size)
    if not small or small + large > MAX_SIDES or large > small * MAX_RATIO:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


METHODS: dict[str, Any] = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "getFile": get_file,
}
