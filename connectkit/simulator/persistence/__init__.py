"""Keeps the state of a simulator in a file, so that it survives a restart or a kill. Loaded when there is one."""

__all__: list[str] = []
