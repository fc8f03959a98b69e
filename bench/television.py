"""The television of a house, switched on at its home screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from demo.display import RemoteAndEyes
from demo.events import EventFile
from demo.house import House
from demo.operator import Operator


@contextmanager
def television(house: House, display: str, *options: str) -> Iterator[Operator]:
    """The television, with these options, and the agent run; gives who holds the remote.

    The city is for others to run: it is on no box.
    """
    house.events.unlink(missing_ok=True)
    house.tv = house.television(*options)
    try:
        house.start_agent()
        house.start_tv()
        with RemoteAndEyes(display) as remote:
            operator = Operator(remote, EventFile(house.events), house.folder)
            operator.wait_for_screen("home", 40)
            operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 40)
            yield operator
    finally:
        house.tv.stop()
        house.agent.stop()
