"""The steps of the walk: what happens, which keys are pressed, and what is waited for before the picture."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.fake_agent import FakeAgent, status

PIN = tuple("135790")


@dataclass(frozen=True, slots=True)
class Step:
    """`happens` to the box first; `keys` are X key names, pressed one after the other; then the screen or
    the focus begins so.
    """

    name: str
    keys: tuple[str, ...] = ()
    screen: str = ""
    focus: str = ""
    rest_s: float = 0.5
    """For pictures that come from the background, and for a film to move."""
    happens: Callable[[FakeAgent], None] = lambda _agent: None


def to_tab(number: int) -> tuple[str, ...]:
    """From wherever on home, to the so-manieth tab, counted from 0."""
    return ("Home", "Up", *["Left"] * 7, *["Right"] * number)


def a_reminder_is_due(agent: FakeAgent) -> None:
    agent.guide.due.update(agent.guide.reminded)


def the_line_is_down(agent: FakeAgent) -> None:
    agent.status = status(online=False, waiting=3)


def the_agent_is_away(agent: FakeAgent) -> None:
    agent.down = True


def all_is_well_again(agent: FakeAgent) -> None:
    agent.status, agent.down = status(), False


HOME = (
    Step("home", focus="row:"),
    Step("home_second_row", ("Down", "Right")),
    Step("home_articles", ("Down", "Down")),
    Step("home_tabs", to_tab(0), focus="tab:home"),
    Step("leave_question", ("Escape",), focus="leave/stay"),
    Step("volume", ("Escape", "equal"), rest_s=0.3),
)
LISTS = (
    Step("category", (*to_tab(1), "Return"), "category", "listing:all"),
    Step("category_tiles", ("Right",), focus="course:"),
    Step("category_far_down", ("Down",) * 9),
    Step("category_dialling", ("3", "2", "1"), rest_s=0.2),
    Step("category_dialled", ("Return",)),
    Step("category_order", (*["Left"] * 4, "Up", "Up", "Down", "Right", "Up"), rest_s=0.5),
    Step("category_opened", ("Left",) * 4),
)
ARTICLES = (
    Step("articles", (*to_tab(3), "Return"), "category", "listing:articles"),
    Step("articles_rows", ("Right",), focus="article:1"),
    Step("articles_long_title", ("Down", "Down")),
    Step("article", ("Return",), "article", "page:1"),
    Step("article_second_page", ("Right",)),
    Step("article_large_letters", ("F1",), rest_s=1.0),
    Step("article_read_aloud", ("Up",), rest_s=1.0),
    Step("article_normal_letters", ("F1",), rest_s=1.0),
)
LIVE = (
    Step("live", (*to_tab(2), "Return"), "live", "guide:"),
    Step("live_later", ("Down", "Right")),
    Step("live_reminded", ("Return",)),
    Step("live_without_guide", ("Down",)),
    Step("live_dialling", ("1", "2"), rest_s=0.2),
    Step("live_dialled", ("Return",)),
)
SEARCH = (
    Step("search", (*to_tab(4), "Return"), "search", "key:"),
    Step("search_typed", ("3",), rest_s=0.8),
    Step("search_results", ("Right",) * 7, focus="result:"),
    Step("search_article", ("Down",), focus="result:article"),
    Step("search_digits", (*["Left"] * 8, *["Down"] * 8, "Right", "Right", "Return")),
)
RECORD = (
    Step("record", (*to_tab(5), "Return"), "station_record"),
    Step("record_sessions", ("Down",) * 3),
)
COURSE = (
    Step("course", ("Home", "Home", "Return"), "course"),
    Step("course_episodes", ("Down", "Down")),
    Step("player", ("Up", "Up", "Up", "Return"), "player", rest_s=3.0),
    Step("player_bar", ("Up",), rest_s=0.6),
    Step("player_reminder", rest_s=11.5, happens=a_reminder_is_due),
    Step("player_reminder_answers", ("Right",)),
    Step("player_seek", (*("Escape",), *("Right",) * 3), rest_s=0.2),
    Step("player_pause", ("space",), rest_s=1.0),
    Step("player_menu", ("F1",), rest_s=0.6),
    Step("course_again", ("Escape",) * 2, "course", rest_s=0.8),
)
GROUP = (
    Step("group_course", ("Home", "Home", "Return"), "course", rest_s=0.8),
    Step("group", ("Right", "Right", "Return"), "group_study", rest_s=0.8),
    Step("group_typing", ("1", "0", "7"), rest_s=0.4),
    Step("group_first", ("0", "0", "1"), focus="button:main"),
    Step("group_name", ("Up", "Up"), focus="person:"),
    Step("group_question", ("Right", "Escape"), focus="card:"),
    Step("group_summary", ("Down", "Return"), "group_summary"),
)
SETTINGS = (
    Step("pin", (*to_tab(6), "Return"), "pin"),
    Step("pin_again", PIN),
    Step("settings", PIN, "settings"),
    Step("settings_volume", ("Right", "Right", "Return", "Left")),
    Step("settings_last_line", ("Return", "Down", "Down"), focus="card:edge"),
    Step("settings_edge", ("Return", "Right", "Right")),
    Step("settings_keys", ("Left", "Left", "Return", "Left", "Left"), focus="card:keys"),
    Step("learn_keys", ("Return",), "learn_keys"),
    Step("large_home", ("Escape", "Up", "Return"), focus="tile/", rest_s=1.0),
    Step("large_home_button", ("Down", "Down"), focus="door:"),
    Step("large_course", ("1",), "course"),
    Step("large_settings", ("Escape", "F1", *PIN), "settings"),
    Step("large_off", ("Down", "Return"), "home", "row:"),
)
TROUBLE = (
    Step("offline", rest_s=3.0, happens=the_line_is_down),
    Step("agent_away", rest_s=3.0, happens=the_agent_is_away),
    Step("agent_away_lists", (*to_tab(1), "Return"), rest_s=6.0),
    Step("agent_away_guide", ("Home", *to_tab(2), "Return"), rest_s=6.0),
    Step("agent_away_course", ("Home", "Home", "Return"), rest_s=6.0),
    Step("well_again", ("Home",), "home", rest_s=3.0, happens=all_is_well_again),
)
WALK = (*HOME, *LISTS, *ARTICLES, *LIVE, *SEARCH, *RECORD, *COURSE, *GROUP, *SETTINGS, *TROUBLE)
