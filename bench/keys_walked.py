"""What came of the keys of one walk."""

import random
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.keys_answer import WITHIN_MS, Answer, Held, p95
from bench.keys_watch import Watch
from demo.display import RemoteAndEyes

PAUSE_MS = (50.0, 300.0)
"""Between rest and the next key, so that keys meet every moment of a program's own beat."""
HELD_MS, AFTER_MS = 5_000.0, 1_500.0


@dataclass(frozen=True, slots=True)
class Walked:
    """One round of a walk; a key without an answer counts as one after WITHIN_MS."""

    answers: Sequence[Answer]
    held: Held | None

    @property
    def first_ms(self) -> list[float]:
        """To the first changed pixel."""
        return [_ms(answer.first_ms) for answer in self.answers]

    @property
    def rest_ms(self) -> list[float]:
        """To the last."""
        return [_ms(answer.rest_ms) for answer in self.answers]

    @property
    def unanswered(self) -> int:
        """Keys after which nothing changed."""
        return sum(answer.first_ms is None for answer in self.answers)

    def as_json(self) -> dict[str, Any]:
        return {
            "keys": len(self.answers),
            "unanswered": self.unanswered,
            **{
                name: {"p50": round(statistics.median(ms), 1), "p95": round(p95(ms), 1)}
                for name, ms in (("first_ms", self.first_ms), ("rest_ms", self.rest_ms))
            },
            "held": self.held and {name: round(value, 1) for name, value in asdict(self.held).items()},
        }


def walk(watch: Watch, remote: RemoteAndEyes, keys: Iterable[str], held: str | None) -> Walked:
    """Press these keys one by one, each at rest; then hold one. Raises RuntimeError without any rest."""
    draw = random.Random(1)  # noqa: S311  the same pauses for all
    answers = []
    for key in keys:
        watch.settle(draw.uniform(*PAUSE_MS))
        answers.append(watch.press(remote, key))
    watch.settle(PAUSE_MS[1])
    return Walked(answers, None if held is None else watch.hold(remote, held, HELD_MS, AFTER_MS))


def _ms(value: float | None) -> float:
    return WITHIN_MS if value is None else value
