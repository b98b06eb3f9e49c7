"""The error that a state file ends in, apart from what needs SQLite."""

__all__ = ["StateFileError"]


class StateFileError(Exception):
    """A state file can't be used, or can't be written any more; the message says which one and why."""
