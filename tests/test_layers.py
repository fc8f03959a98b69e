"""The source keeps to the layers and the measures of the house, and the checks themselves can fail."""

from pathlib import Path

import pytest

from tests import layers
from tests.layers import Module, Rule, parse_module

ROOT = Path(__file__).resolve().parent.parent
SOURCE = layers.read_modules(ROOT)

LONG_FUNCTION = "def f():\n" + "    pass\n" * layers.FUNCTION_MAX_LINES
LONG_FILE = '"""One."""\n' * (layers.FILE_MAX_LINES + 1)


def sources(texts: dict[str, str]) -> dict[str, Module]:
    return {name: parse_module(name, text) for name, text in texts.items()}


def test_there_is_something_to_check() -> None:
    assert set(layers.PACKAGES) <= set(SOURCE)
    assert sum(not module.is_package for module in SOURCE.values()) > len(layers.PACKAGES)


@pytest.mark.parametrize("rule", layers.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert list(rule(SOURCE)) == []


def test_no_top_folder_hides_the_standard_library() -> None:
    folders = [path.name for path in ROOT.iterdir() if path.is_dir()]

    assert list(layers.standard_library_unhidden(folders)) == []


def test_a_folder_named_platform_is_caught() -> None:
    assert len(list(layers.standard_library_unhidden(["platform", "municipal"]))) == 1


@pytest.mark.parametrize(
    ("rule", "texts"),
    [
        (layers.programs_apart, {"agent.a": "import tvclient.words"}),
        (layers.programs_apart, {"tvclient.a": "from municipal import database"}),
        (layers.programs_apart, {"study.a": "import agent"}),
        (layers.ground_is_pure, {"study.a": "import os"}),
        (layers.ground_is_pure, {"study.a": "from time import monotonic"}),
        (layers.ground_is_pure, {"study.a": "import pydantic"}),
        (layers.ground_is_pure, {"study.a": "from datetime import datetime\ndatetime.now()"}),
        (layers.ground_is_pure, {"study.a": "open('file')"}),
        (layers.doors_kept, {"agent.a": "from kivy.app import App"}),
        (layers.doors_kept, {"tvclient.playback.player": "import vlc"}),
        (layers.doors_kept, {"agent.loops.delivery": "import requests"}),
        (layers.doors_kept, {"tvclient.agent_client_other": "import requests"}),
        (layers.doors_kept, {"agent.records.a": "import sqlite3"}),
        (layers.doors_kept, {"agent.api.a": "from sqlite_utils import Database"}),
        (layers.doors_kept, {"municipal.report": "import sqlalchemy"}),
        (layers.doors_kept, {"tvclient.widgets.a": "from Xlib import X"}),
        (layers.doors_kept, {"tvclient.widgets.a": "from PIL import Image"}),
        (layers.doors_kept, {"agent.records.a": "import markdown_it"}),
        (layers.rungs_kept, {"agent.records.a": "from agent.stores import outbox"}),
        (layers.rungs_kept, {"agent.stores.a": "import agent.loops.delivery"}),
        (
            layers.rungs_kept,
            {"agent.records.a": "import agent.parts", "agent.parts": "from agent.api import home"},
        ),
        (layers.rungs_kept, {"agent.loops.a": "from agent import api"}),
        (layers.rungs_kept, {"tvclient.widgets.a": "from tvclient.screens.home import Home"}),
        (layers.rungs_kept, {"tvclient.screens.a": "from tvclient.app import App"}),
        (layers.main_imported_by_none, {"agent.api.a": "from agent.__main__ import main"}),
        (layers.main_imported_by_none, {"agent.api.a": "from agent import __main__"}),
        (layers.absolute_imports, {"agent.a": "from . import b"}),
        (layers.imports_at_the_top, {"agent.a": "def f():\n    import json"}),
        (layers.imports_at_the_top, {"agent.a": "class A:\n    async def f(self):\n        from a import b"}),
        (layers.no_cycles, {"agent.a": "import agent.b", "agent.b": "from agent import a"}),
        (layers.no_cycles, {"s.a": "import s.b", "s.b": "import s.c", "s.c": "from s.a import x"}),
        (layers.one_sentence_docstrings, {"agent.a": "x = 1"}),
        (layers.one_sentence_docstrings, {"agent.a": '"""Does this. And that."""'}),
        (layers.one_sentence_docstrings, {"agent.a": '"""No stop"""'}),
        (layers.small_files, {"agent.a": LONG_FILE}),
        (layers.small_functions, {"agent.a": LONG_FUNCTION}),
        (layers.speaking_names, {"agent.stores.utils": ""}),
    ],
)
def test_a_violation_is_caught(rule: Rule, texts: dict[str, str]) -> None:
    assert list(rule(sources(texts)))


def test_a_filled_package_file_is_caught() -> None:
    package = parse_module("agent.api", "from agent.api.home import Home", is_package=True)

    assert list(layers.empty_packages({"agent.api": package}))


def test_a_cycle_is_named_once() -> None:
    modules = sources({"agent.a": "import agent.b", "agent.b": "import agent.c", "agent.c": "import agent.a"})

    assert list(layers.no_cycles(modules)) == ["import cycle: agent.a -> agent.b -> agent.c -> agent.a"]


@pytest.mark.parametrize("rule", layers.RULES, ids=lambda rule: rule.__name__)
def test_what_the_house_allows_passes(rule: Rule) -> None:
    allowed = sources(
        {
            "study.watch": '"""Watch intervals at 0.5x, e.g. slow ones."""\nfrom study.units import x',
            "study.units": '"""Units."""\nfrom datetime import datetime\nx = datetime.fromtimestamp(0)',
            "agent.records.batch": '"""A batch."""\nfrom study import watch',
            "agent.stores.outbox": '"""The outbox.\n\nWhy. How."""\nimport sqlite3, agent.records.batch',
            "agent.clients.city": '"""The city."""\nimport requests\nfrom agent.records.batch import Batch',
            "agent.loops.delivery": '"""Delivery."""\nimport agent.stores.outbox, agent.clients.city',
            "agent.__main__": '"""Starts."""\nfrom agent.loops import delivery\nimport agent.parts',
            "agent.parts": '"""The parts of the agent."""\nimport agent.loops.delivery',
            "municipal.database": '"""The database."""\nimport sqlalchemy.orm',
            "tvclient.playback.vlc_player": '"""Plays."""\nimport vlc\nfrom Xlib import X',
            "tvclient.agent_client.transport": '"""Asks."""\nimport requests',
            "tvclient.widgets.tile": '"""A tile."""\nfrom kivy.uix.widget import Widget',
            "tvclient.screens.home": '"""Home."""\nfrom tvclient.widgets.tile import Tile',
        }
    )

    assert list(rule(allowed)) == []
