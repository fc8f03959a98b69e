"""The page's own socket in the room's network, and the thread that answers phones."""

import logging
import socket
from collections.abc import Sequence
from functools import partial

from starlette.routing import Route

from agent.errors import cause
from agent.page.app import make_page
from agent.page.connection import PhoneConnection
from agent.page.limits import Limits
from agent.page.parts import PageParts
from agent.page.turning_away import TurningAway
from agent.serving import Serving, listening_on
from agent.settings import Settings

log = logging.getLogger(__name__)

_EVERY_ADDRESS = "0.0.0.0"  # noqa: S104  phones in the room come by any of them
_PORTS = 10
"""The wished one, and those after it: what is open in a firewall lies close together."""
_PORT_MAX = 65_535
_KEPT_S = 5
_NICE = 10
"""The television goes first."""


def page_listening(settings: Settings) -> socket.socket | None:
    """Takes the wished port or, where that is in use, the first free one after it.

    None where the page is switched off, or none of them is to be had: without it people check in at the
    television, so that is no reason not to start.
    """
    wished = settings.page_port
    if not wished:
        return None
    for port in range(wished, min(wished + _PORTS, _PORT_MAX + 1)):
        try:
            listening = listening_on(_EVERY_ADDRESS, port)
        except OSError as error:
            log.warning("端口 %s 不能用（%s）", port, cause(error))
            continue
        if port != wished:
            log.warning("手机签到页这次用端口 %s", port)
        return listening
    log.warning("这次没有手机签到页；可在设置里改 page_port")
    return None


def page_serving(parts: PageParts, listening: socket.socket, operator: Sequence[Route] = ()) -> Serving:
    """Not started yet."""
    limits = Limits.of(share_address=parts.settings.phones_share_address)
    connection = partial(PhoneConnection, limits, TurningAway(listening), parts.clock)
    return Serving(
        make_page(parts, limits, operator),
        listening,
        name="page",
        connection=connection,
        kept_s=_KEPT_S,
        nice=_NICE,
    )
