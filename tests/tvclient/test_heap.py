"""What a film took is given back after it."""

import subprocess
import sys

FILM = """
import ctypes, re, sys
from pathlib import Path
from tvclient.heap import keep_heap_small

if sys.argv[1] == "kept small":
    assert keep_heap_small()
c = ctypes.CDLL(None)
c.malloc.restype = ctypes.c_void_p
c.malloc.argtypes = [ctypes.c_size_t]
c.free.argtypes = [ctypes.c_void_p]
PICTURE, SMALL = 3 * 1024 * 1024, 60_000
c.free(c.malloc(PICTURE))
pictures = []
for _ in range(20):
    pictures.append(c.malloc(PICTURE))
    ctypes.memset(pictures[-1], 1, PICTURE)
    c.malloc(SMALL)  # lives on and holds down what lies below it
for picture in pictures:
    c.free(picture)
print(re.search(r"RssAnon:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def kept_mb(how: str) -> float:
    command = [sys.executable, "-c", FILM, how]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) / 1000


def test_pictures_that_were_freed_take_no_memory() -> None:
    assert kept_mb("kept small") < kept_mb("left alone") - 40
