"""What an agent does with reports, without anything round it: intervals by (play, n) that only grow."""

from study.local_api import PlayReply, ReportReply, ReportRequest
from study.units import BootId, Milliseconds, MonotonicMs
from study.watch import WatchInterval, played_ms

EARLIER_MS = 1_000


class AgentLedger:
    """Every play is a session of its own, in which `earlier_ms` were played before."""

    def __init__(self, earlier_ms: int = EARLIER_MS) -> None:
        self.earlier_ms = earlier_ms
        self.intervals: dict[str, dict[int, WatchInterval]] = {}
        self.left: set[str] = set()

    def take(self, body: ReportRequest) -> ReportReply:
        for play in body["plays"]:
            held = self.intervals.setdefault(play["play_id"], {})
            for told in play["intervals"]:
                known = held.get(told["n"])
                if known is None or known.end_ms < told["end_ms"]:
                    held[told["n"]] = WatchInterval(
                        BootId(body["boot_id"]),
                        MonotonicMs(told["start_ms"]),
                        MonotonicMs(told["end_ms"]),
                        Milliseconds(told["media_start_ms"]),
                        Milliseconds(told["media_end_ms"]),
                        told["rate"],
                    )
            if play["left_ms"] is not None:
                self.left.add(play["play_id"])
        return {"accepted": body["report_seq"], "plays": [self._reply(p["play_id"]) for p in body["plays"]]}

    def played_ms(self, play_id: str) -> int:
        return played_ms(self.intervals[play_id].values())

    def _reply(self, play_id: str) -> PlayReply:
        played = self.played_ms(play_id) + self.earlier_ms
        return {
            "play_id": play_id,
            "session_id": "s-" + play_id,
            "played_ms": played,
            "covered_ms": played,
            "effective_ms": played,
            "counted": True,
            "why": "counted",
            "need_ms": 0,
        }
