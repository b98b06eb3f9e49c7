"""Ids of what a request names, however it is named: all that can't be found in one error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias, cast

from ...errors import Fault, RequestError, UnknownNameError
from .._base import Resource, elsewhere, several

if TYPE_CHECKING:
    from .._names import Names
    from .._scope import Scope
    from ..schema import FieldName
    from .case_rules import CaseRule
    from .layouts import Layout
    from .templates import Template

__all__ = ["CaseRuleName", "LayoutName", "Resolving", "TemplateName"]

LayoutName: TypeAlias = "str | Layout"
"""A layout, by its name or id, or as the resource that it is."""

TemplateName: TypeAlias = "str | Template"
"""A template, by its name or id, or as the resource that it is."""

CaseRuleName: TypeAlias = "str | CaseRule"
"""A case rule, by its name or id, or as the resource that it is."""


class Resolving:
    """Finds the ids for one request, and remembers what it couldn't find. :meth:`finish` ends it."""

    def __init__(self, scope: Scope, operation: str) -> None:
        """Begin; ``operation`` is what the request is for."""
        self._scope, self._operation = scope, operation
        self.faults: list[Fault] = []
        """What was wrong so far."""

    def fault(self, path: str, problem: str) -> None:
        """Note something that is wrong."""
        self.faults.append(Fault(path, problem))

    def finish(self) -> None:
        """Raise what was noted, if anything was.

        Raises:
            RequestError: with everything that is wrong.
        """
        if self.faults:
            raise RequestError(operation=self._operation, faults=self.faults)

    def field(self, given: FieldName, path: str) -> str:
        """The id of a field; empty, and noted, if there is no such field."""
        if isinstance(given, Resource):
            return self._of_kind(given, "field", path)
        try:
            return self._scope.schema.resolve(given).id
        except UnknownNameError as error:
            self.fault(path, str(error))
            return ""

    def fields(self, given: Iterable[FieldName], path: str) -> list[str]:
        """The ids of some fields, none of them twice, in the order given."""
        found: dict[str, str] = {}
        for index, one in enumerate(several(given, path)):
            place = f"{path}[{index}]"
            id_ = self.field(one, place)
            if id_ in found:
                self.fault(place, f"is field {self._scope.schema.name(id_)!r}, as {found[id_]} is: say it once")
            elif id_:
                found[id_] = place
        return list(found)

    def layout(self, given: LayoutName, path: str) -> str:
        """The id of a layout; empty, and noted, if nothing has that name."""
        return self._named(given, "layout", self._scope.layouts, path)

    def case_rule(self, given: CaseRuleName, path: str) -> str:
        """The id of a case rule; empty, and noted, if nothing has that name."""
        return self._named(given, "case rule", self._scope.case_rules, path)

    def _named(self, given: str | Resource, kind: str, names: Names, path: str) -> str:
        if isinstance(given, Resource):
            return self._of_kind(given, kind, path)
        if not isinstance(cast("object", given), str):
            raise TypeError(f"{path}: a {kind} is named by its id or its name, a str, not {type(given).__name__}")
        try:
            return names.id(given)
        except UnknownNameError as error:
            self.fault(path, str(error))
            return ""

    def _of_kind(self, given: Resource, kind: str, path: str) -> str:
        if given.kind != kind:
            raise TypeError(f"{path} is to be a {kind}, not a {given.kind}")
        if (problem := elsewhere(given, self._scope.domain_id)) is not None:
            self.fault(path, problem)
        return given.id
