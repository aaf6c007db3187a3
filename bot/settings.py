"""Settings from the environment or `.env`, prefix XUEFA_; built once in `bot.cli`."""

from __future__ import annotations

import re
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PLACE = re.compile(r"https?://[\w.-]+(?::(?P<port>\d{1,5}))?(?:/[\w./~-]*)?")
_KEY = re.compile(r"[!-~]*")
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
# Messages a second: core.telegram.org/bots/faq#broadcasting-to-users
FREE_RATE, PAID_RATE = 30.0, 1000.0
TELEGRAM = "https://api.telegram.org"


class Settings(BaseSettings):
    """How this bot runs; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_prefix="XUEFA_", env_file=".env", extra="ignore", env_ignore_empty=True
    )

    token: SecretStr = SecretStr("")
    database_url: str = "sqlite:///xuefa.db"
    api_url: str = TELEGRAM
    admins: Annotated[tuple[int, ...], NoDecode] = ()
    timezone: str = "Asia/Shanghai"
    open_join: bool = False
    two_person_approval: bool = False
    send_rate: float = Field(default=FREE_RATE, gt=0, le=10_000)
    paid_broadcast: bool = False
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str | None = None
    ping_url: str | None = None
    writer_url: str | None = None
    writer_model: str | None = None
    writer_key: SecretStr | None = None
    writer_timeout: float = Field(default=60.0, gt=0, le=600)

    @field_validator("admins", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part for part in re.split(r"[,，;；\s]+", value) if part)
        return value

    @field_validator("timezone")
    @classmethod
    def _know_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("不是有效的时区名，例如 Asia/Shanghai") from error
        return value

    @field_validator("token")
    @classmethod
    def _look_like_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("格式不对，应为“数字:字母数字”，请从 BotFather 处复制")
        return value

    @field_validator("api_url", "webhook_url", "writer_url", "ping_url")
    @classmethod
    def _look_like_url(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^\s/]+", value):
            raise ValueError("应为以 http:// 或 https:// 开头的地址")
        return value.rstrip("/") if value is not None else None

    @field_validator("writer_url")
    @classmethod
    def _keep_secrets_out(cls, value: str | None) -> str | None:
        place = _PLACE.fullmatch(value) if value is not None else None
        if value is not None and (place is None or int(place["port"] or 0) > 65535):
            raise ValueError("应为 http(s)://主机:端口/路径，密钥请写在 XUEFA_WRITER_KEY")
        return value

    @field_validator("writer_key")
    @classmethod
    def _look_like_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _KEY.fullmatch(value.get_secret_value()):
            raise ValueError("只能是没有空格的字母、数字和半角符号，请重新复制")
        return value

    @field_validator("listen")
    @classmethod
    def _look_like_listen(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[^\s:]+:[0-9]{1,5}", value):
            raise ValueError("应为 主机:端口，例如 127.0.0.1:8080")
        return value

    @model_validator(mode="after")
    def _guard_rate(self) -> Settings:
        """Telegram's own limits; another server may have others, or none."""
        if self.api_url != TELEGRAM:
            return self
        if self.send_rate > PAID_RATE:
            raise ValueError("SEND_RATE: Telegram 每秒最多推送 1000 条")
        if self.send_rate > FREE_RATE and not self.paid_broadcast:
            raise ValueError(
                "SEND_RATE: Telegram 每秒免费推送 30 条，"
                "更快须设置 XUEFA_PAID_BROADCAST=true（每条 0.1 星）"
            )
        return self

    @model_validator(mode="after")
    def _guard_webhook(self) -> Settings:
        if self.webhook_url is None:
            return self
        secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        if not _SECRET.fullmatch(secret):
            raise ValueError(
                "WEBHOOK_SECRET: 使用 XUEFA_WEBHOOK_URL 时必须设置，1 至 256 位字母、数字、_ 或 -"
            )
        if self.listen is None:
            raise ValueError("LISTEN: 使用 XUEFA_WEBHOOK_URL 时必须设置，例如 127.0.0.1:8080")
        return self


def load(**overrides: object) -> Settings:
    """The settings; raises SettingsError with one line that names the first bad variable."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        fault = error.errors()[0]
        message = str(fault["msg"]).removeprefix("Value error, ")
        if fault["loc"]:
            message = f"{str(fault['loc'][0]).upper()}: {message}"
        raise SettingsError(f"设置有误：XUEFA_{message}") from error
