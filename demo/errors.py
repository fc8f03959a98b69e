"""What can stop the demo, in words for the person who started it."""


class DemoError(Exception):
    """The demo can't go on; the message says in Chinese what happened and what to do."""
