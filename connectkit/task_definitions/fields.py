"""The fields of a task template, with what is asked of each and what it starts with: a class for each type.

What a field is constrained to is an attribute of the field itself. So nothing can be constrained that isn't a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field as member
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from typing_extensions import TypedDict, Unpack

from .values import TaskValue, as_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "BooleanField",
    "DateTimeField",
    "DescriptionField",
    "EmailField",
    "ExpiryField",
    "FieldRules",
    "NameField",
    "NameRules",
    "NumberField",
    "QuickConnectField",
    "ScheduledTimeField",
    "SelectField",
    "SelfAssignField",
    "TaskField",
    "TextAreaField",
    "TextField",
    "UrlField",
    "field_of",
]


class NameRules(TypedDict, total=False):
    """What can be said of the field for a task's name, which is always required."""

    description: str | None
    """Hint for the agent on what to enter."""
    read_only: bool
    """Whether agents see it but can't change it."""
    invisible: bool
    """Whether agents don't see it."""


class FieldRules(NameRules, total=False):
    """What can be said of a field of any other type."""

    required: bool
    """Whether it must be filled in."""


@dataclass(frozen=True, eq=False, repr=False)
class TaskField:
    """A field of a task template. Of a type that has no class of its own here, this one is the class."""

    name: str
    """Its name, unique in the template."""
    type: str
    """What it holds, in the API's word: ``TEXT``."""
    description: str | None = None
    """Hint for the agent on what to enter."""
    required: bool = False
    """Whether it must be filled in."""
    read_only: bool = False
    """Whether agents see it but can't change it."""
    invisible: bool = False
    """Whether agents don't see it."""
    default: str | None = None
    """What it starts with, as the service keeps it; ``None`` for nothing."""
    options: tuple[str, ...] = ()
    """What can be chosen, in a field of type ``SINGLE_SELECT``."""
    other: Mapping[str, Any] = member(default_factory=dict[str, Any])
    """Members of a field that this version doesn't know, under their wire names, as they were read."""

    def with_default(self, default: str | None) -> TaskField:
        """The same field with another default, as the service keeps it."""
        told = {word: getattr(self, word) for word in ("description", "required", "read_only", "invisible")}
        return field_of(self.name, self.type, default=default, options=self.options, other=self.other, **told)

    def _told(self) -> tuple[Any, ...]:
        flags = (self.required, self.read_only, self.invisible)
        return (self.name, self.type, self.description, *flags, self.default, self.options, dict(self.other))

    def __eq__(self, other: object) -> bool:
        return self._told() == other._told() if isinstance(other, TaskField) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.type))

    def __repr__(self) -> str:
        own = type(self)
        given = [repr(self.name)] if own is not TaskField else [repr(self.name), repr(self.type)]
        if self.options:
            given.append(f"options={list(self.options)!r}")
        if self.description is not None:
            given.append(f"description={self.description!r}")
        words = ("read_only", "invisible") if own is NameField else ("required", "read_only", "invisible")
        given += [f"{word}=True" for word in words if getattr(self, word)]
        if self.default is not None:
            given.append(f"default={self.default!r}")
        if self.other:
            given.append(f"other={dict(self.other)!r}")
        return f"{own.__name__}({', '.join(given)})"

    def _set(self, name: str, type_: str, default: TaskValue | None, rules: Mapping[str, Any], **more: Any) -> None:
        text = None if default is None else as_text(default, field=name)
        TaskField.__init__(self, name, type_, default=text, **rules, **more)


class NameField(TaskField):
    """The task's name. A template has exactly one, and it is required."""

    def __init__(self, name: str, *, default: str | None = None, **rules: Unpack[NameRules]) -> None:
        self._set(name, "NAME", default, {**rules, "required": True})


class DescriptionField(TaskField):
    """The task's description."""

    def __init__(self, name: str, *, default: str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "DESCRIPTION", default, rules)


class ScheduledTimeField(TaskField):
    """When the task is to begin."""

    def __init__(self, name: str, *, default: datetime | str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "SCHEDULED_TIME", default, rules)


class QuickConnectField(TaskField):
    """Whom the task is for. Its default is a quick connect, by id or name."""

    def __init__(self, name: str, *, default: str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "QUICK_CONNECT", default, rules)


class SelfAssignField(TaskField):
    """Whether the agent who creates the task takes it."""

    def __init__(self, name: str, *, default: bool | str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "SELF_ASSIGN", default, rules)


class ExpiryField(TaskField):
    """When the task ends by itself, in minutes from its beginning."""

    def __init__(self, name: str, *, default: int | timedelta | str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "EXPIRY_DURATION", default, rules)


class TextField(TaskField):
    """A line of text, of fewer than 512 characters."""

    def __init__(self, name: str, *, default: str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "TEXT", default, rules)


class TextAreaField(TaskField):
    """A text of several lines, of fewer than 4,096 characters."""

    def __init__(self, name: str, *, default: str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "TEXT_AREA", default, rules)


class NumberField(TaskField):
    """A number."""

    def __init__(self, name: str, *, default: float | Decimal | str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "NUMBER", default, rules)


class BooleanField(TaskField):
    """Yes or no."""

    def __init__(self, name: str, *, default: bool | str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "BOOLEAN", default, rules)


class DateTimeField(TaskField):
    """A moment."""

    def __init__(self, name: str, *, default: datetime | str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "DATE_TIME", default, rules)


class UrlField(TaskField):
    """A URL."""

    def __init__(self, name: str, *, default: str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "URL", default, rules)


class EmailField(TaskField):
    """An email address."""

    def __init__(self, name: str, *, default: str | None = None, **rules: Unpack[FieldRules]) -> None:
        self._set(name, "EMAIL", default, rules)


class SelectField(TaskField):
    """One of several options."""

    def __init__(
        self, name: str, *, options: Iterable[str], default: str | None = None, **rules: Unpack[FieldRules]
    ) -> None:
        self._set(name, "SINGLE_SELECT", default, rules, options=tuple(options))


_CLASSES: Mapping[str, type[TaskField]] = {
    "NAME": NameField,
    "DESCRIPTION": DescriptionField,
    "SCHEDULED_TIME": ScheduledTimeField,
    "QUICK_CONNECT": QuickConnectField,
    "SELF_ASSIGN": SelfAssignField,
    "EXPIRY_DURATION": ExpiryField,
    "TEXT": TextField,
    "TEXT_AREA": TextAreaField,
    "NUMBER": NumberField,
    "BOOLEAN": BooleanField,
    "DATE_TIME": DateTimeField,
    "URL": UrlField,
    "EMAIL": EmailField,
    "SINGLE_SELECT": SelectField,
}


def field_of(name: str, type_: str, **told: Any) -> TaskField:
    """A field of this type, of its class, with the attributes of a :class:`TaskField`.

    Unlike the classes' own constructors this can make what no template may have, such as a name that isn't required:
    for what was read, and may be wrong.
    """
    made = object.__new__(_CLASSES.get(type_, TaskField))
    begin: Callable[..., None] = TaskField.__init__
    begin(made, name, type_, **told)
    return made
