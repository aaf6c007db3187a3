"""What the server refuses, worded as the Bot API words it.

DemoError
├── ApiError     answered to the bot: {"ok": false, "error_code": …, "description": …}
└── PageError    answered to the chat page or a test's phone: {"error": …}
"""

from bot.demo.people import Json


class DemoError(Exception):
    """Root of all refusals of this server."""


class ApiError(DemoError):
    """A Bot API error with its HTTP status and full description."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def to_json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class PageError(DemoError):
    """A refusal a person sees, with its HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def bad_request(reason: str) -> ApiError:
    """400 with the Bot API's prefix."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """403 with the Bot API's prefix."""
    return ApiError(403, f"Forbidden: {reason}")


def upgraded(chat_id: int) -> ApiError:
    """400 for a group that goes on as a supergroup under another id."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, migrate_to_chat_id=chat_id)


def conflict(reason: str) -> ApiError:
    """409 with the Bot API's prefix."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the seconds to wait, in words and in `parameters`."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
