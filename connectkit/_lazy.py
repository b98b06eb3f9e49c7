"""Load a package's modules when a name of theirs is first asked for (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from ._collector import paused


def lazy_attributes(
    package: str, homes: Mapping[str, Sequence[str]], *, packages: Sequence[str] = ()
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` for ``package``.

    Args:
        package: Name of the package.
        homes: Its modules, and the names of each that the package offers.
        packages: Packages inside it, which are offered themselves.
    """
    home_of = {name: module for module, names in homes.items() for name in names}

    def __getattr__(name: str) -> Any:  # noqa: N807 - this becomes the package's
        if name in packages:
            return import_module(f"{package}.{name}")
        module = home_of.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        with paused():
            value = getattr(import_module(f"{package}.{module}"), name)
        setattr(sys.modules[package], name, value)
        return value

    def __dir__() -> list[str]:  # noqa: N807 - this becomes the package's
        return sorted({*vars(sys.modules[package]), *home_of, *packages})

    return __getattr__, __dir__
