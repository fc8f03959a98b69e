"""The kill journey with the real television, its picture and its remote control, some more times."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.torture.result import PartResult

Tell = Callable[[str], None]
_ROOT = Path(__file__).parents[2]
_FIGURES = _ROOT / "build" / "journeys" / "kill.json"
_KILLS = 2
"""The journey kills the agent once and the television once."""


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """In the short form nothing: `make test` has the journey itself."""
    result = PartResult("real_television", "真电视强杀")
    for number in range(0 if short else 2):
        words = [sys.executable, "-m", "pytest", "-q", "tests/journeys/test_kill.py"]
        done = subprocess.run(words, cwd=_ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            result.faults.append(done.stdout[-3000:])
            continue
        figures = json.loads(_FIGURES.read_text(encoding="utf-8"))
        result.tried["强杀真电视和本机代理"] = result.tried.get("强杀真电视和本机代理", 0) + _KILLS
        result.lost_ms = max(result.lost_ms, figures["missing_ms"])
        tell(f"真电视：第 {number + 1} 次，看了 {figures['seen_ms']} ms，少了 {figures['missing_ms']} ms")
    return result
