"""The agent's relay on a port of its own, with whatever stands for the platform behind it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from agent.api.relay import Relay
from agent.clients.municipal import MunicipalClient
from agent.clock import BootClock
from agent.errors import AgentError


@contextmanager
def running_relay(platform_url: str) -> Iterator[str]:
    clock = BootClock()
    relay = Relay(lambda: MunicipalClient(platform_url, clock), clock)
    app = FastAPI()

    @app.get("/{path:path}")
    def answer(path: str, request: Request) -> Response:
        try:
            return relay.respond(f"/{path}", request.headers.get("range"))
        except AgentError as error:
            return JSONResponse({"words": error.words}, 503)

    door = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([door],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        door.close()
