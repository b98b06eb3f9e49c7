"""References to fields: by their type they have the operators that make sense for it, and give filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final, Generic, TypeAlias, TypeVar

from typing_extensions import override

from ..errors import FilterError
from ..values import Choices, PlainValue, encode
from .filter import Filter, any_of
from .fixed import Fixed
from .nodes import Comparison
from .system_fields import operators

__all__ = [
    "AnyRef",
    "BooleanRef",
    "DateTimeRef",
    "FieldRef",
    "NumberRef",
    "SelectRef",
    "TextRef",
    "TypedRef",
    "UrlRef",
    "UserRef",
    "choices_of",
    "reference",
    "typed",
]

V_co = TypeVar("V_co", covariant=True)
G_contra = TypeVar("G_contra", contravariant=True)

_Given: TypeAlias = "str | float | Decimal | bool | datetime"


class FieldRef(Fixed, Generic[V_co]):
    """A reference to a field whose values are read as ``V_co``. Filters come out of its operators.

    ``==`` makes a filter, so references can't be compared with each other; as keys of a dictionary each stands for
    itself alone.
    """

    __slots__ = ("_choices", "id", "name", "type")

    def __init__(
        self,
        id: str,  # noqa: A002 - the API's own word
        type: str,  # noqa: A002 - the API's own word
        *,
        name: str | None = None,
        choices: Callable[[], Choices] | None = None,
    ) -> None:
        if not isinstance(id, str) or not id:  # pyright: ignore[reportUnnecessaryIsInstance] - callers needn't be typed
            raise FilterError(f"the ID of a field is a str that isn't empty, not {id!r}")
        self.id: Final[str] = id
        """ID of the field: a UUID, or for system fields a word such as ``status``."""
        self.type: Final[str] = type
        """Type of the field, in the service's word: ``Text``, ``SingleSelect``, …; may be one that nobody knows yet."""
        self.name: Final[str | None] = name
        """What people call the field, if that is known."""
        self._choices: Final[Callable[[], Choices] | None] = choices

    def is_empty(self) -> Filter:
        """Cases without a value in this field."""
        return Filter(Comparison(self.id, "equalTo", "emptyValue", None, self.type))

    def is_set(self) -> Filter:
        """Cases with a value in this field."""
        return ~self.is_empty()

    @override
    def __hash__(self) -> int:
        return id(self)

    @override
    def __repr__(self) -> str:
        return f"{self.__class__.__name__}({self.id!r}{f', name={self.name!r}' if self.name else ''})"


class _Equatable(FieldRef[V_co], Generic[V_co, G_contra]):
    """A field whose values are compared with ``G_contra``, for being the same."""

    __slots__ = ()

    def eq(self, value: G_contra) -> Filter:
        """Cases with exactly this value. Also written ``==``."""
        return _compared(self, "equalTo", "eq", value)

    def ne(self, value: G_contra) -> Filter:
        """Cases with any other value, and those without one. Also written ``!=``."""
        return ~_compared(self, "equalTo", "ne", value)

    def one_of(self, *values: G_contra) -> Filter:
        """Cases with one of these values: ``one_of("open", "closed")``.

        Raises:
            FilterError: there are none.
        """
        if not values:
            raise FilterError(f"field {_called(self)!r}: one_of() needs at least one value")
        if isinstance(values[0], (list, tuple, set, frozenset)):
            raise FilterError(f"field {_called(self)!r}: one_of() takes values one by one; say one_of(*values)")
        return any_of([_compared(self, "equalTo", "one_of", value) for value in values])

    @override
    def __eq__(self, value: G_contra) -> Filter:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride] - a filter is what == is for here
        return self.eq(value)

    @override
    def __ne__(self, value: G_contra) -> Filter:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride] - as above
        return self.ne(value)

    # A class with an __eq__ of its own would have none.
    @override
    def __hash__(self) -> int:
        return id(self)


class _Ordered(_Equatable[V_co, G_contra]):
    """A field whose values have an order as well."""

    __slots__ = ()

    def gt(self, value: G_contra) -> Filter:
        """Cases with a larger or later value. Also written ``>``."""
        return _compared(self, "greaterThan", "gt", value)

    def gte(self, value: G_contra) -> Filter:
        """Cases with this value, or a larger or later one. Also written ``>=``."""
        return _compared(self, "greaterThanOrEqualTo", "gte", value)

    def lt(self, value: G_contra) -> Filter:
        """Cases with a smaller or earlier value. Also written ``<``."""
        return _compared(self, "lessThan", "lt", value)

    def lte(self, value: G_contra) -> Filter:
        """Cases with this value, or a smaller or earlier one. Also written ``<=``."""
        return _compared(self, "lessThanOrEqualTo", "lte", value)

    def between(self, low: G_contra, high: G_contra) -> Filter:
        """Cases with a value from ``low`` to ``high``, both included.

        Raises:
            FilterError: ``low`` is above ``high``, so that no case could pass.
        """
        least = _compared(self, "greaterThanOrEqualTo", "between", low)
        most = _compared(self, "lessThanOrEqualTo", "between", high)
        if low > high:  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue] - both went through encode
            raise FilterError(
                f"field {_called(self)!r}: between({low!r}, {high!r}) holds nothing: say the lower one first"
            )
        return least & most

    __gt__ = gt
    __ge__ = gte
    __lt__ = lt
    __le__ = lte


class _Containing(FieldRef[V_co]):
    """A field whose values are text that can be looked into."""

    __slots__ = ()

    def contains(self, text: str) -> Filter:
        """Cases with this text somewhere in the value, in upper or lower case."""
        return _compared(self, "contains", "contains", text)


class TextRef(_Equatable[str, str], _Containing[str]):
    """A Text field."""

    __slots__ = ()

    def __init__(self, id: str, *, name: str | None = None) -> None:  # noqa: A002 - the API's own word
        super().__init__(id, "Text", name=name)


class UrlRef(_Equatable[str, str], _Containing[str]):
    """A Url field."""

    __slots__ = ()

    def __init__(self, id: str, *, name: str | None = None) -> None:  # noqa: A002 - the API's own word
        super().__init__(id, "Url", name=name)


class NumberRef(_Ordered[float, "float | Decimal"]):
    """A Number field."""

    __slots__ = ()

    def __init__(self, id: str, *, name: str | None = None) -> None:  # noqa: A002 - the API's own word
        super().__init__(id, "Number", name=name)


class DateTimeRef(_Ordered[datetime, datetime]):
    """A DateTime field. Values need a time zone."""

    __slots__ = ()

    def __init__(self, id: str, *, name: str | None = None) -> None:  # noqa: A002 - the API's own word
        super().__init__(id, "DateTime", name=name)


class BooleanRef(_Equatable[bool, bool]):
    """A Boolean field."""

    __slots__ = ()

    def __init__(self, id: str, *, name: str | None = None) -> None:  # noqa: A002 - the API's own word
        super().__init__(id, "Boolean", name=name)


class SelectRef(_Equatable[str, str]):
    """A SingleSelect field. Values are those of its options; where these are known, an option's name does as well."""

    __slots__ = ()

    def __init__(
        self,
        id: str,  # noqa: A002 - the API's own word
        *,
        name: str | None = None,
        choices: Callable[[], Choices] | None = None,
    ) -> None:
        super().__init__(id, "SingleSelect", name=name, choices=choices)


class UserRef(_Equatable[str, str]):
    """A User field. Values are ARNs of Connect users."""

    __slots__ = ()

    def __init__(self, id: str, *, name: str | None = None) -> None:  # noqa: A002 - the API's own word
        super().__init__(id, "User", name=name)


class AnyRef(_Ordered[PlainValue, _Given], _Containing[PlainValue]):
    """A field whose type only run time knows, as one by its name is.

    It has every operator; one that the field's type hasn't is refused when it is called.
    """

    __slots__ = ()

    @override
    def __repr__(self) -> str:
        return f"AnyRef({self.id!r}, {self.type!r}{f', name={self.name!r}' if self.name else ''})"


TypedRef: TypeAlias = "TextRef | NumberRef | BooleanRef | DateTimeRef | SelectRef | UrlRef | UserRef | AnyRef"
"""A reference to a field, by the type of the field; ``isinstance`` tells them apart."""

# What people call the two options that are in every domain. As values they would silently find nothing.
_FIXED_NAMES: Final = ("Open", "Closed")

_Simple: TypeAlias = "type[TextRef | NumberRef | BooleanRef | DateTimeRef | UrlRef | UserRef]"
_SIMPLE: Final[Mapping[str, _Simple]] = {
    "Text": TextRef,
    "Number": NumberRef,
    "Boolean": BooleanRef,
    "DateTime": DateTimeRef,
    "Url": UrlRef,
    "User": UserRef,
}


def reference(
    id: str,  # noqa: A002 - the API's own word
    type: str,  # noqa: A002 - the API's own word
    *,
    name: str | None = None,
    choices: Callable[[], Choices] | None = None,
) -> TypedRef:
    """The reference of the class that goes with ``type``; an ``AnyRef`` for a type that this version doesn't know."""
    if type == "SingleSelect":
        return SelectRef(id, name=name, choices=choices)
    simple = _SIMPLE.get(type)
    return simple(id, name=name) if simple else AnyRef(id, type, name=name, choices=choices)


def typed(ref: FieldRef[PlainValue]) -> TypedRef:
    """The same reference, of the class that goes with its type."""
    return reference(ref.id, ref.type, name=ref.name, choices=ref._choices)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - this module's own


def choices_of(ref: FieldRef[object]) -> Choices | None:
    """The options of the field, where the reference can know them; reading them may call the service."""
    return ref._choices() if ref._choices is not None else None  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as above


def _called(ref: FieldRef[object]) -> str:
    return ref.name or ref.id


def _compared(ref: FieldRef[object], comparison: str, operator: str, value: object) -> Filter:
    called = _called(ref)
    has = operators(ref.type)
    if operator not in has:
        raise FilterError(f"field {called!r} is of type {ref.type}, which has no {operator}(): it has {', '.join(has)}")
    if value is None:
        raise FilterError(f"field {called!r}: {operator}(None) compares with nothing; say is_empty() or is_set()")
    if ref.id == "status" and value in _FIXED_NAMES and ref._choices is None:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as above
        raise FilterError(f"field {called!r}: the value is {str(value).casefold()!r}; {value!r} is what people call it")
    ((member, wire),) = encode(value, ref.type, field=called, choices=choices_of(ref)).items()  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - which refuses what it can't write
    return Filter(Comparison(ref.id, comparison, member, wire, ref.type))
