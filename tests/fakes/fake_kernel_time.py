"""A kernel whose word on its clock a test sets."""

from agent.kernel_time import Disciplined


class FakeKernelTime:
    """Runs free until told otherwise."""

    def __init__(self) -> None:
        self.told: Disciplined | None = None

    def read(self) -> Disciplined | None:
        return self.told
