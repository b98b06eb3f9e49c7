"""Which method of a facade a call of the service was made for: what `codegen/data/permissions.toml` must tell of it."""

from __future__ import annotations

import inspect
from types import FrameType
from typing import Any, cast

import connectkit
from codegen.files import PERMISSIONS, read_toml
from connectkit import Pager
from connectkit._transport import Transport
from connectkit.models import Request

METHODS: dict[str, list[str]] = read_toml(PERMISSIONS)["methods"]
_FACADES = {kind: name for name in connectkit.__all__ if isinstance(kind := getattr(connectkit, name), type)}
_TESTS = __file__.rpartition("resources")[0]
_RESOURCES = f"{connectkit.__path__[0]}/resources/"


class Asked:
    """Notes what is asked for while it watches, and by which method."""

    def __init__(self) -> None:
        self.untold: list[str] = []
        """What the table doesn't know of."""
        # By id, and kept, so that no other gets that id.
        self._pagers: dict[int, tuple[object, str]] = {}

    def watch(self, monkeypatch: Any) -> None:
        """Begin."""
        for name in ("send", "send_plain"):
            monkeypatch.setattr(Transport, name, self._noting(getattr(Transport, name)))
        make = cast("Any", Pager).__init__

        def noted(pager: Pager[Any, Any], *arguments: Any, **options: Any) -> None:
            make(pager, *arguments, **options)
            if method := self._method():
                self._pagers[id(pager)] = pager, method

        monkeypatch.setattr(Pager, "__init__", noted)

    def _noting(self, send: Any) -> Any:
        def noted(transport: Transport, request: Request[Any]) -> Any:
            method, operation = self._method(), request.operation.name
            if method is not None and operation not in told(method):
                self.untold.append(f"{method} asks for {operation}")
            return send(transport, request)

        return noted

    def _method(self) -> str | None:
        """The outermost public method between here and the test; of pages, the one that their pager was made in."""
        found: str | None = None
        frame: FrameType | None = inspect.currentframe()
        while frame is not None and frame.f_code.co_filename == __file__:
            frame = frame.f_back
        while frame is not None and not frame.f_code.co_filename.startswith(_TESTS):
            owner: object = frame.f_locals.get("self")
            if id(owner) in self._pagers:
                return self._pagers[id(owner)][1]
            if frame.f_code.co_filename.startswith(_RESOURCES):
                name, lineage = frame.f_code.co_name, inspect.getmro(type(owner))
                kinds = [kind for kind in lineage if kind in _FACADES and hasattr(kind, name)]
                if kinds and (not name.startswith("_") or name.startswith("__")):
                    found = f"{_FACADES[kinds[-1]]}.{name}"
            frame = frame.f_back
        return found


def told(method: str) -> set[str]:
    """The operations that the table has for a method; what goes through something lists it."""
    facade = method.partition(".")[0]
    method = f"{facade}.list" if method.endswith(".__iter__") else method
    return set(" ".join(METHODS.get(method) or METHODS.get(facade, [])).split())
