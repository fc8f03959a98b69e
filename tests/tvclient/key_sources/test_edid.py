from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tvclient.key_sources.set_edid import set_edid
from tvclient.key_sources.edid import attached_address, physical_address


def plug_in(displays: Path, connector: str, edid: bytes) -> None:
    (displays / connector).mkdir(parents=True)
    (displays / connector / "edid").write_bytes(edid)


@pytest.mark.parametrize("address", [0x1000, 0x2000, 0x1230])
def test_a_set_tells_at_which_of_its_sockets_the_box_is(address: int) -> None:
    assert physical_address(set_edid(address)) == address


def test_the_sets_own_address_and_none_are_no_place_of_a_box() -> None:
    assert physical_address(set_edid(0)) is None
    assert physical_address(set_edid(0xFFFF)) is None


def test_a_monitor_has_none() -> None:
    assert physical_address(set_edid(0x1000)[:128]) is None
    assert physical_address(b"") is None


def test_other_blocks_before_it_are_passed_over() -> None:
    assert physical_address(set_edid(0x3000, before=b"\x43\x10\x04\x03\x65\xd8\x5d\xc4\x01\x00")) == 0x3000


@given(st.binary(max_size=300), st.integers(0, 255), st.integers(0, 255))
def test_a_broken_description_does_no_harm(rest: bytes, at: int, value: int) -> None:
    broken = bytearray(set_edid(0x1000) + rest)
    broken[at] = value
    assert physical_address(bytes(broken)) is None or physical_address(bytes(broken)) in range(1, 0xFFFF)


def test_the_one_set_that_is_plugged_in_is_asked(tmp_path: Path) -> None:
    assert attached_address(tmp_path) is None
    plug_in(tmp_path, "card0-DP-1", b"")
    plug_in(tmp_path, "card0-HDMI-A-1", set_edid(0x2000))
    assert attached_address(tmp_path) == 0x2000
    plug_in(tmp_path, "card0-HDMI-A-2", set_edid(0x1000))
    assert attached_address(tmp_path) is None, "which of the two has the adapter nobody knows"
