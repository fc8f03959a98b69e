"""The station record as it runs: real X keys, an agent on a real socket, eyes on the pixels."""

import time
from pathlib import Path

from study.local_api import RecordReply
from tests.fakes.fake_record import month_record
from tests.tvclient.screens.player_agent import PlayerAgent
from tests.tvclient.screens.running_television import RunningTelevision, running_television, wait_for

FOCUS, INK1 = (0xFF, 0xF8, 0xE8), (0x19, 0x1F, 0x26)
FIRST_LINE, LAST_LINE = (1480, 606 + 30), (1480, 606 + 4 * 84 + 30)
BUTTON = (1060, 930)
SESSIONS = 7
BETWEEN_PRESSES_S = 0.08


def _record(sessions: int) -> RecordReply:
    return month_record(f"课程{n}" for n in range(sessions))


def _record_asked(agent: PlayerAgent) -> int:
    return sum(one.path.startswith("/v1/record") for one in agent.server.asked)


def _press_until(television: RunningTelevision, key: str, focus_id: str) -> None:
    """One press after the other; a late frame may make two moves of one press."""
    for _press in range(2 * SESSIONS):
        before = television.focused()
        television.press(key)
        wait_for(lambda seen=before: television.focused() != seen)
        if television.focused() == focus_id:
            return
        # Nobody presses faster; SDL takes a release and a press in one frame for its own repeat.
        time.sleep(BETWEEN_PRESSES_S)


def test_every_session_can_be_reached_and_back_leads_home(display_name: str, tmp_path: Path) -> None:
    opened = ("station_record", "")
    with (
        PlayerAgent({}, record=_record(SESSIONS)) as agent,
        running_television(display_name, agent, tmp_path, opened) as television,
    ):
        wait_for(lambda: television.pixel(*FIRST_LINE) == FOCUS)
        assert television.pixel(*LAST_LINE) == INK1
        _press_until(television, "Down", f"session:s{SESSIONS - 1}")
        wait_for(lambda: television.pixel(*LAST_LINE) == FOCUS)
        _press_until(television, "Up", "session:s0")
        wait_for(lambda: television.pixel(*FIRST_LINE) == FOCUS)
        television.press("Escape")
        wait_for(lambda: television.screens()[-1] == "home")


def test_an_empty_month_has_no_row_but_a_way_to_the_courses(display_name: str, tmp_path: Path) -> None:
    opened = ("station_record", "")
    with (
        PlayerAgent({}, record=_record(0)) as agent,
        running_television(display_name, agent, tmp_path, opened) as television,
    ):
        wait_for(lambda: television.pixel(300, 200) == INK1)
        wait_for(lambda: _record_asked(agent) > 0)
        wait_for(lambda: television.pixel(*BUTTON) == FOCUS)
        television.press("Down")
        assert FOCUS not in (television.pixel(*FIRST_LINE), television.pixel(*LAST_LINE))
        television.press("Return")
        wait_for(lambda: television.screens()[-1] == "category")


def test_a_record_that_can_not_be_had_is_asked_for_again_until_it_is_there(
    display_name: str, tmp_path: Path
) -> None:
    opened = ("station_record", "")
    with (
        PlayerAgent({}) as agent,
        running_television(display_name, agent, tmp_path, opened) as television,
    ):
        wait_for(lambda: _record_asked(agent) > 0)
        wait_for(lambda: television.pixel(*BUTTON) == FOCUS)
        before = _record_asked(agent)
        television.press("Return")
        wait_for(lambda: _record_asked(agent) > before, within_s=1)
        agent.record = _record(SESSIONS)
        wait_for(lambda: television.pixel(*FIRST_LINE) == FOCUS)
        assert television.pixel(*BUTTON) != FOCUS
