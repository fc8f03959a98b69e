"""Keys by which a channel is found in a guide."""

ID, NAME = "id:", "name:"
"""Before the guide's own id of a channel; before a name of it as key_of() makes it."""
