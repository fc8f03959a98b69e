"""The version of this program, as it was installed."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def own_version() -> str:
    """As pyproject.toml says it; "unknown" where the program runs without having been installed."""
    try:
        return version("zhanxue")
    except PackageNotFoundError:
        return "unknown"
