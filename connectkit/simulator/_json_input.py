"""Reads JSON that people write by hand: whatever is wrong with it is said with its place and what would be right."""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn, TypeVar, cast

from connectkit.simulator.core.timestamps import parse_iso

__all__ = ["InputError", "Members", "Node", "nearest", "parse_json"]

D = TypeVar("D")
T = TypeVar("T")

_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]{1,2}")
_KINDS: Mapping[type[object], str] = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


class InputError(ValueError):
    """Something is wrong with JSON that was given: ``path`` says where in it."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


class Node:
    """A value, and where in its document it is; each method gives what the value is to be, or raises InputError."""

    def __init__(self, value: Any, path: str = "") -> None:
        self.value = value
        self.path = path

    def fault(self, problem: str) -> InputError:
        """Make the error for something that is wrong here."""
        return InputError(self.path, problem)

    def text(self) -> str:
        """Give text that is not empty."""
        if isinstance(self.value, str) and self.value:
            return self.value
        return self._wrong("text that is not empty" if self.value == "" else "text")

    def string(self) -> str:
        """Give text, which may be empty."""
        return self.value if isinstance(self.value, str) else self._wrong("text")

    def flag(self) -> bool:
        """Give true or false."""
        return self.value if isinstance(self.value, bool) else self._wrong("true or false")

    def whole(self) -> int:
        """Give a whole number."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        return self._wrong("a whole number")

    def number(self) -> float:
        """Give a number."""
        if isinstance(self.value, (int, float)) and not isinstance(self.value, bool):
            # Not float(), which raises for a whole number beyond its reach.
            if abs(self.value) <= sys.float_info.max:
                return float(self.value)
            raise self.fault("must be a number that a computer can hold")
        return self._wrong("a number")

    def amount(self) -> float:
        """Give a number that is not negative."""
        if (number := self.number()) < 0:
            raise self.fault("must be a number that is 0 or more")
        return number

    def moment(self) -> datetime:
        """Give a point in time."""
        try:
            return parse_iso(self.text())
        except ValueError as error:
            raise self.fault("must be an ISO-8601 date and time, such as 2030-01-31T12:00:00Z") from error

    def one_of(self, choices: Sequence[str]) -> str:
        """Give text that is one of some choices."""
        text = self.text()
        if text in choices:
            return text
        raise self.fault(f"must be one of {', '.join(choices)}, not {text!r}{nearest(text, choices)}")

    def choose(self, name: str, choices: Mapping[str, T], problem: str) -> T:
        """Give the choice called ``name``; ``problem`` begins the message that there is none."""
        if name in choices:
            return choices[name]
        hint = nearest(name, list(choices)) or f"; there are {', '.join(choices) or 'none'}"
        raise self.fault(f"{problem} {name!r}{hint}")

    def region(self) -> str:
        """Give the name of an AWS region."""
        text = self.text()
        if _REGION.fullmatch(text):
            return text
        raise self.fault(f"must be a region such as us-east-1, not {text!r}")

    def object(self) -> Mapping[str, Any]:
        """Give an object as it is."""
        if isinstance(self.value, dict):
            return cast("dict[str, Any]", self.value)
        return self._wrong("an object")

    def texts(self) -> dict[str, str]:
        """Give an object whose values are all text."""
        return {key: entry.string() for key, entry in self.entries().items()}

    def items(self) -> list[Node]:
        """Give the elements of a list."""
        if isinstance(self.value, list):
            items = cast("Sequence[Any]", self.value)
            return [Node(item, f"{self.path}[{index}]") for index, item in enumerate(items)]
        return self._wrong("a list")

    def entries(self) -> dict[str, Node]:
        """Give the entries of an object whose keys are free."""
        return {key: Node(item, self._below(key)) for key, item in self.object().items()}

    def members(self, *required: str, optional: Sequence[str] = ()) -> Members:
        """Give the members of an object that has certain ones; null counts as absent."""
        entries = self.entries()
        known = (*required, *optional)
        for name, entry in entries.items():
            if name not in known:
                has = f"it may have {', '.join(known)}" if known else "it has no members"
                raise entry.fault(f"is not known here{nearest(name, known) or f'; {has}'}")
        found = {name: entry for name, entry in entries.items() if entry.value is not None}
        for name in required:
            if name not in found:
                raise Node(None, self._below(name)).fault("is missing")
        return Members(found)

    def _below(self, name: str) -> str:
        spelled = name if name.isidentifier() else f"[{json.dumps(name)}]"
        return f"{self.path}.{spelled}" if self.path and name.isidentifier() else f"{self.path}{spelled}"

    def _wrong(self, wanted: str) -> NoReturn:
        kind = _KINDS.get(cast("type[object]", type(self.value)), "something else")
        raise self.fault(f"must be {wanted}, not {kind}")


class Members:
    """The members that an object has."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes

    def __contains__(self, name: str) -> bool:
        """Say whether it has a member."""
        return name in self._nodes

    def __getitem__(self, name: str) -> Node:
        """Give a member that is known to be there."""
        return self._nodes[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names of its members."""
        return iter(self._nodes)

    def items(self, name: str) -> list[Node]:
        """Give the elements of a member that is a list; there are none when it is absent."""
        return self._nodes[name].items() if name in self._nodes else []

    def read(self, name: str, reading: Callable[[Node], T], default: D) -> T | D:
        """Give a member as ``reading``, a method of Node, reads it, or ``default`` when it has none."""
        node = self._nodes.get(name)
        return default if node is None else reading(node)


def parse_json(text: str | bytes) -> Node:
    """Parse a JSON document. Raises InputError, with the line and the column, for what is none."""
    try:
        return Node(json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_twins))
    except json.JSONDecodeError as error:
        raise InputError(f"line {error.lineno} column {error.colno}", error.msg) from error
    except UnicodeDecodeError as error:
        raise InputError("", f"not in UTF-8, at byte {error.start}") from error
    except RecursionError as error:
        raise InputError("", "nested too deeply") from error
    except InputError:
        raise
    except ValueError as error:
        # Such as a number of more digits than Python reads.
        raise InputError("", str(error)) from error


def nearest(name: str, names: Sequence[str]) -> str:
    """Give a hint at the most similar of some names, or nothing where none is similar."""
    found = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


def _refuse_constant(name: str) -> NoReturn:
    raise InputError("", f"{name} is not JSON")


def _refuse_twins(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputError("", f"an object has {key!r} twice")
        found[key] = value
    return found
