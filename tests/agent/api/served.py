"""An agent on a socket whose turns are run by the test."""

import threading
from typing import Any

import requests

from agent.api.parts import Parts
from agent.api.relay import Relay
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.loops.mirror import Mirror
from agent.loops.sync import Sync
from agent.records.delta import delta_of
from agent.settings import Settings
from agent.stores.articles.kept import KeptArticles
from agent.stores.courses.catalogue import apply_delta
from agent.stores.courses.covers import Covers
from agent.stores.courses.shelf import Shelf
from agent.stores.disk.database import Database
from agent.stores.guide.guides import Guides
from agent.stores.roster.roster import Roster
from tests.fakes.fake_city import FakeCity
from tests.fakes.fake_clock import FakeClock

TOKEN = "of-this-test"  # noqa: S105  a test's own
PASS = "pass-of-this-test"  # noqa: S105  a test's own


class Agent:
    """An agent without loops: turns are run by the test."""

    def __init__(self, database: Database, settings: Settings, clock: FakeClock) -> None:
        self.kicks = threading.Event()
        self.clients: list[MunicipalClient] = []
        self.database = database
        self.url = f"http://127.0.0.1:{settings.port}"
        covers = Covers(settings.covers_folder)
        keys = BoxKeys(settings.key_file)

        def new_client() -> MunicipalClient:
            client = MunicipalClient(settings.municipal_url, clock, connect_s=1, read_s=1)
            self.clients.append(client)
            return client

        def highest(_: float, ceiling: float) -> float:
            return ceiling

        self.sync = Sync(database, new_client(), clock, keys, settings, highest, lambda: None)
        self.mirror = Mirror(
            database,
            new_client(),
            clock,
            covers,
            keys,
            settings,
            highest,
            self.sync.call_again_s,
            when_changed=lambda: None,
            when_back=lambda: None,
        )
        self.parts = Parts(
            settings=settings,
            clock=clock,
            database=database,
            covers=covers,
            shelf=Shelf(settings.shelf_folder, settings.shelf_limit_bytes),
            kept_articles=KeptArticles(settings.articles_folder, settings.articles_limit_bytes),
            guides=Guides(settings.guide_folder, settings.programme_guides),
            roster=Roster(database, settings.roster_key_file),
            keys=keys,
            sync=self.sync,
            relay=Relay(new_client, clock),
            new_client=new_client,
            token=TOKEN,
            media_pass=PASS,
            kick_groups=self.kicks.set,
            kick_sync=self.kicks.set,
            kick_mirror=lambda: None,
            kick_timekeeping=lambda: None,
            clock_warning=str,
        )

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.call("GET", path, **more)

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {TOKEN}", **more.pop("headers", {})}
        return requests.request(method, self.url + path, headers=headers, timeout=5, **more)


def mirror(agent: Agent, city: FakeCity) -> None:
    """The agent knows what the city offers by now."""
    rows = {"courses": city.courses, "channels": city.channels, "removed": []}
    with agent.database.writing() as tables:
        apply_delta(tables, delta_of({"revision": 2, "since": 1, "full": False, **rows}, 1))
