"""The names by which keymaps call the keys that come over HDMI-CEC."""

import re
from collections.abc import Mapping

CEC = "cec"
NUMBERED = re.compile(r"0x[0-9a-f]{2}")

# CEC_OP_UI_CMD_… of linux/cec.h.
COMMANDS: Mapping[str, int] = {
    "SELECT": 0x00,
    "UP": 0x01,
    "DOWN": 0x02,
    "LEFT": 0x03,
    "RIGHT": 0x04,
    "RIGHT_UP": 0x05,
    "RIGHT_DOWN": 0x06,
    "LEFT_UP": 0x07,
    "LEFT_DOWN": 0x08,
    "DEVICE_ROOT_MENU": 0x09,
    "DEVICE_SETUP_MENU": 0x0A,
    "CONTENTS_MENU": 0x0B,
    "FAVORITE_MENU": 0x0C,
    "BACK": 0x0D,
    "MEDIA_TOP_MENU": 0x10,
    "MEDIA_CONTEXT_SENSITIVE_MENU": 0x11,
    "NUMBER_ENTRY_MODE": 0x1D,
    "NUMBER_11": 0x1E,
    "NUMBER_12": 0x1F,
    "NUMBER_0_OR_NUMBER_10": 0x20,
    "NUMBER_1": 0x21,
    "NUMBER_2": 0x22,
    "NUMBER_3": 0x23,
    "NUMBER_4": 0x24,
    "NUMBER_5": 0x25,
    "NUMBER_6": 0x26,
    "NUMBER_7": 0x27,
    "NUMBER_8": 0x28,
    "NUMBER_9": 0x29,
    "DOT": 0x2A,
    "ENTER": 0x2B,
    "CLEAR": 0x2C,
    "NEXT_FAVORITE": 0x2F,
    "CHANNEL_UP": 0x30,
    "CHANNEL_DOWN": 0x31,
    "PREVIOUS_CHANNEL": 0x32,
    "SOUND_SELECT": 0x33,
    "INPUT_SELECT": 0x34,
    "DISPLAY_INFORMATION": 0x35,
    "HELP": 0x36,
    "PAGE_UP": 0x37,
    "PAGE_DOWN": 0x38,
    "POWER": 0x40,
    "VOLUME_UP": 0x41,
    "VOLUME_DOWN": 0x42,
    "MUTE": 0x43,
    "PLAY": 0x44,
    "STOP": 0x45,
    "PAUSE": 0x46,
    "RECORD": 0x47,
    "REWIND": 0x48,
    "FAST_FORWARD": 0x49,
    "EJECT": 0x4A,
    "SKIP_FORWARD": 0x4B,
    "SKIP_BACKWARD": 0x4C,
    "STOP_RECORD": 0x4D,
    "PAUSE_RECORD": 0x4E,
    "ANGLE": 0x50,
    "SUB_PICTURE": 0x51,
    "VIDEO_ON_DEMAND": 0x52,
    "ELECTRONIC_PROGRAM_GUIDE": 0x53,
    "TIMER_PROGRAMMING": 0x54,
    "INITIAL_CONFIGURATION": 0x55,
    "SELECT_BROADCAST_TYPE": 0x56,
    "SELECT_SOUND_PRESENTATION": 0x57,
    "AUDIO_DESCRIPTION": 0x58,
    "INTERNET": 0x59,
    "3D_MODE": 0x5A,
    "PLAY_FUNCTION": 0x60,
    "PAUSE_PLAY_FUNCTION": 0x61,
    "RECORD_FUNCTION": 0x62,
    "PAUSE_RECORD_FUNCTION": 0x63,
    "STOP_FUNCTION": 0x64,
    "MUTE_FUNCTION": 0x65,
    "RESTORE_VOLUME_FUNCTION": 0x66,
    "TUNE_FUNCTION": 0x67,
    "SELECT_MEDIA_FUNCTION": 0x68,
    "SELECT_AV_INPUT_FUNCTION": 0x69,
    "SELECT_AUDIO_INPUT_FUNCTION": 0x6A,
    "POWER_TOGGLE_FUNCTION": 0x6B,
    "POWER_OFF_FUNCTION": 0x6C,
    "POWER_ON_FUNCTION": 0x6D,
    "F1_BLUE": 0x71,
    "F2_RED": 0x72,
    "F3_GREEN": 0x73,
    "F4_YELLOW": 0x74,
    "F5": 0x75,
    "DATA": 0x76,
}
NAMES: Mapping[int, str] = {number: name for name, number in COMMANDS.items()}


def command_code(number: int) -> str:
    """The source code of a UI command: "cec:SELECT", or by its number if it has no name."""
    return f"{CEC}:{NAMES.get(number) or f'{number:#04x}'}"


def told_command(name: str) -> str | None:
    """The name under which the key with this name or number arrives; None if there is none."""
    if NUMBERED.fullmatch(name):
        return command_code(int(name, 16)).partition(":")[2]
    return name if name in COMMANDS else None
