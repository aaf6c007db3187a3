"""The real python-telegram-bot finds the server complete."""

import asyncio
from pathlib import Path

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Update,
)
from telegram.error import BadRequest, Forbidden
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, TOKEN
from tests.phone import Phone

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000a0000000a0802000000025058ea0000000049454e44ae426082"
)


def keyboard() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("开始", callback_data="go:1")]])


async def test_the_library_reads_itself_and_its_updates(bot: Bot, phone: Phone) -> None:
    me = await bot.get_me()
    await phone.say("/start pass-1")
    (update,) = await bot.get_updates(timeout=2)
    assert (me.username, me.first_name) == ("xuefa_bot", "学法")
    assert update.message is not None
    assert update.message.text == "/start pass-1"
    assert update.message.entities[0].type == "bot_command"
    assert update.message.from_user is not None
    assert update.message.from_user.id == AN


async def test_a_conversation_from_start_to_toast(bot: Bot, phone: Phone) -> None:
    await phone.say("/start")
    sent = await bot.send_message(
        AN, "<b>每日学法</b> &lt;3题&gt;", parse_mode="HTML", reply_markup=keyboard()
    )
    shown = await phone.wait_for("每日学法")
    assert sent.text == shown.text == "每日学法 <3题>"
    assert sent.entities[0].type == "bold"
    assert shown.labels == [["开始"]]

    tap = await phone.tap("开始")
    update = (await bot.get_updates(timeout=2))[-1]
    query = update.callback_query
    assert query is not None
    assert (query.data, query.id) == ("go:1", tap)
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    await query.answer("已开始", show_alert=True)
    assert (await phone.toast(tap)).text == "已开始"

    edited = await bot.edit_message_text("第1/3题", AN, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    assert (await phone.wait_for("第1/3题")).labels == []


async def test_files_go_both_ways(bot: Bot, phone: Phone, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes("法治政府建设报告".encode() * 100)
    await phone.upload(path, caption="请出题")
    (update,) = await bot.get_updates(timeout=2)
    message = update.message
    assert message is not None
    assert message.document is not None
    assert (message.document.file_name, message.caption) == ("报告.txt", "请出题")
    file = await message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == path.read_bytes()

    sent = await bot.send_document(
        AN, InputFile(b"a,b", "题库.csv"), caption="<i>导出</i>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert sent.document.file_name == "题库.csv"
    again = await bot.send_document(AN, sent.document.file_id)
    assert again.document == sent.document
    photo = await bot.send_photo(AN, PNG, caption="榜")
    assert (photo.photo[0].width, photo.caption) == (10, "榜")
    shown = (await phone.chat())["messages"][-1]
    assert shown["photo"].startswith("/api/files/")


async def test_attached_uploads_are_found(bot: Bot, phone: Phone) -> None:
    await phone.say("/start")
    sent = await bot.send_document(AN, InputFile(b"a,b", "bank.csv", attach=True))
    assert sent.document is not None
    assert sent.document.file_size == 3


async def test_menus_follow_scope(bot: Bot, phone: Phone) -> None:
    await phone.say("/start")
    await bot.set_my_commands([BotCommand("today", "今日学法")])
    await bot.set_my_commands(
        [BotCommand("rank", "榜")], scope=BotCommandScopeAllPrivateChats(), language_code="zh"
    )
    assert (await phone.chat())["commands"] == [{"command": "rank", "description": "榜"}]
    await bot.set_my_commands([BotCommand("plans", "计划")], scope=BotCommandScopeChat(AN))
    assert (await phone.chat())["commands"][0]["command"] == "plans"
    assert (await bot.get_my_commands())[0].command == "today"
    await bot.delete_my_commands(scope=BotCommandScopeChat(AN))
    assert (await phone.chat())["commands"][0]["command"] == "rank"


async def test_quiz_polls_carry_persistent_ids(bot: Bot, phone: Phone) -> None:
    await phone.say("/start")
    sent = await bot.send_poll(
        AN,
        "几日?",
        ["20日", "60日"],
        type="quiz",
        correct_option_ids=[1],
        is_anonymous=False,
        explanation="第十四条",
    )
    assert sent.poll is not None
    assert sent.poll.correct_option_ids == (1,)
    shown = await phone.screen()
    assert "correct_option_ids" not in shown.raw["poll"]
    await phone.vote([1], shown)
    updates = await bot.get_updates(timeout=2)
    answer = next(update.poll_answer for update in updates if update.poll_answer)
    assert answer.option_persistent_ids == (sent.poll.options[1].persistent_id,)
    assert (await phone.screen()).raw["poll"]["correct_option_ids"] == [1]


async def test_chats_and_texts_of_the_bot(bot: Bot, phone: Phone) -> None:
    await phone.say("/start")
    assert (await bot.get_chat(AN)).first_name == "小安"
    assert (await bot.get_chat_member(AN, AN)).status == "member"
    assert await bot.set_my_description("每日学法")
    assert (await bot.get_my_description()).description == "每日学法"
    assert await bot.set_my_short_description("学法")
    assert await bot.set_my_name("学法小助手")
    assert (await bot.get_my_name()).name == "学法小助手"
    assert await bot.send_chat_action(AN, "typing")
    assert (await bot.get_webhook_info()).pending_update_count == 1


async def test_blocking_is_seen_as_a_membership_change(bot: Bot, phone: Phone) -> None:
    await phone.say("/start")
    await phone.block()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(AN, "在吗")
    change = (await bot.get_updates(timeout=2))[-1].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"
    await phone.say("/start")
    assert (await bot.send_message(AN, "欢迎回来")).text == "欢迎回来"


async def test_the_library_maps_our_refusals(bot: Bot, phone: Phone) -> None:
    await phone.say("/start")
    with pytest.raises(BadRequest, match="an't parse entities"):
        await bot.send_message(AN, "<b>开", parse_mode="HTML")
    with pytest.raises(Forbidden, match="initiate"):
        await bot.send_message(AN + 1, "你好")
    with pytest.raises(BadRequest, match="not found"):
        await bot.send_message(5, "你好")


async def test_a_whole_application_polls_and_answers(server: DemoServer, phone: Phone) -> None:
    async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("欢迎", reply_markup=keyboard())

    async def go(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("好")

    app = Application.builder().token(TOKEN).base_url(f"{server.url}/bot").build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(go))
    async with app:
        assert app.updater is not None
        await app.updater.start_polling(timeout=5)
        await app.start()
        await phone.say("/start")
        await phone.wait_for("欢迎")
        await phone.tap("开始")
        assert (await phone.wait_for("好")).labels == []
        stopping = asyncio.gather(app.updater.stop(), app.stop())
        await phone.say("/wake")
        await stopping
