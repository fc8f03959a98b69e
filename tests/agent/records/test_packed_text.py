"""A guide is read however it is packed and encoded; a broken file is refused, a huge one costs nothing."""

import contextlib
import gzip
import io
import lzma
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.records import packed_text
from agent.records.packed_text import PackedTextError, text_pieces

TEXT = '<?xml version="1.0"?><tv>冬小麦越冬管理与病虫害防治</tv>\n' * 200
PACKINGS = {
    "plain": bytes,
    "gz": gzip.compress,
    "xz": lzma.compress,
    "twice": lambda b: gzip.compress(gzip.compress(b)),
}


def read(content: bytes) -> str:
    return "".join(text_pieces(io.BytesIO(content)))


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_the_same_text_comes_out(packing: str, encoding: str) -> None:
    assert read(PACKINGS[packing](TEXT.encode(encoding))) == TEXT


@pytest.mark.parametrize("name", ["GB2312", "gbk", "GB18030", "big5", "iso-8859-1"])
def test_what_it_says_of_itself_is_believed(name: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{name}"?><tv>é</tv>'
        if name == "iso-8859-1"
        else (f'<?xml version="1.0" encoding="{name}"?><tv>中文</tv>')
    )

    assert read(text.encode(name)) == text


@pytest.mark.parametrize("name", ["utf-8", "no-such", "utf-16", "rot13", "zip", "x" * 60])
def test_what_it_says_wrongly_of_itself_does_no_harm(name: str) -> None:
    text = f'<?xml version="1.0" encoding="{name}"?><tv>发酵床养猪</tv>'

    assert read(text.encode("utf-8")) == text
    assert read(text.encode("gbk")) == text


def test_a_list_that_is_chinese_only_late_is_read_in_its_own_encoding() -> None:
    text = "#EXTINF:-1,CCTV\n" * 20_000 + "#EXTINF:-1,农业科技\n"

    assert read(text.encode("gbk")) == text


def test_no_packed_text_is_the_end_of_several_files() -> None:
    assert read(gzip.compress(b"one ") + gzip.compress(b"two")) == "one two"


def test_characters_that_no_guide_may_hold_become_blanks() -> None:
    assert read(b"a\x00b\x0b\x00c\x1bd\tq\n") == "a b c d\tq\n"
    assert read("a\ufffeb".encode()) == "a b"


@pytest.mark.parametrize("packing", ["gz", "xz", "twice"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_a_packed_file_that_is_cut_off_is_refused(packing: str, share: float) -> None:
    packed = PACKINGS[packing](TEXT.encode())

    with pytest.raises(PackedTextError):
        read(packed[: max(8, int(len(packed) * share))])


@pytest.mark.parametrize("packing", ["gz", "xz"])
def test_a_packed_file_with_a_flipped_bit_is_refused(packing: str) -> None:
    packed = bytearray(PACKINGS[packing](TEXT.encode()))
    packed[len(packed) // 2] ^= 0x10

    with pytest.raises(PackedTextError):
        read(bytes(packed))


def test_gigabytes_in_a_small_file_cost_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_text, "TEXT_BYTES_MAX", 15_000_000)
    bomb = gzip.compress(bytes(20_000_000), 1)
    tracemalloc.start()
    with pytest.raises(PackedTextError):
        for _ in text_pieces(io.BytesIO(bomb)):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2_000_000


def test_an_xz_that_asks_for_gigabytes_is_refused() -> None:
    # Made small and said to need 1 GB: the header alone decides. Without a limit it would be had.
    packed = bytearray(lzma.compress(TEXT.encode()))
    place = packed.index(b"\x21\x01") + 2
    packed[place] = 36
    packed[20:24] = zlib.crc32(packed[12:20]).to_bytes(4, "little")
    assert lzma.decompress(bytes(packed)) == TEXT.encode()

    with pytest.raises(PackedTextError):
        read(bytes(packed))


@given(content=st.binary(max_size=2_000), packing=st.sampled_from(list(PACKINGS)))
def test_any_bytes_are_text_or_refused(content: bytes, packing: str) -> None:
    assert isinstance(read(PACKINGS[packing](b"?" + content)), str)
    for start in (b"\x1f\x8b\x08\x00", b"\xfd7zXZ\x00\x00\x04"):
        with contextlib.suppress(PackedTextError):
            read(start + content)
