"""The running agent of this box, as the command line asks it."""

from typing import Any

import requests

from agent.errors import ApiError
from agent.settings import HOST, Settings

_CONNECT_S = 3.0
_READ_S = 60.0
LONG_READ_S = 3_600.0
"""For what takes long, such as a copy of a large database."""


class LocalAgent:
    """Calls to the local API."""

    def __init__(self, settings: Settings, token: str) -> None:
        self._settings = settings
        self._token = token

    def get(self, path: str) -> Any:
        """The reply. Raises ApiError with the agent's own words."""
        return self._call("GET", path, None, _READ_S)

    def post(self, path: str, body: dict[str, Any], *, read_s: float = _READ_S) -> Any:
        """The reply. Raises ApiError with the agent's own words."""
        return self._call("POST", path, body, read_s)

    def _call(self, method: str, path: str, body: dict[str, Any] | None, read_s: float) -> Any:
        session = requests.Session()
        session.trust_env = False  # a proxy of the surroundings has no business on loopback
        try:
            response = session.request(
                method,
                f"http://{HOST}:{self._settings.port}{path}",
                json=body,
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=(_CONNECT_S, read_s),
            )
            reply = response.json()
        except (requests.RequestException, ValueError) as error:
            raise ApiError(
                503,
                "no_agent",
                f"本机服务没有在端口 {self._settings.port} 上应答；请用 --port 指定它的端口，或重新启动服务",
            ) from error
        finally:
            session.close()
        if not response.ok:
            said = reply if isinstance(reply, dict) else {}
            raise ApiError(
                response.status_code, str(said.get("code", "fault")), str(said.get("words", "没有办成"))
            )
        return reply
