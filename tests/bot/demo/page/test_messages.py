"""How messages look, change and stay apart."""

from playwright.async_api import Locator, expect

from bot.demo import DemoServer, Player
from bot.demo.chats import MAX_MESSAGES
from tests.bot.demo.conftest import AN, BAI, Api
from tests.bot.demo.page.conftest import OpenChat, bubble, chat, keyboard, send
from tests.browser import DESKTOP, NARROW, PageFactory

LONG = "各级生态环境部门应当加强执法人员培训，提高执法能力和水平，规范执法行为。" * 8


async def height_of(locator: Locator) -> float:
    box = await locator.bounding_box()
    assert box is not None
    return box["height"]


async def test_html_in_names_texts_and_files_is_not_interpreted(
    api: Api, open_page: PageFactory
) -> None:
    attack = '<img src=x onerror="window.hacked=1">'
    api.server.add_player(Player(7, attack, attack))
    api.server.change_chat(7, is_open=True)
    buttons = {"inline_keyboard": [[{"text": attack, "callback_data": attack}]]}
    params = {"reply_markup": buttons}
    await api.ok("sendMessage", chat_id=7, text=attack, **params)
    page = await open_page(f"{api.server.url}/#person=7")
    await expect(chat(page).locator(".words")).to_contain_text(attack)
    await expect(page.get_by_role("tab", selected=True)).to_contain_text(attack)
    await expect(page.get_by_role("button", name=attack)).to_be_visible()
    assert await page.locator("img[src='x']").count() == 0
    assert await page.evaluate("window.hacked") is None


async def test_formatted_text_nests_and_offsets_count_utf16(api: Api, open_chat: OpenChat) -> None:
    message = await send(api, "📘😀<b>粗<i>斜</i></b>尾 <code>a&lt;b</code>")
    words = bubble(await open_chat(), message).locator(".words")
    await expect(words.locator("strong")).to_have_text("粗斜")
    await expect(words.locator("strong em")).to_have_text("斜")
    await expect(words.locator("code")).to_have_text("a<b")


async def test_only_web_addresses_become_links(server: DemoServer, open_chat: OpenChat) -> None:
    page = await open_chat()
    links = await page.evaluate(
        """async () => {
            const { renderText } = await import('/page/entities.js');
            const urls = ['javascript:alert(1)', 'data:text/html,x', 'https://example.com/a'];
            return urls.map((url) => {
                const entity = { type: 'text_link', offset: 0, length: 2, url };
                return renderText('原文', [entity], {}).querySelector('a')?.href ?? null;
            });
        }"""
    )
    assert links == [None, None, "https://example.com/a"]


async def test_an_edit_replaces_in_place(api: Api, open_chat: OpenChat) -> None:
    first = await send(api, "第1题", reply_markup=keyboard(["A", "B"]))
    await send(api, "后面的消息")
    page = await open_chat()
    node = await bubble(page, first).element_handle()
    edited = {"chat_id": AN, "message_id": first, "text": "✅ 答对了"}
    await api.ok("editMessageText", **edited, reply_markup=keyboard(["下一题"]))
    await expect(bubble(page, first)).to_contain_text("答对了")
    await expect(bubble(page, first)).to_contain_text("已编辑")
    await expect(bubble(page, first).get_by_role("button")).to_have_text(["下一题"])
    assert await page.evaluate("(node) => node.isConnected", node)
    assert await chat(page).locator("[data-message-id]").count() == 2


async def test_an_edit_does_not_move_what_is_being_read(api: Api, open_chat: OpenChat) -> None:
    ids = [await send(api, f"{number} {LONG}") for number in range(8)]
    read = api.server.say(AN, "都看过了")
    page = await open_chat()
    await expect(bubble(page, read)).to_be_in_viewport()
    await bubble(page, ids[4]).evaluate("(node) => node.scrollIntoView()")
    await expect(page.get_by_role("button", name="跳到最新消息")).to_be_visible()
    before = await bubble(page, ids[4]).bounding_box()
    await api.ok("editMessageText", chat_id=AN, message_id=ids[0], text="短")
    await expect(bubble(page, ids[0])).to_contain_text("短")
    after = await bubble(page, ids[4]).bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


async def test_new_messages_wait_below_a_reader_who_scrolled_up(
    api: Api, open_chat: OpenChat
) -> None:
    ids = [await send(api, f"{number} {LONG}") for number in range(8)]
    read = api.server.say(AN, "都看过了")
    page = await open_chat()
    await expect(bubble(page, read)).to_be_in_viewport()
    await page.mouse.move(200, 400)
    await page.mouse.wheel(0, -3000)
    await expect(bubble(page, ids[0])).to_be_in_viewport()
    newest = await send(api, "新消息")
    button = page.get_by_role("button", name="跳到最新消息，1条新消息")
    await expect(bubble(page, newest)).not_to_be_in_viewport()
    await button.click()
    await expect(bubble(page, newest)).to_be_in_viewport()
    await expect(button).to_be_hidden()


async def test_a_chat_opens_at_its_first_unread_message(api: Api, open_chat: OpenChat) -> None:
    await send(api, LONG)
    api.server.say(AN, "看过了")
    ids = [await send(api, f"{number} {LONG}") for number in range(8)]
    page = await open_chat()
    await expect(chat(page).get_by_text("以下是新消息")).to_be_in_viewport()
    await expect(bubble(page, ids[0])).to_be_in_viewport()
    await expect(bubble(page, ids[-1])).not_to_be_in_viewport()
    await page.reload()  # now they count as read
    await expect(bubble(page, ids[-1])).to_be_in_viewport()


async def test_an_expandable_quote_opens_by_keyboard(api: Api, open_chat: OpenChat) -> None:
    quote = f"<blockquote expandable>{LONG}</blockquote>"
    message = await send(api, f"依据\n{quote}", reply_markup=keyboard(["下一题"]))
    page = await open_chat()
    toggle = bubble(page, message).get_by_role("button", name="展开")
    height = await height_of(bubble(page, message))
    await chat(page).focus()
    await page.keyboard.press("Tab")
    await expect(toggle).to_be_focused()
    await page.keyboard.press("Enter")
    toggle = bubble(page, message).get_by_role("button", name="收起")
    await expect(bubble(page, message).locator(".quote-text")).to_be_in_viewport()
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    assert await height_of(bubble(page, message)) > height + 50
    await page.keyboard.press("Enter")
    await expect(bubble(page, message).get_by_role("button", name="展开")).to_be_focused()


async def test_a_short_quote_has_nothing_to_expand(api: Api, open_chat: OpenChat) -> None:
    message = await send(api, "<blockquote expandable>一行</blockquote>")
    page = await open_chat()
    await expect(bubble(page, message).locator("blockquote")).to_have_text("一行展开")
    await expect(bubble(page, message).get_by_role("button")).to_have_count(0)


async def test_switching_people_keeps_chats_apart(api: Api, open_chat: OpenChat) -> None:
    api.server.change_chat(BAI, is_open=True)
    page = await open_chat(viewport=DESKTOP)
    await page.get_by_label("写消息").locator("visible=true").last.fill("小安的草稿")
    hers = await send(api, "给小安的")
    his = await send(api, "给小白的", chat_id=BAI)
    tab = page.locator(f'[data-person="{BAI}"]')
    await expect(tab).to_have_accessible_name("小白，培训员，1条未读")
    await expect(bubble(page, his)).to_be_hidden()
    await tab.click()
    await expect(bubble(page, his)).to_be_visible()
    await expect(bubble(page, hers)).to_be_hidden()
    await expect(page.locator("#input")).to_have_value("")
    await expect(tab).to_have_accessible_name("小白，培训员")
    assert page.url.endswith(f"#person={BAI}")
    await tab.focus()
    await page.keyboard.press("ArrowLeft")
    await expect(bubble(page, hers)).to_be_visible()
    await expect(page.locator("#input")).to_have_value("小安的草稿")


async def test_a_full_chat_opens_quickly(api: Api, open_chat: OpenChat) -> None:
    for number in range(MAX_MESSAGES):
        api.server.say(AN, f"第{number}条")
    last = await send(api, "最后一条")
    page = await open_chat()
    await expect(bubble(page, last)).to_be_in_viewport()
    milliseconds = await page.evaluate("performance.now()")
    assert milliseconds < 8_000  # beside another test process


async def test_a_deleted_message_leaves_the_chat(api: Api, open_chat: OpenChat) -> None:
    message = await send(api, "会被删除")
    page = await open_chat()
    await expect(bubble(page, message)).to_be_visible()
    await api.ok("deleteMessage", chat_id=AN, message_id=message)
    await expect(bubble(page, message)).to_have_count(0)
    await expect(page.get_by_role("button", name="开始")).to_be_visible()


async def test_nothing_is_wider_than_a_narrow_phone(api: Api, open_chat: OpenChat) -> None:
    await send(api, f"<pre>{'一二三四五六七八九十 ' * 12}</pre>{'w' * 300}")
    buttons = keyboard(["很长很长的按钮文字" * 2, "x" * 40], ["A", "B", "C", "D", "E"])
    last = await send(api, LONG, reply_markup=buttons)
    page = await open_chat(viewport=NARROW)
    await expect(bubble(page, last)).to_be_visible()
    for selector in ("document.documentElement", "document.querySelector('.scroller')"):
        wide, window = await page.evaluate(f"[{selector}.scrollWidth, {selector}.clientWidth]")
        assert wide <= window
    boxes = await page.locator(".key, .bubble, .round:visible").evaluate_all(
        """(nodes) => nodes.map((node) => {
            const { left, right } = node.getBoundingClientRect();
            return [left, right];
        })"""
    )
    assert all(left >= 0 and right <= NARROW["width"] for left, right in boxes)
