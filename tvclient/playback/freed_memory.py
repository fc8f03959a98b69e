"""Memory that was freed goes back to the system."""

import ctypes
import logging

log = logging.getLogger(__name__)

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""glibc's numbers for mallopt, from malloc.h."""
LARGE_BYTES = 128 * 1024
"""A picture of 1080p has three million bytes."""


def return_freed_memory() -> None:
    """Keeps glibc from raising its thresholds, for the whole process.

    It raises them with the largest block that was freed. After the first course a course's pictures are
    then cut out of its heaps, where small blocks keep them from going back: 80 MB after some dozens of
    courses.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:  # a C library other than glibc
        return
    for parameter in (_MMAP_THRESHOLD, _TRIM_THRESHOLD):
        if not mallopt(parameter, LARGE_BYTES):
            log.warning("glibc does not take parameter %s; memory will grow with the courses", parameter)
