"""Command menus by scope and language."""

from typing import Any

from bot.demo.errors import bad_request
from bot.demo.menus import ScopeKey, check_commands, scope_key
from bot.demo.network import Network
from bot.demo.parameters import Parameters
from bot.demo.people import Json


def set_my_commands(network: Network, parameters: Parameters) -> bool:
    """setMyCommands."""
    commands = check_commands(parameters.structure("commands"))
    network.menus.put(*_place(network, parameters), commands)
    network.tell_commands()
    return True


def get_my_commands(network: Network, parameters: Parameters) -> list[Json]:
    """getMyCommands: of exactly the scope and language asked for."""
    return network.menus.get(*_place(network, parameters))


def delete_my_commands(network: Network, parameters: Parameters) -> bool:
    """deleteMyCommands."""
    network.menus.put(*_place(network, parameters), [])
    network.tell_commands()
    return True


def _place(network: Network, parameters: Parameters) -> tuple[ScopeKey, str]:
    scope = scope_key(parameters.structure("scope"))
    if scope[0] == "chat":
        chat = network.chats.get(scope[1]) or network.groups.get(scope[1])
        if chat is None or not chat.is_reachable:
            raise bad_request("chat not found")
    language = parameters.text("language_code")
    if language and not (len(language) == 2 and language.isascii() and language.islower()):
        raise bad_request("invalid language code specified")
    return scope, language


METHODS: dict[str, Any] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
