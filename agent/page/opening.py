"""The page's own socket in the room's network, and the thread that answers phones."""

import logging
from collections.abc import Sequence
from functools import partial

from starlette.routing import Route

from agent.errors import cause
from agent.page.app import make_page
from agent.page.connection import PhoneConnection
from agent.page.limits import Limits
from agent.page.parts import PageParts
from agent.serving import Serving, listening_on

log = logging.getLogger(__name__)

_EVERY_ADDRESS = "0.0.0.0"  # noqa: S104  phones in the room come by any of them
_KEPT_S = 5
_NICE = 10
"""The television goes first."""


def open_page(parts: PageParts, operator: Sequence[Route] = ()) -> Serving | None:
    """Serves until it is stopped; None where it is switched off, or its port is not to be had.

    Without it people check in at the television, so that is no reason not to start.
    """
    port = parts.settings.page_port
    if not port:
        return None
    try:
        listening = listening_on(_EVERY_ADDRESS, port)
    except OSError as error:
        log.warning("端口 %s 不能用（%s），这次没有手机签到页；可在设置里改 page_port", port, cause(error))
        return None
    limits = Limits.of(share_address=parts.settings.phones_share_address)
    connection = partial(PhoneConnection, limits, parts.clock)
    serving = Serving(
        make_page(parts, limits, operator),
        listening,
        name="page",
        connection=connection,
        kept_s=_KEPT_S,
        nice=_NICE,
    )
    serving.start()
    return serving
