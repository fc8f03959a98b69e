"""The account at the end: what was watched, what the box holds, what the platform holds."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.town import Box, City

LOST_MS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Told:
    """The last that a television wrote down of one play."""

    watched_ms: int
    recorded_ms: int
    handed: bool
    """Left, and its end was taken by the agent or kept on the television's disk."""


@dataclass(slots=True)
class Account:
    """`faults` are what lies beyond the bounds."""

    lost_ms: int = 0
    """The most that is missing of one play whose television was killed."""
    doubled: int = 0
    misdated: int = 0
    faults: list[str] = field(default_factory=list)


def told_by(truth: Path) -> dict[str, Told]:
    """What a television told, by play; a line that a kill cut off is left out."""
    lines = [json.loads(line) for line in truth.read_bytes().split(b"\n") if line.endswith(b"}")]
    handed = {said["handed"] for said in lines if "handed" in said}
    last = {said["play"]: said for said in lines if "play" in said}
    return {play: Told(said["watched"], said["recorded"], play in handed) for play, said in last.items()}


def held_by(box: Box) -> dict[str, int]:
    """Watched milliseconds by play, as the box has them."""
    return dict(
        box.query(
            "SELECT play_id, coalesce(sum(end_ms - start_ms), 0) FROM plays LEFT JOIN intervals"
            " USING (play_id) GROUP BY play_id"
        )
    )


def compare_plays(told: dict[str, Told], held: dict[str, int], account: Account) -> None:
    """A play whose end was handed over is held to the millisecond; of any other at most ten seconds miss."""
    if not any(truth.handed for truth in told.values()):
        account.faults.append("no play's end was handed over")
    for play, truth in told.items():
        held_ms = held.get(play, 0)
        if held_ms > truth.recorded_ms:
            account.doubled += 1
            account.faults.append(f"{play}: {held_ms} ms on the box, {truth.recorded_ms} recorded")
        if truth.handed and held_ms != truth.recorded_ms:
            account.faults.append(f"{play}: handed over with {truth.recorded_ms} ms, {held_ms} on the box")
        missing_ms = truth.watched_ms - held_ms
        account.lost_ms = max(account.lost_ms, missing_ms)
        if missing_ms > LOST_MS_MAX:
            account.faults.append(f"{play}: {missing_ms} ms of {truth.watched_ms} are lost")


def compare_records(box: Box, city: City, account: Account) -> None:
    """Each session of the box stands once at the platform, with the same figures and in the same month."""
    sessions = {
        (epoch, seq): tuple(figures)
        for epoch, seq, *figures in box.query(
            "SELECT e.epoch, s.seq, s.played_ms, s.effective_ms, s.opened_utc_ms FROM sessions s"
            " JOIN epochs e ON e.number = s.epoch_no WHERE s.seq IS NOT NULL"
        )
    }
    standing = {
        (epoch, seq): tuple(figures)
        for epoch, seq, *figures in city.query(
            "SELECT epoch, seq, played_ms, effective_ms, started_at_ms FROM records"
            " WHERE record_kind = 'study' AND stands"
        )
    }
    for name in sorted(sessions.keys() - standing.keys()):
        account.faults.append(f"record {name} does not stand at the platform")
    for name in sorted(standing.keys() - sessions.keys()):
        account.doubled += 1
        account.faults.append(f"record {name} stands at the platform, but is no session of the box")
    for name in sorted(sessions.keys() & standing.keys()):
        if sessions[name][:2] != standing[name][:2]:
            account.faults.append(f"record {name}: {sessions[name]} on the box, {standing[name]} there")
        if sessions[name][2] != standing[name][2]:
            account.misdated += 1
            account.faults.append(f"record {name}: started {sessions[name][2]} or {standing[name][2]}")
    compare_sums(box, city, account)


def compare_sums(box: Box, city: City, account: Account) -> None:
    """To the millisecond: intervals and sessions of the box, and what stands at the platform."""
    [[intervals_ms]] = box.query("SELECT coalesce(sum(end_ms - start_ms), 0) FROM intervals")
    [[sessions_ms]] = box.query("SELECT coalesce(sum(played_ms), 0) FROM sessions")
    [[platform_ms]] = city.query("SELECT coalesce(sum(played_ms), 0) FROM records WHERE stands")
    if not intervals_ms == sessions_ms == platform_ms:
        words = f"{intervals_ms} ms in intervals, {sessions_ms} in sessions, {platform_ms} at the platform"
        account.faults.append(words)
    [[waiting]] = box.query("SELECT count(*) FROM records WHERE state <> 'delivered'")
    [[aside]] = city.query("SELECT count(*) FROM quarantine")
    [[alarms]] = city.query("SELECT count(*) FROM alarms")
    for count, what in ((waiting, "undelivered"), (aside, "set aside"), (alarms, "alarms")):
        if count:
            account.faults.append(f"{count} {what}")
