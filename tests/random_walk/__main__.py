"""A walk of thousands of random keys over all screens: one focus after each, no trap, Back leads home."""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.fakes.fake_agent import running_agent
from tests.random_walk.village import Village
from tests.random_walk.walker import TrapError, Walker
from tests.tvclient.television_rig import running_television

TOLD_EVERY = 500
BROKEN = "Traceback"


def main(argv: list[str] | None = None) -> int:
    """0 when nothing was found."""
    asked = _arguments(argv)
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="walk-"))
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "television.log"
    began = time.monotonic()
    with running_agent() as agent, log.open("wb") as out:
        village = Village(agent, random.Random(asked.seed))
        with running_television(agent, folder, output=out) as television:
            walker = Walker(television, village, asked.seed)
            try:
                for done in range(0, asked.keys, TOLD_EVERY):
                    walker.walk(min(TOLD_EVERY, asked.keys - done))
                    words = "，".join(f"{name} {count}" for name, count in walker.seen.most_common())
                    print(f"{time.monotonic() - began:6.0f} s  {done + TOLD_EVERY} 键：{words}", flush=True)
            except TrapError as trap:
                television.picture().save(folder / "trap.png")
                print(f"{trap}\n屏幕和日志在 {folder}", file=sys.stderr)
                return 1
    if BROKEN in log.read_text(encoding="utf-8", errors="replace"):
        print(f"程序内部出过错，见 {log}", file=sys.stderr)
        return 1
    return 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.random_walk", description="随便按键，看焦点在不在")
    parser.add_argument("--keys", type=int, default=20_000, metavar="个数", help="默认 20000")
    parser.add_argument("--seed", type=int, default=1, metavar="种子")
    parser.add_argument("--keep", type=Path, metavar="文件夹", help="留下日志和出错时的屏幕")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
