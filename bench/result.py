"""What a benchmark has to say at its end: targets, and all that was measured, as one JSON file."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"

Better = Literal["less", "more"]


@dataclass(frozen=True, slots=True)
class Target:
    """One promised figure; the limit itself is still good enough."""

    id: str
    value: float
    limit: float
    better: Better

    @property
    def met(self) -> bool:
        return self.value <= self.limit if self.better == "less" else self.value >= self.limit


def write_result(
    name: str, rounds: int, load_before: tuple[float, ...], targets: list[Target], raw: dict[str, Any]
) -> None:
    """Write build/bench/NAME.json and say the targets."""
    result = {
        "name": name,
        "rounds": rounds,
        "machine": {
            "cpus": os.cpu_count(),
            "system": platform.platform(),
            "load_before": load_before,
            "load_after": os.getloadavg(),
        },
        "targets": [{**asdict(one), "value": round(one.value, 4), "met": one.met} for one in targets],
        "raw": raw,
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, indent=1, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    for one in targets:
        sign = "≤" if one.better == "less" else "≥"
        print(f"{'met ' if one.met else 'MISS'} {one.id:24} {one.value:10.4f} {sign} {one.limit}", flush=True)
