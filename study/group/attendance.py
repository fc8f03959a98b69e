"""Attendance: from check-ins and check-outs, in whatever order they arrive, to who was there when."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from study.group.moment import BootStretch, Moment, common_ms


class Via(StrEnum):
    """How somebody checked in."""

    PHONE = "phone"
    CARD = "card"
    """The digits of the learning card, at the television."""
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Check:
    """Somebody came in or left."""

    at: Moment
    is_in: bool


class Stay(NamedTuple):
    """From a check-in to the check-out, or to the end of the group study."""

    entered: Moment
    left: Moment


def stays_of(checks: Iterable[Check], ended: Moment) -> tuple[Stay, ...]:
    """Somebody's stays, in order and disjoint.

    ```
    checks   in   in        out  out     in            ended
    stays    ├──────────────┤            ├─────────────┤
    ```
    A second check-in changes nothing, nor does a check-out of somebody who is not in. Who came and left
    in one moment was not there. A power cut checks nobody out: nothing is studied until it goes on.
    """
    stays: list[Stay] = []
    entered: Moment | None = None
    # Of one moment the check-out is taken last.
    for check in sorted(checks, key=lambda check: (check.at, not check.is_in)):
        at = min(check.at, ended)
        if check.is_in:
            entered = at if entered is None else entered
        elif entered is not None:
            stays.append(Stay(entered, at))
            entered = None
    if entered is not None:
        stays.append(Stay(entered, ended))
    return tuple(stay for stay in stays if stay.entered < stay.left)


def united(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """The same time as disjoint stays in order."""
    held: list[Stay] = []
    for stay in sorted(stays):
        if held and stay.entered <= held[-1].left:
            held[-1] = Stay(held[-1].entered, max(held[-1].left, stay.left))
        else:
            held.append(stay)
    return tuple(held)


def present_ms(stays: Iterable[Stay], effective: Iterable[BootStretch]) -> int:
    """Somebody's person-time, in ms: the part of the effective stretches that lies within their stays."""
    held = tuple(effective)
    return sum(common_ms(stretch, *stay) for stay in stays for stretch in held)
