"""Large blocks stay out of glibc's heaps, whatever was freed before."""

import ctypes

from tvclient.playback.freed_memory import LARGE_BYTES, return_freed_memory

FIELDS = (
    "arena",
    "ordblks",
    "smblks",
    "hblks",
    "hblkhd",
    "usmblks",
    "fsmblks",
    "uordblks",
    "fordblks",
    "keep",
)


class MallInfo(ctypes.Structure):
    """struct mallinfo2; hblks are the blocks that are the system's own."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in FIELDS)


def test_a_large_block_is_the_system_s_own_after_a_larger_one_was_freed() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    libc.free.argtypes = [ctypes.c_void_p]
    libc.mallinfo2.restype = MallInfo
    return_freed_memory()
    libc.free(libc.malloc(240 * LARGE_BYTES))
    before = libc.mallinfo2().hblks
    block = libc.malloc(200 * LARGE_BYTES)
    assert libc.mallinfo2().hblks == before + 1
    libc.free(block)
