"""Large blocks stay out of glibc's heaps, whatever was freed before."""

import subprocess
import sys

PROGRAM = """
import ctypes
from tvclient.playback.freed_memory import LARGE_BYTES, return_freed_memory

fields = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"

class MallInfo(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in fields.split()]

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
libc.mallinfo2.restype = MallInfo
if {returned}:
    return_freed_memory()
libc.free(libc.malloc(240 * LARGE_BYTES))
before = libc.mallinfo2().hblks
libc.malloc(200 * LARGE_BYTES)
print(libc.mallinfo2().hblks - before)
"""


def own_blocks(returned: bool) -> int:
    """How many of the large blocks are the system's own, in a process that has no history."""
    program = PROGRAM.replace("{returned}", str(returned))
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return int(run.stdout)


def test_a_large_block_is_the_system_s_own_after_a_larger_one_was_freed() -> None:
    assert own_blocks(returned=True) == 1


def test_without_the_setting_glibc_keeps_large_blocks_in_its_heap() -> None:
    assert own_blocks(returned=False) == 0
