"""What the box answers on the line of HDMI-CEC, and what it makes of what it hears."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tvclient.key_sources.cec_message import BROADCAST, CecMessage
from tvclient.key_sources.cec_port import CecState
from tvclient.key_sources.command_names import COMMANDS, command_code
from tvclient.key_sources.device import Heard
from tvclient.remote.key_signal import Standby
from tvclient.remote.timed_hold import TimedHold

# HDMI 1.4, CEC 13.13.3: a key that is held is told of at least every 500 ms; a follower that hears nothing
# for 550 ms takes it for released.
SILENCE_MS = 550

# linux/cec.h, CEC_MSG_…
FEATURE_ABORT = 0x00
GIVE_DECK_STATUS, DECK_STATUS = 0x1A, 0x1B
STANDBY = 0x36
PLAY, DECK_CONTROL = 0x41, 0x42
KEY_PRESSED, KEY_RELEASED = 0x44, 0x45
ROUTING_CHANGE, ACTIVE_SOURCE, REQUEST_ACTIVE_SOURCE, SET_STREAM_PATH = 0x80, 0x82, 0x85, 0x86
MENU_REQUEST, MENU_STATUS = 0x8D, 0x8E
GIVE_POWER_STATUS, REPORT_POWER_STATUS = 0x8F, 0x90

POWER_ON, MENU_ACTIVATED, DECK_STOPPED, UNRECOGNIZED = b"\x00", b"\x00", b"\x1a", 0
# What tells and asks nothing: set OSD name, vendor's id, version, physical address and the like.
ONLY_TOLD = frozenset(
    (FEATURE_ABORT, DECK_STATUS, 0x47, 0x7A, 0x7E, 0x84, 0x87, MENU_STATUS, 0x90, 0x9E, 0xA6)
)
ANSWERS = {
    GIVE_POWER_STATUS: (REPORT_POWER_STATUS, POWER_ON),
    MENU_REQUEST: (MENU_STATUS, MENU_ACTIVATED),
    GIVE_DECK_STATUS: (DECK_STATUS, DECK_STOPPED),
}
# Some sets send the keys of a recorder as its own messages: modes of <Play> and <Deck Control>.
DECK_KEYS = {
    (PLAY, 0x24): "PLAY",
    (PLAY, 0x25): "PAUSE",
    (DECK_CONTROL, 1): "SKIP_FORWARD",
    (DECK_CONTROL, 2): "SKIP_BACKWARD",
    (DECK_CONTROL, 3): "STOP",
}


@dataclass(frozen=True, slots=True)
class Answer:
    heard: list[Heard] = field(default_factory=list)
    replies: list[CecMessage] = field(default_factory=list)


class CecFollower:
    """Pure: messages in, keys and replies out. `state` says where the box is on the line.

    The kernel itself answers for version, vendor, name and physical address. Once the box is the active
    source it says so when asked, until another one is or the set goes off.
    """

    def __init__(self, source: str, state: Callable[[], CecState]) -> None:
        self._source = source
        self._state = state
        self._is_active = False
        self._hold = TimedHold(source, SILENCE_MS)

    @property
    def due_ms(self) -> int | None:
        return self._hold.due_ms

    def take(self, message: CecMessage, now_ms: int) -> Answer:
        """One message that was sent to the box, or to all."""
        opcode, operands = message.opcode, message.operands
        if opcode is None:
            return Answer()
        if opcode == KEY_PRESSED and operands:
            return Answer(list(self._hold.told(command_code(operands[0]), now_ms)))
        if opcode == KEY_RELEASED:
            return Answer(list(self._hold.end()))
        if opcode in (PLAY, DECK_CONTROL) and operands:
            return Answer(self._tap(DECK_KEYS.get((opcode, operands[0])), now_ms))
        if opcode == STANDBY:
            self._is_active = False
            return Answer([*self._hold.end(), Standby(self._source)])
        if opcode in (ROUTING_CHANGE, ACTIVE_SOURCE, REQUEST_ACTIVE_SOURCE, SET_STREAM_PATH):
            return Answer(replies=self._route(opcode, operands))
        if message.is_broadcast or message.initiator == BROADCAST or opcode in ONLY_TOLD:
            return Answer()
        if opcode in ANSWERS:
            return Answer(replies=[message.reply(*ANSWERS[opcode])])
        return Answer(replies=[message.reply(FEATURE_ABORT, bytes([opcode, UNRECOGNIZED]))])

    def announce(self) -> list[CecMessage]:
        """Tells all that the box is what is to be seen; nothing as long as it has no place on the line."""
        state = self._state()
        if state.physical is None or state.logical is None:
            return []
        self._is_active = True
        return [CecMessage(state.logical, BROADCAST, ACTIVE_SOURCE, state.physical.to_bytes(2, "big"))]

    def handle_due(self, now_ms: int) -> list[Heard]:
        return list(self._hold.handle_due(now_ms))

    def end(self) -> list[Heard]:
        return list(self._hold.end())

    def _tap(self, name: str | None, now_ms: int) -> list[Heard]:
        if name is None:
            return []
        return [*self._hold.told(command_code(COMMANDS[name]), now_ms), *self._hold.end()]

    def _route(self, opcode: int, operands: bytes) -> list[CecMessage]:
        if opcode == REQUEST_ACTIVE_SOURCE:
            return self.announce() if self._is_active else []
        # The last address is where the set looks now; ours or another's.
        chosen = int.from_bytes(operands[-2:], "big") if len(operands) >= 2 else None
        is_ours = chosen is not None and chosen == self._state().physical
        if opcode == ACTIVE_SOURCE or not is_ours:
            self._is_active = self._is_active and is_ours
            return []
        return self.announce()
