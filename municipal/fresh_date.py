"""The moment of each answer, as boxes without a clock of their own read it."""

from email.utils import format_datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from municipal.clock import Clock, system_clock


class FreshDate:
    """An application whose answers carry the Date at which each begins.

    The server's own is written once a second by a timer, which on a busy machine comes late; a box takes it
    for the time to within a second.
    """

    def __init__(self, app: ASGIApp, clock: Clock = system_clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(self._clock(), usegmt=True).encode("ascii")
                message["headers"] = [*message.get("headers", ()), (b"date", date)]
            await send(message)

        await self._app(scope, receive, dated)
