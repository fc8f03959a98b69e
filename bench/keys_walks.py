"""The walks of the benchmark: which screen, how keys lead there from home, which keys are pressed on it."""

from dataclasses import dataclass

MENU, SETTINGS = "menu", "settings"
"""Kodi's main menu, and one of its lists of settings."""


@dataclass(frozen=True, slots=True)
class Leg:
    """Press `key` until the focus begins with `until`; once where that is None."""

    key: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """`keys` are pressed over and over, and each of them changes something; `held` is held for a while.

    `screen` is the name by which the television says where the way has led. A walk beside no list of
    Kodi's is walked for what it leaves in memory only.
    """

    name: str
    screen: str
    way: tuple[Leg, ...]
    keys: tuple[str, ...]
    held: str | None
    beside: str | None


TO_TABS = (Leg("Up", "tab:"), Leg("Left", "tab:home"))

HOME = Walk(
    "home",
    "home",
    (),
    ("Right",) * 7 + ("Left",) * 7 + ("Down",) * 6 + ("Up",) * 6,
    "Right",
    MENU,
)
LIST = Walk(
    "list",
    "category",
    (*TO_TABS, Leg("Right", "tab:category"), Leg("Return"), Leg("Return")),
    ("Down",) * 8 + ("Right", "Up", "Left"),
    "Down",
    SETTINGS,
)
GUIDE = Walk(
    "guide",
    "live",
    (*TO_TABS, Leg("Right", "tab:live"), Leg("Return")),
    ("Down",) * 6 + ("Right",) * 3 + ("Up",) * 6 + ("Left",) * 3,
    "Down",
    SETTINGS,
)
SEARCH = Walk(
    "search",
    "search",
    (*TO_TABS, Leg("Right", "tab:search"), Leg("Return"), Leg("Down", "key:delete")),
    ("3", "5", "2", "Return", "Return", "Return"),
    None,
    SETTINGS,
)
COURSE = Walk("course", "course", (Leg("Return"),), ("Down", "Up"), "Down", None)
RECORD = Walk(
    "record",
    "station_record",
    (*TO_TABS, Leg("Right", "tab:record"), Leg("Return")),
    ("Down", "Up"),
    "Down",
    None,
)

WALKS = (HOME, LIST, GUIDE, SEARCH, COURSE, RECORD)
TIMED = tuple(walk for walk in WALKS if walk.beside is not None)
