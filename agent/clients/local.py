"""A running agent, as the command line asks it."""

from typing import Any

import requests

from agent.errors import ApiError
from agent.settings import HOST, Settings
from study.local_api import ENROLMENT

_TIMEOUTS_S = (3.0, 60.0)


def enrol_through_running_agent(settings: Settings, token: str, account: str, code: str) -> dict[str, Any]:
    """Its status afterwards. Raises ApiError with the agent's own words."""
    url = f"http://{HOST}:{settings.port}{ENROLMENT}"
    session = requests.Session()
    session.trust_env = False  # a proxy of the surroundings has no business on loopback
    try:
        response = session.post(
            url,
            json={"account": account, "code": code},
            headers={"Authorization": f"Bearer {token}"},
            timeout=_TIMEOUTS_S,
        )
        body = response.json()
    except (requests.RequestException, ValueError) as error:
        raise ApiError(
            503, "no_agent", f"本机服务没有在端口 {settings.port} 上应答；请用 --port 指定它的端口"
        ) from error
    finally:
        session.close()
    if not isinstance(body, dict) or not response.ok:
        said = body if isinstance(body, dict) else {}
        raise ApiError(
            response.status_code, str(said.get("code", "fault")), str(said.get("words", "开通没有成功"))
        )
    return body
