"""Why a group study that has ended is put right: one of four reasons, kept and told in its record."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """Chosen, not written: a text of one's own would carry names into records."""

    FORGOT_CHECK_IN = "forgot_check_in"
    WRONG_CHECK_IN = "wrong_check_in"
    WRONG_TIME = "wrong_time"
    WRONG_PLAN = "wrong_plan"


REASON_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Reason.FORGOT_CHECK_IN: "漏签",
        Reason.WRONG_CHECK_IN: "误签",
        Reason.WRONG_TIME: "到场时间不对",
        Reason.WRONG_PLAN: "形式、主题或主持人不对",
    }
)
