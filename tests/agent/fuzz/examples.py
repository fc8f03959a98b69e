"""How many examples a fuzz test tries: few at every run, many in the torture run."""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("ZHANXUE_FUZZ_EXAMPLES", "8"))

thorough = settings(
    max_examples=EXAMPLES,
    derandomize="ZHANXUE_FUZZ_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
