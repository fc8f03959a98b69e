"""An hour of real playback on the real television: what was recorded against what moved on the screen."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.playback_hour import result
from tests.playback_hour.evening import ROOT, spend

RESULT = ROOT / "build" / "playback-hour.json"


def main(argv: list[str] | None = None) -> int:
    """0 when the sums agree within the limit, otherwise 1."""
    asked = _arguments(argv)
    began = time.monotonic()

    def tell(words: str) -> None:
        print(f"{time.monotonic() - began:7.0f} s  {words}", flush=True)

    tell(f"站学播放一小时对账：{asked.minutes:g} 分钟，种子 {asked.seed}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        hour = spend(asked.minutes, asked.seed, folder, tell)
    print("\n" + result.table(hour))
    result.write(hour, RESULT)
    print(f"\n详细结果：{RESULT}")
    return 0 if hour.met else 1


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.playback_hour", description="真实播放一小时，记录与画面对账"
    )
    parser.add_argument("--minutes", type=float, default=60.0, metavar="分钟", help="播放多久，默认 60")
    parser.add_argument("--seed", type=int, default=1, metavar="种子", help="同一种子做同样的事")
    parser.add_argument("--keep", type=Path, metavar="文件夹", help="留下这次运行的全部文件")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
