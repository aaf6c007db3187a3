"""The writer of the settings."""

from __future__ import annotations

from bot.errors import SettingsError
from bot.settings import Settings
from bot.writer.client import ChatWriter


def open_writer(settings: Settings) -> ChatWriter:
    """The writer that XUEFA_WRITER_* describe; SettingsError names the one that is missing."""
    if settings.writer_url is None:
        raise SettingsError(
            "设置有误：缺少 XUEFA_WRITER_URL，例如 http://127.0.0.1:8000/v1；"
            "不用模型请去掉 --writer。"
        )
    if not settings.writer_model:
        raise SettingsError("设置有误：缺少 XUEFA_WRITER_MODEL，应为服务器上的模型名。")
    key = settings.writer_key.get_secret_value() if settings.writer_key else ""
    return ChatWriter(
        settings.writer_url, settings.writer_model, key=key, seconds=settings.writer_timeout
    )
