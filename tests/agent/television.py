"""A television as the agent hears it: plays whose intervals grow, told again until acknowledged."""

from typing import Any

from tests.fakes.fake_clock import BOOT


class Play:
    """One opening of the player, watched without seeking at normal speed."""

    def __init__(self, play_id: str, item_id: str, opened_ms: int, kind: str = "vod") -> None:
        self.play_id = play_id
        self.item_id = item_id
        self.opened_ms = opened_ms
        self.kind = kind
        self.now_ms = opened_ms
        self.media_ms = 0
        self.left_ms: int | None = None
        self.intervals: list[dict[str, Any]] = []

    def watch(self, ms: int) -> None:
        """A new stretch is watched."""
        n = len(self.intervals)
        start = {"n": n, "start_ms": self.now_ms, "end_ms": self.now_ms, "rate": 1.0}
        self.intervals.append({**start, "media_start_ms": self.media_ms, "media_end_ms": self.media_ms})
        self.go_on(ms)

    def go_on(self, ms: int) -> None:
        """The last stretch grows."""
        self.now_ms += ms
        self.media_ms += ms
        self.intervals[-1] |= {"end_ms": self.now_ms, "media_end_ms": self.media_ms}

    def pause(self, ms: int) -> None:
        self.now_ms += ms

    def leave(self) -> None:
        self.left_ms = self.now_ms

    def told(self) -> dict[str, Any]:
        """As it stands in a report now."""
        return {
            "play_id": self.play_id,
            "item_id": self.item_id,
            "kind": self.kind,
            "opened_ms": self.opened_ms,
            "left_ms": self.left_ms,
            "position_ms": self.media_ms,
            "length_ms": None,
            "intervals": [dict(interval) for interval in self.intervals],
        }


def report(
    seq: int, *plays: Play, run_id: str = "run-1", terminal: str = "tv-1", boot: str = BOOT
) -> dict[str, Any]:
    """A report of these plays as they stand."""
    return {
        "run_id": run_id,
        "terminal": terminal,
        "report_seq": seq,
        "boot_id": boot,
        "at_ms": max((play.now_ms for play in plays), default=0),
        "plays": [play.told() for play in plays],
    }
