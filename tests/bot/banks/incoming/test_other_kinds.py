"""What is no file, and updates that come twice."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.banks.incoming.parcel import Detail
from tests.bot.banks.incoming.files import a_row, a_table
from tests.bot.banks.incoming.test_reading import uploads
from tests.bot.conftest import Street
from tests.cast import XIAOAN, XIAOCHENG, furnish


async def hand(street: Street, person: int, update_id: int, **content: Any) -> None:
    """Give the bot a message that the chat page can't write."""
    assert street.app is not None
    who = {"id": person, "is_bot": False, "first_name": "某"}
    chat = {"id": person, "type": "private", "first_name": "某"}
    message = {"message_id": 9000 + update_id, "date": 1, "chat": chat, "from": who, **content}
    raw = {"update_id": update_id, "message": message}
    update = Update.de_json(raw, street.app._bot)
    await street.app._handle(update)


PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]
VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 1}
STICKER = {
    "file_id": "s", "file_unique_id": "s", "width": 9, "height": 9,
    "is_animated": False, "is_video": False, "type": "regular",
}  # fmt: skip


async def test_pictures_voices_and_stickers_are_told_apart_from_files(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    admin, staff = await street.phone(XIAOCHENG), await street.phone(XIAOAN)
    for phone in (admin, staff):
        await phone.say("/help")
        await phone.wait_for("使用说明")
    before = len(await admin.messages())
    for number in range(3):
        await hand(street, XIAOCHENG, 70 + number, photo=PHOTO, media_group_id="album")
    assert len(await admin.messages()) == before + 1
    assert "请用“文件”方式" in (await admin.screen()).text
    await hand(street, XIAOCHENG, 80, voice=VOICE)
    await hand(street, XIAOCHENG, 81, sticker=STICKER)
    assert len(await admin.messages()) == before + 3
    await hand(street, XIAOAN, 82, photo=PHOTO)
    assert "谢谢" in (await staff.screen()).text


async def test_a_file_whose_update_comes_twice_is_read_once(street: Street) -> None:
    await street.database.run(furnish)
    app = await street.start()
    admin = await street.phone(XIAOCHENG)
    await admin.upload_bytes("题目.xlsx", a_table([a_row(1)]))
    await admin.wait_for("识别1行", 20)
    (upload,) = await street.database.read(uploads)
    sent = {
        "file_id": Detail.of(upload.detail).file_id,
        "file_unique_id": "u",
        "file_name": "题目.xlsx",
    }
    for _ in range(2):
        await hand(street, XIAOCHENG, 90, document=sent)
    app.reader.wake()
    assert "已经收到" in (await admin.screen()).text
    assert len(await street.database.read(uploads)) == 2
