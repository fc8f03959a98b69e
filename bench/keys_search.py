"""How long a search takes, as the search's own benchmark has it."""

import json
import subprocess
import sys
from importlib.util import find_spec

from bench.result import FOLDER, ROOT, Target

MODULE, NAME, ID = "bench.search", "search", "search_ms"


def measure_search() -> Target | None:
    """In a process of its own, over the whole catalogue; None where there is no such benchmark.

    Raises CalledProcessError when it does not measure.
    """
    if find_spec(MODULE) is None:
        return None
    subprocess.run([sys.executable, "-m", MODULE], check=True, cwd=ROOT)
    told = json.loads((FOLDER / f"{NAME}.json").read_text(encoding="utf-8"))
    [found] = [one for one in told["targets"] if one["id"] == ID]
    return Target(ID, found["value"], found["limit"], found["better"])
