"""The whole torture: every part in turn, a summary in Chinese, build/torture.json."""

import argparse
import json
import logging
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tabulate import tabulate

from tests.torture import (
    clocks,
    conservation,
    damage,
    full_disk,
    kill,
    machine,
    power_cut,
    real_television,
    thin_line,
    year_box,
)
from tests.torture.result import PartResult

PARTS = {
    part.__name__.rpartition(".")[2]: part
    for part in (
        power_cut,
        kill,
        real_television,
        conservation,
        machine,
        thin_line,
        full_disk,
        damage,
        clocks,
        year_box,
    )
}
RESULT = Path(__file__).parents[2] / "build" / "torture.json"
_SHOWN = 10


def main(argv: list[str] | None = None) -> int:
    """0 when nothing was lost, doubled or misdated beyond the bounds, otherwise 1."""
    asked = _arguments(argv)
    logging.getLogger().addHandler(logging.NullHandler())
    print(f"站学可靠性试验，种子 {asked.seed}（重复同一次试验：--seed {asked.seed}）", flush=True)
    began = time.monotonic()
    results = []
    for number, name in enumerate(asked.only, 1):
        print(f"\n[{number}/{len(asked.only)}] {name}", flush=True)
        results.append(_run(name, asked.seed, short=asked.short, began=began))
    _tell(results, time.monotonic() - began)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(_as_json(results, asked.seed), ensure_ascii=False, indent=1) + "\n")
    print(f"详细结果：{RESULT}")
    return 1 if any(result.faults for result in results) else 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="站学可靠性试验")
    parser.add_argument("--seed", type=int, default=1, metavar="种子", help="同一种子重复同样的故障")
    parser.add_argument("--short", action="store_true", help="短试验，与 make test 中的相同")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="部分", help="只做这些"
    )
    return parser.parse_args(argv)


def _run(name: str, seed: int, *, short: bool, began: float) -> PartResult:
    started = time.monotonic()

    def tell(words: str) -> None:
        print(f"  {time.monotonic() - began:6.0f} s  {words}", flush=True)

    torture: Callable[..., PartResult] = PARTS[name].torture
    try:
        result = torture(short=short, tell=tell, seed=seed)
    except Exception:  # noqa: BLE001  one part that breaks must not hide what the others find
        result = PartResult(name, name, faults=[f"试验自身出错：{traceback.format_exc()}"])
    result.seconds = round(time.monotonic() - started, 1)
    return result


def _tell(results: list[PartResult], took_s: float) -> None:
    heading = ["部分", "试了什么", "最多丢失（秒）", "重复", "记错日期", "超出界限", "用时（秒）"]
    rows = [
        [
            result.title,
            "\n".join(f"{what} {count}" for what, count in result.tried.items()),
            f"{result.lost_ms / 1000:.1f}",
            result.doubled,
            result.misdated,
            len(result.faults),
            f"{result.seconds:.0f}",
        ]
        for result in results
    ]
    print("\n" + tabulate(rows, heading, tablefmt="simple", disable_numparse=True))
    for result in results:
        for name, value in result.figures.items():
            print(f"{result.title}：{name} {value}")
    for result in results:
        for fault in result.faults[:_SHOWN]:
            print(f"✗ {result.title}：{fault}")
        if len(result.faults) > _SHOWN:
            print(f"✗ {result.title}：另有 {len(result.faults) - _SHOWN} 处，见 {RESULT.name}")
    faults = sum(len(result.faults) for result in results)
    verdict = f"{faults} 处超出界限" if faults else "没有超出界限的丢失、重复或错日期"
    print(f"\n{verdict}，共 {took_s / 60:.1f} 分钟")


def _as_json(results: list[PartResult], seed: int) -> dict[str, object]:
    tried: dict[str, int] = {}
    for result in results:
        for what, count in result.tried.items():
            tried[what] = tried.get(what, 0) + count
    return {
        "name": "torture",
        "seed": seed,
        "passed": not any(result.faults for result in results),
        "tried": tried,
        "lost_s_max": max((result.lost_ms for result in results), default=0) / 1000,
        "doubled": sum(result.doubled for result in results),
        "misdated": sum(result.misdated for result in results),
        "parts": [asdict(result) for result in results],
    }


if __name__ == "__main__":
    sys.exit(main())
