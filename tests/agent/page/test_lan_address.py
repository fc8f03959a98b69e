"""The address in the QR code is the box's own in the room's network."""

import socket

import pytest

from agent.page.lan_address import address_of, chosen, default_interfaces, lan_address

ROUTES = """Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
"""


def test_the_preferred_default_route_comes_first() -> None:
    assert default_interfaces(ROUTES) == ["eth0", "wlan0"]
    assert default_interfaces("") == []
    assert default_interfaces("Iface\nbroken line\neth0 00000000 x y z u not-a-number 00000000") == []


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ({"eth0": "192.168.1.5", "wlan0": "10.42.0.1"}, "192.168.1.5"),
        ({"eth0": "100.70.1.2", "wlan0": "10.42.0.1"}, "10.42.0.1"),
        ({"eth0": "100.70.1.2"}, "100.70.1.2"),
        ({"wlan0": "100.70.1.2"}, None),
        ({"eth0": "169.254.3.4"}, None),
        ({"lo": "127.0.0.1", "docker0": "172.17.0.1", "wlan0": "172.20.1.2"}, "172.20.1.2"),
        ({}, None),
    ],
)
def test_a_rooms_address_goes_before_any_other(addresses: dict[str, str], expected: str | None) -> None:
    assert chosen(["eth0", "lo", "docker0", "wlan0"], addresses.get, defaults=1) == expected


def test_this_machine_is_asked_without_a_fault() -> None:
    assert address_of("lo") == "127.0.0.1"
    assert address_of("no-such-interface") is None
    found = lan_address()
    assert found is None or socket.inet_aton(found)
