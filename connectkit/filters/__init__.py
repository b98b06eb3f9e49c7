"""Conditions on cases, composed in Python: references to fields, their operators, and what combines them.

::

    stale = F.status.eq("open") & F.last_updated_datetime.lt(month_ago) & ~F.tag("team").eq("legal")

Pure: it does no I/O, and loads pydantic only for a filter that is to become a model.
"""

from .fields import F as F, Fields as Fields
from .filter import Filter as Filter, HasFields as HasFields, all_of as all_of, any_of as any_of
from .nodes import (
    AllOf as AllOf,
    AnyOf as AnyOf,
    Comparison as Comparison,
    Node as Node,
    Not as Not,
    TagComparison as TagComparison,
)
from .order import Descending as Descending
from .references import (
    AnyRef as AnyRef,
    BooleanRef as BooleanRef,
    DateTimeRef as DateTimeRef,
    FieldRef as FieldRef,
    NumberRef as NumberRef,
    SelectRef as SelectRef,
    TextRef as TextRef,
    TypedRef as TypedRef,
    UrlRef as UrlRef,
    UserRef as UserRef,
    choices_of as choices_of,
    reference as reference,
    typed as typed,
)
from .system_fields import READ_ONLY_FIELDS as READ_ONLY_FIELDS, SYSTEM_FIELDS as SYSTEM_FIELDS
from .tags import TagRef as TagRef

__all__ = [
    "READ_ONLY_FIELDS",
    "SYSTEM_FIELDS",
    "AllOf",
    "AnyOf",
    "AnyRef",
    "BooleanRef",
    "Comparison",
    "DateTimeRef",
    "Descending",
    "F",
    "FieldRef",
    "Fields",
    "Filter",
    "HasFields",
    "Node",
    "Not",
    "NumberRef",
    "SelectRef",
    "TagComparison",
    "TagRef",
    "TextRef",
    "TypedRef",
    "UrlRef",
    "UserRef",
    "all_of",
    "any_of",
    "choices_of",
    "reference",
    "typed",
]
