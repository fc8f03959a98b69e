"""The box's own address in the room's network, for the QR code."""

import contextlib
import fcntl
import ipaddress
import socket
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

_ROUTES = Path("/proc/net/route")
_SIOCGIFADDR = 0x8915
_NAME_MAX = 15
_ADDRESS_AT = slice(20, 24)
_NOBODYS = ("lo", "docker", "veth", "br-", "virbr", "tun", "tap", "wg", "ppp")
"""Interfaces behind which there is no room."""
_ROOMS = tuple(ipaddress.ip_network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))


def lan_address() -> str | None:
    """Of the interface with the default route, otherwise of the first; None where the box is in no network.

    Without the internet there is no default route, and the phones are in the room all the same.
    """
    default = default_interfaces(_routes())
    return chosen([*default, *(name for _, name in socket.if_nameindex())], address_of, len(default))


def chosen(interfaces: Sequence[str], address: Callable[[str], str | None], defaults: int = 0) -> str | None:
    """The first private IPv4 address (RFC 1918) of the interfaces, in their order.

    Where there is none, that of the first of the `defaults` that lead everywhere: some villages' networks
    have public addresses.
    """
    found = [(n, address(name)) for n, name in enumerate(interfaces) if not name.startswith(_NOBODYS)]
    held = [(n, ipaddress.ip_address(text)) for n, text in found if text is not None]
    private = [one for _, one in held if any(one in room for room in _ROOMS)]
    other = [one for n, one in held if n < defaults and not (one.is_link_local or one.is_loopback)]
    return next((str(one) for one in (*private, *other)), None)


def default_interfaces(routes: str) -> list[str]:
    """Which of the kernel's routes lead everywhere, the preferred first."""
    found: list[tuple[int, str]] = []
    for line in routes.splitlines()[1:]:
        columns = line.split()
        with contextlib.suppress(ValueError, IndexError):
            if columns[1] == "00000000" and columns[7] == "00000000":
                found.append((int(columns[6]), columns[0]))
    return [name for _, name in sorted(found)]


def address_of(interface: str) -> str | None:
    """Its first IPv4 address; None where it has none."""
    asked = struct.pack("256s", interface.encode()[:_NAME_MAX])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket, contextlib.suppress(OSError):
        return socket.inet_ntoa(fcntl.ioctl(any_socket.fileno(), _SIOCGIFADDR, asked)[_ADDRESS_AT])
    return None


def _routes() -> str:
    with contextlib.suppress(OSError):
        return _ROUTES.read_text(encoding="ascii")
    return ""
