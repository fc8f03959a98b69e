"""How examples are drawn: none has a deadline, for the machine may be weak, with others on it too."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
