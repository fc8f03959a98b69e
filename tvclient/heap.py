"""The heap: the C library's, from which libVLC takes the pictures of a film, and Python's."""

import ctypes
import gc

# <malloc.h>
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
LARGE_BYTES = 1024 * 1024
HEAPS = 2


def keep_heap_small() -> bool:
    """From now on what a film took goes back to the system after it; whether the C library can be told so.

    Left alone, glibc takes the first picture that is freed for a sign that such large blocks are usual. It
    keeps later ones between the small blocks of one of many heaps, nearly one for each thread, and every
    film leaves some 25 MB behind. Call it before there are threads. Other C libraries have no such setting.
    """
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt"):
        return False
    settings = ((M_MMAP_THRESHOLD, LARGE_BYTES), (M_ARENA_MAX, HEAPS))
    return all(library.mallopt(name, value) == 1 for name, value in settings)


def put_off_collection() -> None:
    """While modules are imported hardly anything becomes garbage; looking for it takes a twentieth of the
    time until home is seen."""
    gc.disable()


def begin_collection() -> None:
    """Look for garbage from now on, but not among what is there by now and stays."""
    gc.freeze()
    gc.enable()
