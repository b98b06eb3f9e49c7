"""The order of a search, said by references: ``F.last_updated_datetime.desc()``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .references import FieldRef

__all__ = ["Descending"]


@dataclass(frozen=True, eq=False, repr=False)
class Descending:
    """A field to sort by, the last one first; its ``desc()`` makes it. Not compared: references aren't either."""

    field: FieldRef[Any]
    """The field."""

    def __repr__(self) -> str:
        return f"{self.field!r}.desc()"
