"""Our own sentences for docstrings, from ``codegen/docs/``; those of AWS are not copied."""

from __future__ import annotations

from typing import Any, cast

from codegen import files
from codegen.description import GenerationError


class Sentences:
    """The sentences about one service, and a record of which were used, so that stale ones are noticed."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._data = files.read_toml(files.HERE / "docs" / f"{service}.toml")
        self._used: set[tuple[str, ...]] = set()

    def find(self, *path: str) -> str | None:
        """The sentence at a place of the file, if there is one."""
        at: Any = self._data
        for step in path:
            at = at.get(step)
            if at is None:
                return None
        self._used.add(path)
        return str(at)

    def need(self, *path: str) -> str:
        """The sentence at a place of the file, which has to be there."""
        text = self.find(*path)
        if text is None:
            raise GenerationError(f"docs/{self._service}.toml has no text for {'.'.join(path)}")
        return text

    def member(self, shape: str, name: str) -> str:
        """The sentence about a member of a shape: its own, or the one for members of that name."""
        return self.find("members_of", shape, name) or self.need("members", name)

    def stale(self) -> list[str]:
        """The places of sentences that nothing has asked for."""
        return [".".join(path) for path in _leaves(self._data) if path not in self._used]


def _leaves(data: dict[str, Any], path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for key, value in data.items():
        inner = cast("dict[str, Any]", value) if isinstance(value, dict) else None
        found += [(*path, key)] if inner is None else _leaves(inner, (*path, key))
    return found
