"""What one device says about one of its keys, before anybody knows what the key means."""

from dataclasses import dataclass
from enum import StrEnum


class Holding(StrEnum):
    """How a device tells that a key is still down."""

    GUESSED = "guessed"
    """It may repeat the press, and its release can get lost: the window."""
    SURE = "sure"
    """Its release always comes: the kernel's input devices."""
    TOLD = "told"
    """It goes on telling of a key that is held; one that it tells of once is not held: HDMI-CEC."""


class Phase(StrEnum):
    DOWN = "down"
    REPEAT = "repeat"
    """Still down; a sign of life, never a press."""
    UP = "up"


@dataclass(frozen=True, slots=True)
class KeySignal:
    """`source` tells devices apart ("window", "/dev/input/event3", "/dev/cec0"); `code` is the device's name
    for the key as keymaps write it ("keyboard:up", "evdev:KEY_OK", "cec:SELECT").

    A device that can't tell repeats from presses sends DOWN for both; they are told apart by what is down.
    """

    source: str
    code: str
    phase: Phase
    holding: Holding = Holding.GUESSED


@dataclass(frozen=True, slots=True)
class Standby:
    """The screen behind this device was switched off."""

    source: str
