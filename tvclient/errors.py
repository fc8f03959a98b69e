"""What can go wrong in the television.

TvError
├── AgentAway        nobody answers on the box's own interface; trying again helps
├── AgentRefused     the agent answered and said no; trying the same again does not help
└── CannotStart      something the television can't do without is missing; the program ends with 2
"""


class TvError(Exception):
    """Any error of the television; `words` is one or more Chinese sentences for the person in the room."""

    again = False

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class AgentAway(TvError):  # noqa: N818 – named after what happened
    """The agent does not answer, or answers nonsense."""

    again = True


class AgentRefused(TvError):  # noqa: N818 – named after what happened
    """The agent's answer with a 4xx or 5xx status: its short `code` and its words."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


class CannotStart(TvError):  # noqa: N818 – named after what happened
    """No display, no font, no token: said in the log, on screen where possible."""
