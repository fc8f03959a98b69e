"""Live with its guide on a real display, with real keys."""

from study.units import MINUTE_MS
from tests.fakes.fake_agent import FakeAgent
from tests.fakes.fake_guide import EVENING_MS, FakeGuide, guide_row, programme
from tests.tvclient.television_rig import PAPER, TelevisionRig

EVENING = [
    guide_row(1, "本市学习", (0, 45, "依靠人民"), (45, 100, "基层治理案例"), (100, 180, "六稳六保")),
    guide_row(2, "农业科技", (0, 80, "冬小麦越冬管理"), (80, 125, "大棚甜瓜答疑"), (125, 180, "养殖户夜校")),
    guide_row(3, "文化讲堂"),
    *(guide_row(n, f"频道{n}", (0, 180, f"节目{n}")) for n in range(4, 61)),
]
WHEAT, MELONS = (f"guide:{programme(2, (start, 0, ''))['item_id']}" for start in (0, 80))
FIRST = f"guide:{programme(1, (0, 0, ''))['item_id']}"
NOW_X, NOW_Y = 648, 700
BUTTON = (800, 720)
VERM = (0xE4, 0x50, 0x2E)


def opened(television: TelevisionRig, agent: FakeAgent, guide: FakeGuide) -> None:
    """From the tab on home, with the focus on what is on the first channel."""
    agent.guide = guide
    assert television.press("Up", *["Left"] * 6, "Right", "Right")["focus"] == "tab:live"
    television.press("Return")
    television.wait_for_screen("live")


def evening(television: TelevisionRig, agent: FakeAgent) -> None:
    opened(television, agent, FakeGuide(EVENING))
    television.wait(lambda: television.lines()[-1]["focus"] == FIRST, "the guide")


def test_the_guide_opens_on_what_is_on_and_shows_where_now_is(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    evening(television, agent)
    television.wait_for_pixel(NOW_X, NOW_Y, VERM)
    television.wait_for_pixel(740, 560, PAPER)


def test_arrows_walk_over_channels_and_hours(television: TelevisionRig, agent: FakeAgent) -> None:
    evening(television, agent)
    assert television.press("Down")["focus"] == WHEAT
    assert television.press("Right")["focus"] == MELONS
    assert television.press("Down")["focus"] == "guide:L3"
    assert television.press("Up", "Left")["focus"] == WHEAT


def test_ok_plays_what_is_on_and_back_returns_to_it(television: TelevisionRig, agent: FakeAgent) -> None:
    evening(television, agent)
    television.press("Down", "Return")
    television.wait(lambda: television.lines()[-1]["screen"] in ("player", "message"), "the player")
    television.press("Escape")
    television.wait_for_screen("live")
    television.wait(lambda: television.lines()[-1]["focus"] == WHEAT, "the programme that was left")


def test_ok_on_what_comes_later_sets_a_reminder_and_takes_it_back(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    evening(television, agent)
    television.press("Down", "Right", "Return")
    television.wait(lambda: agent.guide.reminded == [MELONS.removeprefix("guide:")], "the reminder")
    television.press("Return")
    television.wait(lambda: agent.guide.reminded == [], "the reminder to be taken back")


def test_digits_lead_to_a_channel_also_to_one_that_was_not_fetched(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    evening(television, agent)
    television.press("2", "Return")
    assert television.keys()[-1]["focus"] == WHEAT
    television.press("5", "8", "Return")
    television.wait(lambda: "L58@" in television.lines()[-1]["focus"], "channel 58")
    television.press("9", "9", "9", "Return")
    assert television.press("Up")["focus"].startswith("guide:L57@")
    television.press("3")
    television.wait(lambda: television.lines()[-1]["focus"] == "guide:L3", "what was dialled, after a while")


def test_back_forgets_digits_first(television: TelevisionRig, agent: FakeAgent) -> None:
    evening(television, agent)
    assert television.press("5", "Escape")["screen"] == "live"
    television.press("Escape")
    television.wait_for_screen("home")


def test_many_channels_roll_by_and_are_fetched_on_the_way(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    evening(television, agent)
    television.press(*["Down"] * 59)
    television.wait(lambda: "L60@" in television.lines()[-1]["focus"], "the last channel")
    assert agent.guide.asked < 10
    television.press("Prior")
    television.wait(lambda: "L55@" in television.lines()[-1]["focus"], "a page before")


def test_without_a_clock_channels_can_be_watched_all_the_same(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    opened(television, agent, FakeGuide(EVENING, now_ms=None))
    television.wait(lambda: television.lines()[-1]["focus"] == "guide:L1", "the first channel")
    television.press("Return")
    television.wait(lambda: television.lines()[-1]["screen"] in ("player", "message"), "the player")


def test_no_channels_and_no_agent_are_said_and_mend_by_themselves(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    opened(television, agent, FakeGuide([]))
    assert television.press("Down", "Right")["focus"] == "guide"
    television.wait_for_pixel(*BUTTON, PAPER)
    television.press("Return")
    television.wait_for_screen("category")
    television.press("Escape")
    agent.guide = FakeGuide(EVENING, now_ms=EVENING_MS + 10 * MINUTE_MS)
    television.press("Escape")
    television.wait_for_screen("home")
    agent.down = True
    television.press("Return")
    television.wait_for_screen("live")
    television.wait_for_pixel(*BUTTON, PAPER)
    agent.down = False
    television.wait(lambda: television.lines()[-1]["focus"] == FIRST, "the guide")
