"""Settings: what is taken, and how a bad one is named."""

from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.settings import load


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))


def test_admins_may_be_written_in_the_usual_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("1,2", "1，2", " 1 2 ", "1;2"):
        monkeypatch.setenv("XUEFA_ADMINS", said)
        assert load().admins == (1, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "not a token"),
        ("ADMINS", "小程"),
        ("API_URL", "telegram.org"),
        ("TIMEZONE", "北京"),
        ("OPEN_JOIN", "也许"),
        ("SEND_RATE", "0"),
        ("LISTEN", "8080"),
        ("WEBHOOK_URL", "example"),
    ],
)
def test_a_bad_setting_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"XUEFA_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert f"XUEFA_{name}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_webhook_needs_its_secret_and_a_place_to_listen() -> None:
    url = "https://bot.example.cn"
    with pytest.raises(SettingsError, match="XUEFA_WEBHOOK_SECRET"):
        load(webhook_url=url, listen="127.0.0.1:8080")
    with pytest.raises(SettingsError, match="XUEFA_WEBHOOK_SECRET"):
        load(webhook_url=url, webhook_secret="有 空格", listen="127.0.0.1:8080")
    with pytest.raises(SettingsError, match="XUEFA_LISTEN"):
        load(webhook_url=url, webhook_secret="s3cret")
    assert (
        load(webhook_url=url + "/", webhook_secret="s3cret", listen="127.0.0.1:1").webhook_url
        == url
    )


def test_the_token_does_not_show_in_a_print_of_the_settings() -> None:
    assert "abc" not in repr(load(token="1:abc"))


def test_telegram_takes_thirty_a_second_and_more_where_it_is_paid() -> None:
    with pytest.raises(SettingsError, match=r"XUEFA_SEND_RATE.*XUEFA_PAID_BROADCAST"):
        load(send_rate=31)
    assert load(send_rate=1000, paid_broadcast=True).send_rate == 1000
    with pytest.raises(SettingsError, match="XUEFA_SEND_RATE"):
        load(send_rate=1001, paid_broadcast=True)
    assert load(send_rate=31, api_url="http://127.0.0.1:1").send_rate == 31
