from tests.tvclient.key_sources.cec_line import BOX, MESSAGE, TV, received, sent
from tvclient.key_sources.cec_message import CecMessage, pack, unpack


def test_what_the_kernel_received_is_read() -> None:
    assert unpack(received(0x04, 0x44, 0x01)) == CecMessage(TV, BOX, 0x44, b"\x01")
    assert unpack(received(0x0F, 0x36)) == CecMessage(TV, 15, 0x36)


def test_a_poll_has_no_opcode() -> None:
    assert unpack(received(0x04)) == CecMessage(TV, BOX)


def test_the_result_of_what_was_sent_is_no_message() -> None:
    assert unpack(sent(0x40, 0x90, 0x00)) is None


def test_a_length_that_can_not_be_is_no_message() -> None:
    for length in (0, 17):
        assert unpack(MESSAGE.pack(0, 1, length, 0, 0, 0, bytes(16), 0, 1, 0, 0, 0, 0, 0)) is None


def test_what_is_sent_has_its_bytes_where_the_kernel_looks() -> None:
    fields = MESSAGE.unpack(pack(CecMessage(BOX, TV, 0x90, b"\x00")))
    assert (fields[2], fields[6][:3]) == (3, b"\x40\x90\x00")
    assert not any((*fields[:2], *fields[3:6], *fields[7:]))
