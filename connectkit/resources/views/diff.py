"""What differs between two contents of views, as a person reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast, overload

from ._json_text import below

__all__ = ["Change", "ChangeKind", "ViewDiff", "compare"]

ChangeKind: TypeAlias = Literal["changed", "added", "removed", "reordered"]
"""What became of one place."""

_MOST_SHOWN = 60

_Key: TypeAlias = "tuple[str | None, int]"
"""What an item of a list goes by: its ``_id``, if it has one, and how many went by the same before it."""


@dataclass(frozen=True)
class Change:
    """One place where two contents differ."""

    path: str
    """Where: ``Body[0].Props.Label``. For what is removed, where it was before; otherwise where it is after."""
    kind: ChangeKind
    """What became of it. ``reordered``: the items that were there before are in another order."""
    before: Any = None
    """What was there; ``None`` for what is added. For ``reordered``, what the items go by."""
    after: Any = None
    """What is there now; ``None`` for what is removed."""

    def __str__(self) -> str:
        if self.kind == "added":
            return f"{self.path}: + {_shown(self.after)}"
        if self.kind == "removed":
            return f"{self.path}: - {_shown(self.before)}"
        again = "order " if self.kind == "reordered" else ""
        return f"{self.path}: {again}{_shown(self.before)} → {_shown(self.after)}"


class ViewDiff(Sequence[Change]):
    """All places where two contents differ. ``print(diff)`` shows them; it is false if there is none."""

    __slots__ = ("_changes",)

    def __init__(self, changes: Sequence[Change]) -> None:
        """Hold these changes; ``view.diff(other)`` makes it."""
        self._changes = tuple(changes)

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Change]: ...
    def __getitem__(self, index: int | slice) -> Change | Sequence[Change]:
        return self._changes[index]

    def __iter__(self) -> Iterator[Change]:
        return iter(self._changes)

    def __len__(self) -> int:
        return len(self._changes)

    def __eq__(self, other: object) -> bool:
        return self._changes == other._changes if isinstance(other, ViewDiff) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple((change.path, change.kind) for change in self._changes))

    @property
    def summary(self) -> str:
        """The first change, and how many there are beyond it; empty if there is none."""
        if not self._changes:
            return ""
        more = len(self._changes) - 1
        return f"{self._changes[0]}{f' and {more} more' if more else ''}"

    def __str__(self) -> str:
        return "\n".join(map(str, self._changes)) or "no difference"

    def __repr__(self) -> str:
        return f"<ViewDiff: {len(self._changes)} {'change' if len(self._changes) == 1 else 'changes'}>"


def compare(before: Any, after: Any, path: str = "") -> Iterator[Change]:
    """The places where two JSON values differ, in the order of the second.

    The order of an object's members doesn't count, nor whether a number is written 1 or 1.0. Items of a list that have
    an ``_id`` are the same item if they have the same; the others by their place among each other. Nothing is too
    deep for it.
    """
    waiting: list[Change | tuple[str, Any, Any]] = [(path, before, after)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Change):
            yield one
            continue
        where, old, new = one
        if isinstance(old, dict) and isinstance(new, dict):
            waiting += reversed(_members(where, cast("dict[str, Any]", old), cast("dict[str, Any]", new)))
        elif isinstance(old, list) and isinstance(new, list):
            waiting += reversed(_items(where, cast("list[object]", old), cast("list[object]", new)))
        elif not _same(old, new):
            yield Change(where, "changed", old, new)


def _members(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change | tuple[str, Any, Any]]:
    found: list[Change | tuple[str, Any, Any]] = [
        (below(where, key), old[key], value) if key in old else Change(below(where, key), "added", None, value)
        for key, value in new.items()
    ]
    return found + [Change(below(where, key), "removed", value) for key, value in old.items() if key not in new]


def _items(where: str, old: Sequence[Any], new: Sequence[Any]) -> list[Change | tuple[str, Any, Any]]:
    keys_before, keys_after = _keys(old), _keys(new)
    place_before = {key: index for index, key in enumerate(keys_before)}
    still_there = set(keys_after)
    found: list[Change | tuple[str, Any, Any]] = []
    kept_before = [key for key in keys_before if key in still_there]
    kept_after = [key for key in keys_after if key in place_before]
    if kept_before != kept_after:
        found.append(Change(where, "reordered", _labels(kept_before), _labels(kept_after)))
    for index, (key, item) in enumerate(zip(keys_after, new, strict=True)):
        place = f"{where}[{index}]"
        known = key in place_before
        found.append((place, old[place_before[key]], item) if known else Change(place, "added", None, item))
    gone = [index for index, key in enumerate(keys_before) if key not in still_there]
    return found + [Change(f"{where}[{index}]", "removed", old[index]) for index in gone]


def _keys(items: Sequence[Any]) -> list[_Key]:
    seen: dict[str | None, int] = {}
    keys: list[_Key] = []
    for item in items:
        given: object = cast("dict[str, Any]", item).get("_id") if isinstance(item, dict) else None
        id_ = given if isinstance(given, str) else None
        keys.append((id_, seen.get(id_, 0)))
        seen[id_] = keys[-1][1] + 1
    return keys


def _labels(keys: Sequence[_Key]) -> list[str]:
    return [id_ if id_ is not None else f"#{number}" for id_, number in keys]


def _same(old: Any, new: Any) -> bool:
    """Python takes True for 1; JSON doesn't."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, (int, float)) and isinstance(new, (int, float)):
        return old == new
    return type(old) is type(new) and bool(old == new)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
