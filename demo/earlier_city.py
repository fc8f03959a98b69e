"""The city's command on a clock that is behind: `python -m demo.earlier_city SECONDS …`."""

import sys
from datetime import datetime, timedelta

from municipal.__main__ import main as municipal
from municipal.clock import system_clock


def main(behind_s: int, arguments: list[str]) -> int:
    """What `zhanxue-municipal` answers."""

    def clock() -> datetime:
        return system_clock() - timedelta(seconds=behind_s)

    return municipal(arguments, clock)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
