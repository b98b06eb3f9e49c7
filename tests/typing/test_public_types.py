"""Every public name has a type that checkers needn't guess, and a description."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import griffe
import pytest

import connectkit
from connectkit import models
from connectkit.models import connect, connectcases

from . import checkers
from .surface import members, public


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return checkers.type_completeness("connectkit", elsewhere=tmp_path_factory.mktemp("elsewhere"))


def guessed(symbols: list[dict[str, Any]]) -> list[str]:
    """The causes alone: a class that inherits from an incomplete one is none."""
    return sorted(
        f"{symbol['name']}: {diagnostic['message'].splitlines()[0]}"
        for symbol in symbols
        for diagnostic in symbol["diagnostics"]
        if diagnostic["severity"] == "error" and "partially unknown" not in diagnostic["message"]
    )


def test_no_public_type_is_left_to_be_guessed(verified: dict[str, Any]) -> None:
    # pyright's own "score" leaves out what is referred to but not exported, so it isn't enough.
    found = guessed(verified["symbols"])
    assert not found, "\n" + "\n".join(found)
    assert verified["completenessScore"] == 1


def test_every_public_symbol_was_looked_at(verified: dict[str, Any]) -> None:
    assert Path(verified["pyTypedPath"]).parent == Path(connectkit.__file__).parent
    names = {symbol["name"] for symbol in verified["symbols"]}
    assert {f"connectkit.{name}" for name in connectkit.__all__ if name != "__version__"} <= names
    assert {f"connectkit.models.{name}" for name in models.__all__} <= names
    for service in (connect, connectcases):
        assert {f"{service.__name__}.{name}" for name in service.__all__} <= names


def test_every_public_function_and_class_is_described(verified: dict[str, Any]) -> None:
    assert verified["missingFunctionDocStringCount"] == 0
    assert verified["missingClassDocStringCount"] == 0


# pydantic's own.
UNDESCRIBED = {"model_config", "connectkit.__version__"}


def described(owner: griffe.Object, name: str, thing: griffe.Object) -> bool:
    """Whether it says what it is, or sets anew what a base describes."""
    if thing.docstring is not None:
        return True
    bases = owner.mro() if isinstance(owner, griffe.Class) else []
    return any(name in base.members and base.members[name].docstring is not None for base in bases)


def test_everything_else_that_is_public_is_described() -> None:
    """pyright asks it of classes and functions; properties, attributes and aliases have readers too."""
    bare = [
        f"{path}.{name}"
        for path, thing in public().items()
        for name, one in [("", thing), *members(path, thing)]
        if not name.endswith("__") and (name or path) not in UNDESCRIBED and not described(thing, name, one)
    ]
    assert not bare, "\n" + "\n".join(bare)
