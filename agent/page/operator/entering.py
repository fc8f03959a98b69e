"""Entering the operator's page: the PIN, and the sessions that it has opened."""

import logging
from pathlib import Path

from agent.page.operator.pin import OperatorPin
from agent.page.operator.sessions import Sessions

log = logging.getLogger(__name__)


class Operator:
    """One box's."""

    def __init__(self, pin_file: Path) -> None:
        self.pin = OperatorPin(pin_file)
        self.sessions = Sessions()

    def take_pin(self, digits: str) -> None:
        """The television's PIN is this one; another than before ends all sessions. Raises OSError."""
        if self.pin.keep(digits):
            self.sessions.end_all()
            log.info("the operator's page has another PIN")
