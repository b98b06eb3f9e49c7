"""Reads what a person or the service wrote, and notes all that is wrong with it instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, cast

from ..errors import Fault

__all__ = ["Reader"]


class Reader:
    """Reads members of mappings. Null counts as absent; what is of another kind is a fault, and read as nothing."""

    def __init__(self, whole: object) -> None:
        """Read ``whole``, which should be a mapping."""
        self.faults: list[Fault] = []
        self.unknown: list[str] = []
        """Paths of the members that aren't known; each is among the faults as well."""
        self.whole: Mapping[str, Any] = {}
        if isinstance(whole, Mapping):
            self.whole = cast("Mapping[str, Any]", whole)
        else:
            self.fault("", f"is to be an object with members, not {_kind(whole)}")

    def fault(self, path: str, problem: str) -> None:
        """Note that something is wrong."""
        self.faults.append(Fault(path, problem))

    def refuse_others(self, mapping: Mapping[str, Any], known: Collection[str], path: str, problem: str) -> None:
        """Note each member that isn't among those ``known``, with the nearest that is."""
        for member, value in mapping.items():
            if member not in known and value is not None:
                near = get_close_matches(str(member), known, n=1)
                told = f"; did you mean {near[0]!r}?" if near else ""
                self.unknown.append(_under(path, str(member)))
                self.fault(_under(path, str(member)), f"{problem}{told}")

    def text(self, mapping: Mapping[str, Any], member: str, path: str) -> str | None:
        """A text."""
        value = mapping.get(member)
        if value is None or isinstance(value, str):
            return value
        self.fault(_under(path, member), f"is to be a text, not {_kind(value)}")
        return None

    def flag(self, mapping: Mapping[str, Any], member: str, path: str, *, otherwise: bool) -> bool:
        """True or false."""
        value = mapping.get(member)
        if value is None or isinstance(value, bool):
            return otherwise if value is None else value
        self.fault(_under(path, member), f"is to be true or false, not {_kind(value)}")
        return otherwise

    def texts(self, mapping: Mapping[str, Any], member: str, path: str) -> list[str]:
        """A list of texts."""
        read: list[str] = []
        for index, value in enumerate(self.items(mapping, member, path)):
            if isinstance(value, str):
                read.append(value)
            else:
                self.fault(f"{_under(path, member)}[{index}]", f"is to be a text, not {_kind(value)}")
        return read

    def mapping(self, mapping: Mapping[str, Any], member: str, path: str) -> Mapping[str, Any]:
        """Members under a member."""
        value = mapping.get(member)
        if value is not None and not isinstance(value, Mapping):
            self.fault(_under(path, member), f"is to be an object with members, not {_kind(value)}")
            return {}
        return cast("Mapping[str, Any]", value or {})

    def entries(self, mapping: Mapping[str, Any], member: str, path: str) -> list[Mapping[str, Any]]:
        """A list of objects with members. What isn't one is read as empty, so that the others keep their places."""
        read: list[Mapping[str, Any]] = []
        for index, value in enumerate(self.items(mapping, member, path)):
            if isinstance(value, Mapping):
                read.append(cast("Mapping[str, Any]", value))
            else:
                self.fault(f"{_under(path, member)}[{index}]", f"is to be an object with members, not {_kind(value)}")
                read.append({})
        return read

    def items(self, mapping: Mapping[str, Any], member: str, path: str) -> Sequence[object]:
        """A list of whatever it holds."""
        value = mapping.get(member)
        if value is not None and not isinstance(value, (list, tuple)):
            self.fault(_under(path, member), f"is to be a list, not {_kind(value)}")
            return ()
        return cast("Sequence[object]", value or ())


def _under(path: str, member: str) -> str:
    return f"{path}.{member}" if path else member


def _kind(value: object) -> str:
    return "nothing" if value is None else f"{type(value).__name__} {str(value)[:40]!r}"
