"""What the television tells the agent about the operator's page."""

from typing import TypedDict

OPERATOR_PIN = "/v1/operator-pin"
"""POST an OperatorPinRequest: an OperatorPinReply."""


class OperatorPinRequest(TypedDict):
    """The administrator's PIN, six digits."""

    digits: str


class OperatorPinReply(TypedDict):
    """It opens the page from now on, and nothing else does."""

    is_kept: bool
