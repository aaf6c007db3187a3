"""How updates reach the bot: long polling or a webhook, never both."""

from typing import Any

from bot.demo.errors import bad_request, conflict
from bot.demo.network import Network
from bot.demo.parameters import Parameters
from bot.demo.people import Json
from bot.demo.updates import MAX_BATCH


async def get_updates(network: Network, parameters: Parameters) -> list[Json]:
    """getUpdates: real long polling; `offset` confirms everything below it."""
    if network.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    kinds = parameters.structure("allowed_updates")
    if kinds is not None:
        if not isinstance(kinds, list):
            raise bad_request("can't parse allowed_updates: expected an Array")
        network.updates.allow(kinds)
    limit = min(MAX_BATCH, max(1, parameters.integer("limit", MAX_BATCH)))
    return await network.updates.poll(
        parameters.integer("offset"), limit, parameters.integer("timeout")
    )


async def set_webhook(network: Network, parameters: Parameters) -> bool:
    """setWebhook."""
    await network.webhook.set(parameters)
    return True


async def delete_webhook(network: Network, parameters: Parameters) -> bool:
    """deleteWebhook."""
    await network.webhook.clear(drop_pending=parameters.flag("drop_pending_updates"))
    return True


def get_webhook_info(network: Network, _parameters: Parameters) -> Json:
    """getWebhookInfo."""
    return network.webhook.info()


METHODS: dict[str, Any] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
