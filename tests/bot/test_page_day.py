"""A first day in the browser: join, get the push, answer right and wrong, see source and board."""

from __future__ import annotations

import re
from dataclasses import replace

from playwright.async_api import Locator, Page, expect

from questions.models import Question
from tests.bot.conftest import Street
from tests.browser import PageFactory
from tests.cast import STRANGER, XIAOCHENG, a_question, furnish


def last_bubble(page: Page) -> Locator:
    return page.locator(".chat:not([inert]) [data-message-id]").last


async def press(page: Page, name: str) -> None:
    await (
        page.locator(".chat:not([inert])")
        .get_by_role("button", name=name, exact=True)
        .last.click()
    )


async def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").first
    await box.fill(text)
    await box.press("Enter")


def with_long_source(question: Question) -> Question:
    quote = "，".join(
        [*[f"依法办理了第{i}类案件并及时公开" for i in range(9)], question.citation.quote]
    )
    return replace(question, citation=replace(question.citation, quote=quote))


async def test_a_newcomer_joins_answers_and_looks_at_the_board(
    street: Street, open_page: PageFactory
) -> None:
    questions = [with_long_source(a_question(name)) for name in ("q1", "q2")]
    await street.database.run(lambda unit: furnish(unit, *questions))
    street.clock.forward(minutes=-20)  # 08:40, before the push
    await street.start(open_join=True)
    page = await open_page(f"{street.server.url}/#person={STRANGER}")

    await page.get_by_role("button", name="开始", exact=True).click()
    await press(page, "法规处")
    await expect(last_bubble(page)).to_contain_text(re.compile("姓名|名字"))
    await say(page, "路人甲")
    await press(page, "是")
    await expect(last_bubble(page)).to_contain_text("/today")

    street.clock.forward(minutes=10)
    await street.tick()
    await expect(last_bubble(page)).to_contain_text("每日学法")
    await press(page, "开始")
    await expect(last_bubble(page)).to_contain_text("第1/2题")
    await press(page, "B")
    await expect(last_bubble(page)).to_contain_text("回答正确")
    await press(page, "下一题 ▶")
    await expect(last_bubble(page)).to_contain_text("第2/2题")
    await press(page, "A")
    await expect(last_bubble(page)).to_contain_text("回答错误")
    await last_bubble(page).get_by_role("button", name="展开").click()
    await expect(last_bubble(page)).to_contain_text(re.compile("第8类案件.*全年办理案件"))
    await press(page, "查看小结")
    await expect(last_bubble(page)).to_contain_text("答对 1/2 题，得 10 分")
    await press(page, "排行榜")
    await expect(last_bubble(page)).to_contain_text("样本不足")

    total = await street.database.read(
        lambda unit: unit.totals.find(unit.people.find_by_chat(STRANGER).id, "all")
    )
    assert (total.points, total.offered) == (10, 20)


async def test_an_admin_invites_and_the_link_lets_a_newcomer_in(
    street: Street, open_page: PageFactory
) -> None:
    await street.database.run(furnish)
    await street.start()
    admin = await open_page(f"{street.server.url}/#person={XIAOCHENG}")
    await admin.get_by_role("button", name="开始", exact=True).click()
    await expect(last_bubble(admin)).to_contain_text("小程")
    await say(admin, "/invite")
    await press(admin, "法规处")
    await (
        admin.locator(".chat:not([inert])")
        .get_by_role("button", name=re.compile("单次邀请"))
        .last.click()
    )
    await expect(last_bubble(admin)).to_contain_text("start=")
    code = re.search(r"start=([A-Za-z0-9_-]+)", await last_bubble(admin).inner_text())
    assert code is not None

    page = await open_page(f"{street.server.url}/#person={STRANGER}")
    await say(page, f"/start {code[1]}")
    await expect(last_bubble(page)).to_contain_text(re.compile("姓名|名字"))
    await say(page, "路人甲")
    await press(page, "是")
    await expect(last_bubble(page)).to_contain_text("/today")
