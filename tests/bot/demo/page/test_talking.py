"""What people do on the page: write, tap, send files, choose commands, stop the bot."""

import base64
from pathlib import Path

import aiohttp
from playwright.async_api import expect

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, TOKEN, Api
from tests.bot.demo.page.conftest import OpenChat, bubble, chat, keyboard, send, tapped
from tests.phone import Phone

DOT = (  # a PNG of one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQKogFAAF3AODnbT/kAAAAAElFTkSuQmCC"
)
COMMANDS = [
    {"command": "today", "description": "今天的题"},
    {"command": "recall", "description": "错题本"},
    {"command": "rules", "description": "规则"},
]


async def test_a_button_waits_until_its_tap_is_answered(api: Api, open_chat: OpenChat) -> None:
    message = await send(api, "第1题", reply_markup=keyboard(["A", "B"]))
    page = await open_chat()
    button = bubble(page, message).get_by_role("button", name="A")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await button.click(force=True)  # an impatient second tap is not sent
    query = await tapped(api)
    assert query["data"] == "A"
    await expect(bubble(page, message).get_by_role("button", name="B")).to_have_attribute(
        "aria-busy", "false"
    )
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="已记录")
    await expect(button).to_have_attribute("aria-busy", "false")
    await expect(page.locator("#toasts")).to_contain_text("已记录")
    assert not await api.ok("getUpdates", timeout=0)


async def test_an_alert_must_be_confirmed(api: Api, open_chat: OpenChat) -> None:
    message = await send(api, "第1题", reply_markup=keyboard(["A"]))
    page = await open_chat()
    await bubble(page, message).get_by_role("button", name="A").click()
    query = await tapped(api)
    answer = {"callback_query_id": query["id"], "text": "这题已经结束", "show_alert": True}
    await api.ok("answerCallbackQuery", **answer)
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("这题已经结束")
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()


async def test_answering_by_keyboard_keeps_the_place(api: Api, open_chat: OpenChat) -> None:
    message = await send(api, "第1题", reply_markup=keyboard(["A", "B"]))
    page = await open_chat()
    await bubble(page, message).get_by_role("button", name="B").focus()
    await page.keyboard.press("Enter")
    assert (await tapped(api))["data"] == "B"
    edit = {"chat_id": AN, "message_id": message, "text": "✅ 对"}
    await api.ok("editMessageText", **edit, reply_markup=keyboard(["下一题"]))
    await expect(bubble(page, message).get_by_role("button", name="下一题")).to_be_focused()


async def test_a_copy_button_copies(api: Api, open_chat: OpenChat) -> None:
    button = {"text": "复制邀请码", "copy_text": {"text": "AB-1234"}}
    await send(api, "邀请码", reply_markup={"inline_keyboard": [[button]]})
    page = await open_chat(permissions=["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="复制邀请码").click()
    await expect(page.locator("#toasts")).to_contain_text("已复制")
    assert await page.evaluate("navigator.clipboard.readText()") == "AB-1234"


async def test_enter_sends_and_shift_enter_breaks_the_line(
    server: DemoServer, open_chat: OpenChat, phone: Phone
) -> None:
    page = await open_chat()
    await page.locator("#input").focus()
    await page.keyboard.type("第一行")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("第二行")
    await page.keyboard.press("Enter")
    await expect(chat(page).locator("[data-message-id] .words")).to_contain_text("第一行\n第二行")
    await expect(chat(page).locator(".message")).to_have_count(1)
    assert [m["text"] for m in (await phone.chat())["messages"]] == ["第一行\n第二行"]


async def test_an_empty_chat_offers_to_start(
    server: DemoServer, open_chat: OpenChat, phone: Phone
) -> None:
    page = await open_chat()
    await page.get_by_role("button", name="开始").click()
    await expect(chat(page).locator("[data-message-id]")).to_contain_text("/start")
    await expect(page.get_by_role("button", name="开始")).to_be_hidden()
    assert (await phone.chat())["messages"][0]["text"] == "/start"


async def test_the_command_menu_works_by_keyboard(api: Api, open_chat: OpenChat) -> None:
    await api.ok("setMyCommands", commands=COMMANDS)
    page = await open_chat()
    await page.get_by_role("button", name="命令菜单").focus()
    await page.keyboard.press("Enter")
    options = page.get_by_role("listbox", name="命令").get_by_role("option")
    await expect(options).to_have_count(3)
    await page.keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Escape")
    await expect(options).to_have_count(0)
    await page.locator("#input").focus()
    await page.keyboard.type("/r")
    await expect(options).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(chat(page).locator("[data-message-id] .words")).to_contain_text("/rules")
    await expect(page.locator("#input")).to_have_value("")


async def test_a_changed_menu_arrives_at_once(api: Api, open_chat: OpenChat) -> None:
    page = await open_chat()
    await expect(page.get_by_role("button", name="命令菜单")).to_be_hidden()
    await api.ok("setMyCommands", commands=COMMANDS)
    await page.get_by_role("button", name="命令菜单").click()
    await expect(page.get_by_role("option")).to_have_count(3)


async def test_files_go_up_and_come_down(
    api: Api, open_chat: OpenChat, tmp_path: Path, phone: Phone
) -> None:
    content = "题干,答案\n对,错\n".encode()
    bank = tmp_path / "题库 2026.csv"
    bank.write_bytes(content)
    page = await open_chat()
    await page.locator("#picker").set_input_files(bank)
    await expect(page.get_by_role("list", name="待发送的文件")).to_contain_text("题库 2026.csv")
    await page.locator("#input").fill("请导入")
    await page.keyboard.press("Enter")
    link = chat(page).get_by_role("link", name="下载 题库 2026.csv")
    await expect(link).to_be_visible()
    (sent,) = (await phone.chat())["messages"]
    assert (sent["text"], sent["document"]["size"]) == ("请导入", len(content))
    async with page.expect_download() as waiting:
        await link.click()
    download = await waiting.value
    assert download.suggested_filename == "题库 2026.csv"
    await download.save_as(tmp_path / "down.csv")
    assert (tmp_path / "down.csv").read_bytes() == content


async def test_a_dropped_file_waits_for_its_caption(api: Api, open_chat: OpenChat) -> None:
    page = await open_chat()
    transfer = await page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(['x'], '报告.txt'));
            return transfer;
        }"""
    )
    await page.dispatch_event("#chats", "dragenter", {"dataTransfer": transfer})
    await expect(page.locator("#drop")).to_be_visible()
    await page.dispatch_event("#chats", "drop", {"dataTransfer": transfer})
    await expect(page.locator("#drop")).to_be_hidden()
    await expect(page.get_by_role("list", name="待发送的文件")).to_contain_text("报告.txt")
    await page.get_by_role("button", name="不发送 报告.txt").click()
    await expect(page.get_by_role("button", name="发送", exact=True)).to_be_disabled()


async def test_a_message_that_failed_can_be_sent_again(api: Api, open_chat: OpenChat) -> None:
    page = await open_chat()
    await page.route("**/messages", lambda route: route.abort())
    await page.locator("#input").fill("在吗")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article", name="没有发出")).to_contain_text("连不上服务器")
    await page.unroute("**/messages")
    await page.get_by_role("button", name="重发").click()
    await expect(chat(page).locator("[data-message-id]")).to_contain_text("在吗")
    await expect(chat(page).locator(".message")).to_have_count(1)


async def test_a_stopped_bot_can_be_let_in_again(api: Api, open_chat: OpenChat) -> None:
    await send(api, "你好")
    page = await open_chat()
    await page.get_by_role("button", name="停用机器人").click()
    await page.get_by_role("dialog").get_by_role("button", name="停用").click()
    await expect(page.locator("#input")).to_be_hidden()
    assert "403" in await api.refused("sendMessage", chat_id=AN, text="听得见吗")
    await page.get_by_role("button", name="恢复使用").click()
    await expect(page.locator("#input")).to_be_visible()
    await send(api, "又见面了")
    await expect(chat(page)).to_contain_text("又见面了")


async def test_typing_shows_until_the_message_comes(api: Api, open_chat: OpenChat) -> None:
    page = await open_chat()
    await api.ok("sendChatAction", chat_id=AN, action="typing")
    await expect(page.locator("#status")).to_have_text("正在输入")
    await send(api, "好了")
    await expect(page.locator("#status")).to_have_text("@xuefa_bot")


async def test_a_poll_is_voted_on_and_shows_its_result(api: Api, open_chat: OpenChat) -> None:
    poll = {"question": "下周学什么？", "options": [{"text": "固废"}, {"text": "排污许可"}]}
    await api.ok("sendPoll", chat_id=AN, **poll)
    page = await open_chat()
    await page.get_by_role("radio", name="排污许可").check()
    await page.get_by_role("button", name="投票").click()
    await expect(chat(page).locator(".poll-results")).to_contain_text("排污许可（你选的）")


async def test_a_lost_connection_is_said_and_made_good(api: Api, open_chat: OpenChat) -> None:
    page = await open_chat()
    await page.context.set_offline(True)
    api.server._network.events.close()  # cut the stream, as a restart would
    await expect(page.locator("#status")).to_have_text("正在重新连接…")
    missed = await send(api, "断线时发的")
    await page.context.set_offline(False)
    await expect(page.locator("#status")).to_have_text("@xuefa_bot")
    await expect(bubble(page, missed)).to_be_visible()


async def test_an_invitation_to_this_bot_stays_on_the_page(api: Api, open_chat: OpenChat) -> None:
    await send(api, '<a href="https://t.me/xuefa_bot?start=AB-1234">接受邀请</a>')
    page = await open_chat()
    await page.get_by_role("link", name="接受邀请").click()
    await expect(chat(page).locator(".from-person .words")).to_contain_text("/start AB-1234")
    assert len(page.context.pages) == 1


async def test_a_picture_opens_large_and_closes_by_keyboard(api: Api, open_chat: OpenChat) -> None:
    form = aiohttp.FormData({"chat_id": str(AN)})
    form.add_field("photo", base64.b64decode(DOT), filename="dot.png")
    url = f"{api.server.url}/bot{TOKEN}/sendPhoto"
    async with api.session.post(url, data=form) as response:
        assert response.status == 200
    page = await open_chat()
    button = page.get_by_role("button", name="查看大图")
    await button.click()
    dialog = page.get_by_role("dialog", name="图片")
    await expect(dialog.get_by_role("button", name="关闭图片")).to_be_focused()
    assert await dialog.locator("img").evaluate("(image) => image.decode().then(() => true)")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(button).to_be_focused()
