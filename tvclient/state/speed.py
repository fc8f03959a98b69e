"""How fast a course is played."""

from dataclasses import dataclass

from study.units import CourseId
from tvclient.words import _

NORMAL = 1.0
SPEEDS = (0.75, NORMAL, 1.25, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class CourseSpeed:
    """The speed chosen last, and for which course."""

    course_id: CourseId
    rate: float

    def as_kept(self) -> dict[str, object]:
        """What `kept_rate` reads."""
        return {"course": self.course_id, "rate": self.rate}


def kept_rate(value: object, course_id: CourseId) -> float:
    """The speed kept for this course, as `as_kept` gave it; the normal one for any other."""
    if not isinstance(value, dict) or value.get("course") != course_id:
        return NORMAL
    rate = value.get("rate")
    return rate if isinstance(rate, float) and rate in SPEEDS else NORMAL


def speed_words(rate: float) -> str:
    """1.25 倍."""
    return _("{:g} 倍").format(rate)
