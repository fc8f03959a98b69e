"""What only the running agent knows, asked by commands that look at the database themselves."""

from typing import Any

from agent.clients.local import LocalAgent
from agent.commands.call import Call
from agent.data_folder import token
from agent.errors import ApiError, StartError


def asked_of_agent(call: Call, path: str) -> dict[str, Any] | None:
    """The reply; None where none answers."""
    if not call.settings.token_file.exists():
        return None
    try:
        reply: dict[str, Any] = LocalAgent(call.settings, token(call.settings)).get(path)
    except (ApiError, StartError):
        return None
    return reply
