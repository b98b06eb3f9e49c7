"""Cases where a method takes them: by id, or as what has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from ..errors import Fault, RequestError
from ._base import Resource, elsewhere

if TYPE_CHECKING:
    from ._scope import Scope
    from .cases.case import Case

__all__ = ["CaseOrId", "case_id"]

CaseOrId: TypeAlias = "str | Case"
"""A case, or its id."""


def case_id(scope: Scope, given: CaseOrId, *, operation: str, path: str) -> str:
    """The id of a case in this domain.

    Args:
        scope: The domain.
        given: The case.
        operation: What it is for, for the error.
        path: What the caller calls it, for the error.

    Raises:
        TypeError: it is neither an id nor a case.
        RequestError: it is a case of another domain.
    """
    if isinstance(given, str):
        return given
    other = cast("object", given)
    if not isinstance(other, Resource) or other.kind != "case":
        raise TypeError(f"{path}: a case is given as its id or itself, not as {other!r}")
    if (problem := elsewhere(other, scope.domain_id)) is not None:
        raise RequestError(operation=operation, faults=[Fault(path, problem)])
    return other.id
