"""What the operator's page may have the box do; nothing here leads to the local API."""

from collections.abc import Callable
from dataclasses import dataclass

from study.local_api import StatusReply

Export = Callable[[], str]
"""What waits goes onto the stick in the slot; in words. Raises StickError, StoreError."""


@dataclass(frozen=True, slots=True)
class OperatorDeeds:
    """Of one running agent."""

    status: Callable[[], StatusReply]
    """Raises StoreError."""
    export: Export
    kick_groups: Callable[[], None]
    """Something is to be recorded."""
