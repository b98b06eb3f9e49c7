"""Reading and writing JSON that people wrote: everything that is wrong with it, and where."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn, cast

from ...errors import Fault

__all__ = ["JsonError", "below", "decode", "load", "parse", "unfit", "write"]

_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|(//[^\n]*|/\*.*?(?:\*/|\Z))', re.DOTALL)
_TRAILING_COMMA = re.compile(r'"(?:[^"\\\n]|\\.)*"|(,)(?=\s*[}\]])')
_CONSTANT = re.compile(r'"(?:[^"\\\n]|\\.)*"|(-?\bInfinity\b|\bNaN\b)')
_PLAIN_KEY = re.compile(r"[^\W\d][\w-]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonError(Exception):
    """A text that isn't JSON, or not such as can be passed on unchanged."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems: tuple[str, ...] = tuple(problems)
        """Everything that is wrong, with line and column where they are known."""
        super().__init__("; ".join(problems))


def decode(data: bytes) -> str:
    """The text of a file, whichever of Unicode's encodings it is in.

    Raises:
        JsonError: it is in none of them.
    """
    try:
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise JsonError([f"byte {error.start} is not valid {error.encoding}; JSON is UTF-8"]) from error


def parse(text: str) -> Any:
    """Read a JSON text, in which no object may have a member twice.

    Raises:
        JsonError: with everything that is wrong with it.
    """
    problems: list[str] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        if len(read) < len(pairs):
            names = [name for name, _ in pairs]
            problems.extend(
                f"the member {name!r} is there twice in one object" for name in read if names.count(name) > 1
            )
        return read

    def real(digits: str) -> float:
        if math.isinf(number := float(digits)):
            problems.append(f"the number {_cut(digits)} is too large to be read")
        return number

    def whole(digits: str) -> int:
        try:
            return int(digits)
        except ValueError:  # Python reads no more than some thousand digits
            problems.append(f"the number {_cut(digits)} has too many digits to be read")
            return 0

    try:
        read = json.loads(
            text, object_pairs_hook=members, parse_float=real, parse_int=whole, parse_constant=_refuse_constant
        )
    except (json.JSONDecodeError, _ConstantError):
        raise JsonError(_diagnosis(text)) from None
    except RecursionError:
        raise JsonError(["is nested too deeply to be read"]) from None
    if problems:
        raise JsonError(problems)
    return read


def load(given: Mapping[str, Any] | str | bytes) -> tuple[Any, list[Fault]]:
    """What a mapping says or JSON reads as, independent of what was given; and what is wrong with it."""
    if isinstance(given, (str, bytes)):
        try:
            return parse(given if isinstance(given, str) else decode(given)), []
        except JsonError as error:
            return None, [Fault("", problem) for problem in error.problems]
    try:
        faults = list(unfit(given))
        return (None, faults) if faults else (json.loads(write(given)), [])
    except RecursionError:
        return None, [Fault("", "is nested too deeply, or contains itself")]
    except ValueError as error:  # a number with more digits than Python turns into text
        return None, [Fault("", f"can't be written as JSON: {error}")]


def write(value: Any) -> str:
    """JSON without spaces, its members in the order they have. For what :func:`unfit` has nothing against.

    Raises:
        ValueError: it contains itself, or a number with too many digits.
        RecursionError: it is nested too deeply.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_as_json)
    # Half of a character has no encoding, so it is written as the escape that it can only have come from.
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def unfit(value: object, path: str = "") -> Iterator[Fault]:
    """What of a Python value JSON has no form for."""
    kind = type(value).__name__
    if isinstance(value, Mapping):
        for key, inner in cast("Mapping[object, Any]", value).items():
            if isinstance(key, str):
                yield from unfit(inner, below(path, key))
            else:
                yield Fault(path, f"has the key {key!r}; JSON has texts for keys")
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray, memoryview)):
        for index, inner in enumerate(cast("Sequence[object]", value)):
            yield from unfit(inner, f"{path}[{index}]")
    elif isinstance(value, float) and not math.isfinite(value):
        yield Fault(path, f"is {value}, which JSON doesn't have")
    elif value is not None and not isinstance(value, (str, int, float)):
        yield Fault(path, f"is a {kind}, which JSON has no form for")


def below(path: str, key: str) -> str:
    """The path of a member: ``Head.Title``, ``Props["--color"]``."""
    if not _PLAIN_KEY.fullmatch(key):
        return f"{path}[{json.dumps(key, ensure_ascii=False)}]"
    return f"{path}.{key}" if path else key


class _ConstantError(Exception):
    """Python would read NaN and Infinity as numbers; JSON has no such thing."""


def _refuse_constant(name: str) -> NoReturn:
    raise _ConstantError(name)


def _as_json(value: object) -> object:
    """Mappings and sequences of other kinds than Python's own."""
    mapping = isinstance(value, Mapping)
    return dict(cast("Mapping[str, Any]", value)) if mapping else list(cast("Sequence[Any]", value))


def _diagnosis(text: str) -> list[str]:
    """Why a text isn't JSON: what people are used to from other languages, all of it, and then whatever else."""
    found: list[tuple[int, str]] = []
    rest = text
    for pattern, problem in (
        (_COMMENT, "a comment, which JSON doesn't have: remove it"),
        (_TRAILING_COMMA, "a comma after the last item, which JSON doesn't have: remove it"),
        (_CONSTANT, "{}, which is no number in JSON; null or a text would be"),
    ):
        matches = [match for match in pattern.finditer(rest) if match[1] is not None]
        found += [(match.start(1), problem.format(match[1])) for match in matches]
        rest = pattern.sub(lambda match: match[0] if match[1] is None else _blank(match[1]), rest)
    try:
        json.loads(rest)
    except json.JSONDecodeError as error:
        found.append((error.pos, error.msg[:1].lower() + error.msg[1:]))
    except (ValueError, RecursionError):  # found out as well when the others are mended
        pass
    return [f"{_place(text, position)}: {problem}" for position, problem in sorted(found)]


def _blank(text: str) -> str:
    """What is as long, with its lines, and says nothing; ``null`` for a number that is none."""
    return "null".ljust(len(text)) if text.endswith(("Infinity", "NaN")) else re.sub(r"[^\n]", " ", text)


def _place(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - (text.rfind(chr(10), 0, position) + 1) + 1}"


def _cut(digits: str) -> str:
    return digits if len(digits) <= _MOST_DIGITS_SHOWN else f"{digits[:_MOST_DIGITS_SHOWN]}…"


_MOST_DIGITS_SHOWN = 20
