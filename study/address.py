"""The address of a live channel: a path on the platform, or a full address on the line or the Internet."""

import re
from enum import StrEnum
from ipaddress import ip_address

SCHEMES = ("udp", "rtp", "rtsp", "http", "https")
"""What a full address may begin with; anything else could name files, other machines' shares or programs."""
LENGTH_MAX = 1_000
_RECEIVED = ("udp", "rtp")
"""Received, not asked for: udp://@:1234 takes from anybody, udp://<source>@<group>:1234 from one sender."""
_FULL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CHARACTERS = re.compile(r"[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]+")
_PLAYLIST = re.compile(r"([a-z][a-z0-9+.-]*://[^/?#]*)?/[^?#]*\.m3u8([?#].*)?", re.IGNORECASE)
_FORM = re.compile(r"(?P<scheme>[^:]*)://(?P<authority>[^/?]*)([/?].*)?")
_PLACE = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?P<port>:[^:]*)?")
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_HOST_LENGTH_MAX = 253
_PORT_DIGITS, _PORT_MAX = 5, 65_535


class AddressFault(StrEnum):
    """Why an address is none."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    CHARACTERS = "characters that stand in no address"
    SCHEME = "a scheme other than udp, rtp, rtsp, http, https"
    CREDENTIALS = "a user name or password in it"
    HOST = "no host"
    UNRECEIVED = "no @ before the group or port that udp is received at"
    PORT = "no port, or one that does not exist"


def is_full(address: str) -> bool:
    """Whether it names a place outside the platform; a path on the platform begins with a slash."""
    return _FULL.match(address) is not None


def is_web(address: str) -> bool:
    """Whether it is a full address of http or https, with nothing wrong with it."""
    return address.lower().startswith(("http://", "https://")) and fault_of(address) is None


def is_playlist(address: str) -> bool:
    """Whether a full address, a path on the platform or a file is HLS, as far as its name tells."""
    return _PLAYLIST.fullmatch(address) is not None


def fault_of(address: str) -> AddressFault | None:
    """What is wrong with a full address; None if nothing is.

    A receiving address (udp, rtp) needs its port; another one needs its host.
    """
    if not address or len(address) > LENGTH_MAX:
        return AddressFault.TOO_LONG if address else AddressFault.EMPTY
    if not _CHARACTERS.fullmatch(address):
        return AddressFault.CHARACTERS
    found = _FORM.fullmatch(address)
    if found is None or found["scheme"].lower() not in SCHEMES:
        return AddressFault.SCHEME
    is_received = found["scheme"].lower() in _RECEIVED
    sender, at, place = found["authority"].rpartition("@")
    if at and not (is_received and (not sender or _is_number(sender))):
        return AddressFault.CREDENTIALS
    parts = _PLACE.fullmatch(place)
    # Only one that receives may leave its host open, and says so with its @.
    if parts is None or not (_is_host(parts["host"]) if parts["host"] else is_received and at):
        return AddressFault.HOST
    if found["scheme"].lower() == "udp" and not at:
        # libVLC would take it for the sender, and wait at another port.
        return AddressFault.UNRECEIVED
    return None if _is_port(parts["port"], needed=is_received) else AddressFault.PORT


def _is_host(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    if host.startswith("[") or labels[-1].isdigit():
        return _is_number(host)
    return len(host) <= _HOST_LENGTH_MAX and all(_LABEL.fullmatch(label) for label in labels)


def _is_number(host: str) -> bool:
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _is_port(written: str | None, *, needed: bool) -> bool:
    if written is None:
        return not needed
    digits = written[1:]
    return digits.isdigit() and len(digits) <= _PORT_DIGITS and 0 < int(digits) <= _PORT_MAX
