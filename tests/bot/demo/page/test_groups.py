"""A group on the page: who said what, and a quiz one votes in."""

import pytest
from playwright.async_api import expect

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, BAI, CHENG, Api
from tests.bot.demo.page.conftest import OpenChat, bubble, chat, keyboard, send, tapped
from tests.browser import DESKTOP, NARROW

GROUP = -4100
QUIZ = {
    "question": "排污许可证有效期届满需继续排污的，应于届满几日前提出申请？",
    "options": [{"text": "20日"}, {"text": "60日"}, {"text": "90日"}],
    "type": "quiz",
    "is_anonymous": False,
    "correct_option_ids": [1],
    "explanation": "依据：《排污许可管理条例》第十四条\n原文：应当于届满60日前提出",
}


@pytest.fixture(autouse=True)
def _group(server: DemoServer) -> None:
    server.add_group(GROUP, "法规处学法群", [AN, BAI], by=BAI)


async def test_the_group_is_one_choice_beside_the_private_chat(
    api: Api, open_chat: OpenChat
) -> None:
    page = await open_chat(AN, viewport=DESKTOP)
    await send(api, "私下说的")
    await page.get_by_role("button", name="法规处学法群").click()
    await expect(page.locator("#bot-name")).to_have_text("法规处学法群")
    await expect(page.locator("#block")).to_be_hidden()
    await expect(chat(page)).to_contain_text("小白把学法拉进了群")
    await expect(chat(page)).not_to_contain_text("私下说的")
    assert page.url.endswith(f"#person={AN}&group={GROUP}")
    await page.get_by_label("写消息").last.fill("大家好")
    await page.keyboard.press("Enter")
    api.server.say(BAI, "收到", GROUP)
    await expect(chat(page).locator(".from-other .sender")).to_have_text("小白")
    await expect(chat(page).locator(".from-person")).to_have_text([r"大家好" + await _time(page)])
    await page.reload()
    await expect(page.locator("#bot-name")).to_have_text("法规处学法群")
    await page.get_by_role("tab", name="小程").click()
    await expect(page.locator("#places")).to_be_hidden()
    await expect(page.locator("#bot-name")).to_have_text("学法")


async def _time(page) -> str:  # type: ignore[no-untyped-def]
    return str(await chat(page).locator(".from-person time").inner_text())


async def test_a_vote_shows_the_key_and_the_source(api: Api, open_chat: OpenChat) -> None:
    page = await open_chat(f"{AN}&group={GROUP}", viewport=NARROW)
    sent = await api.ok("sendPoll", chat_id=GROUP, **QUIZ)
    poll = bubble(page, sent["message_id"]).last
    poll = chat(page).locator(f'[data-message-id="{sent["message_id"]}"]')
    await expect(poll).to_contain_text("还没有人作答")
    await expect(poll).not_to_contain_text("第十四条")
    cast = poll.get_by_role("button", name="提交答案")
    await expect(cast).to_be_disabled()
    await poll.get_by_label("20日").check()
    await cast.click()
    await expect(poll).to_contain_text("答错了")
    await expect(poll.locator(".poll-right")).to_contain_text("60日（正确）")
    await expect(poll.locator(".poll-wrong")).to_contain_text("20日（你选的）")
    await expect(poll.locator(".poll-note")).to_contain_text("《排污许可管理条例》第十四条")
    await expect(poll).to_contain_text("1人作答")
    answers = await api.ok("getUpdates", timeout=0)
    (answer,) = [update["poll_answer"] for update in answers if "poll_answer" in update]
    assert (answer["user"]["id"], answer["option_ids"]) == (AN, [0])


async def test_votes_of_others_move_the_result_and_hide_the_key_from_who_waits(
    api: Api, open_chat: OpenChat
) -> None:
    sent = await api.ok("sendPoll", chat_id=GROUP, **QUIZ)
    page = await open_chat(f"{BAI}&group={GROUP}")
    poll = chat(page).locator(f'[data-message-id="{sent["message_id"]}"]')
    async with api.session.post(
        f"{api.server.url}/api/chats/{AN}/groups/{GROUP}/votes",
        json={"message_id": sent["message_id"], "options": [1]},
    ) as answer:
        assert answer.status == 200
    await expect(poll).to_contain_text("1人作答")
    await expect(poll.get_by_role("radio")).to_have_count(3)
    await expect(poll).not_to_contain_text("正确")


async def test_a_button_in_a_group_is_tapped_by_its_member(api: Api, open_chat: OpenChat) -> None:
    page = await open_chat(f"{BAI}&group={GROUP}")
    await send(api, "本群属于哪个处室？", GROUP, reply_markup=keyboard(["法规处"]))
    await chat(page).get_by_role("button", name="法规处").click()
    query = await tapped(api)
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (BAI, GROUP)
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="已绑定")
    await expect(page.locator("#toasts")).to_contain_text("已绑定")


async def test_what_is_unread_in_a_group_is_counted_there_and_at_the_person(
    api: Api, open_chat: OpenChat
) -> None:
    page = await open_chat(CHENG)
    await send(api, "各位好", GROUP)
    await send(api, "小安好")
    tab = page.get_by_role("tab", name="小安")
    await expect(tab.locator(".badge")).to_have_text("2")
    await tab.click()
    place = page.get_by_role("button", name="法规处学法群")
    await expect(place.locator(".badge")).to_have_text("1")
    await place.click()
    await expect(place.locator(".badge")).to_be_hidden()
    await expect(tab.locator(".badge")).to_be_hidden()
