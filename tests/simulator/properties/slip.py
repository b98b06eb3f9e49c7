"""What a slip is: a change that makes a valid request wrong although it still fits its shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from .wire import INVALID
from .world import Ids

__all__ = ["CONFLICT", "DUPLICATE", "NOT_FOUND", "PROPERTY", "QUOTA", "Change", "Of", "Params", "Slip", "put", "text"]

Params = dict[str, Any]
Change = Callable[[Params, Ids], None]

CONFLICT: Final = frozenset({"ConflictException"})
NOT_FOUND: Final = frozenset({"ResourceNotFoundException"})
DUPLICATE: Final = frozenset({"DuplicateResourceException"})
PROPERTY: Final = frozenset({"PropertyValidationException"})
QUOTA: Final = frozenset({"ServiceQuotaExceededException"})


@dataclass(frozen=True)
class Slip:
    """A change that makes a valid request for an operation wrong, and what is to come of it."""

    operation: str
    change: Change
    says: str = ""
    """What the error's text has in it."""
    codes: frozenset[str] = INVALID


@dataclass(frozen=True)
class Of:
    """Stands for an identifier of a world, by its name and where needed the key under it."""

    name: str
    key: str = ""
    form: str = "{}"
    """The text around it."""

    def resolve(self, ids: Ids) -> str:
        """Give the identifier."""
        held = getattr(ids, self.name)
        return self.form.format(held[self.key] if self.key else held)


def put(**members: Any) -> Change:
    """Set members of a request, with identifiers of the world in the place of each :class:`Of`."""

    def change(params: Params, ids: Ids) -> None:
        params.update(_resolve(members, ids))

    return change


def _resolve(value: Any, ids: Ids) -> Any:
    if isinstance(value, Of):
        return value.resolve(ids)
    if isinstance(value, dict):
        return {name: _resolve(item, ids) for name, item in cast("Params", value).items()}
    if isinstance(value, list):
        return [_resolve(item, ids) for item in cast("Sequence[Any]", value)]
    return value


def text(value: str) -> Params:
    """A text in the union of values."""
    return {"stringValue": value}
