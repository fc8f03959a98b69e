"""The numbers of the kernel's ioctls, as linux/ioctl.h makes them on every machine a box is built from."""

_WRITE, _READ = 1, 2


def reads(group: str, number: int, size: int) -> int:
    """_IOR: the kernel fills in `size` bytes."""
    return _ioc(_READ, group, number, size)


def writes(group: str, number: int, size: int) -> int:
    """_IOW: the kernel takes `size` bytes."""
    return _ioc(_WRITE, group, number, size)


def exchanges(group: str, number: int, size: int) -> int:
    """_IOWR: the kernel takes `size` bytes and fills them in anew."""
    return _ioc(_READ | _WRITE, group, number, size)


def _ioc(direction: int, group: str, number: int, size: int) -> int:
    return direction << 30 | size << 16 | ord(group) << 8 | number
