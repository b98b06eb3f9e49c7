"""What every generated model is made of: ``Shape``, one structure of the service model, and ``Union``, a tagged one.

A class has *two* ways in, and pydantic keeps them apart for us:

* **Python** (the constructor, ``model_validate``) is strict: a required member must be there, an unknown name is
  refused, so a typing slip fails where it was made.
* **JSON** (``from_json``, ``from_wire``) is how the service speaks, and is read leniently: a "required" member may be
  missing or null, and members that this version doesn't know are kept. Only requests are strict there as well; what
  is nested in them is checked against the installed botocore before it is sent.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from pydantic import BaseModel, ConfigDict
from pydantic_core import core_schema
from typing_extensions import Self, dataclass_transform

from ._declare import Wire, aware, lenient_model

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

__all__ = ["Shape", "Union", "to_wire"]

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass

    # Checkers look for this on the metaclass: pydantic's own knows nothing of Wire, and would take it for a default.
    @dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Wire,))
    class _Declared(ModelMetaclass):
        """How a model is declared, for type checkers."""
else:
    _Declared = type(BaseModel)


class Shape(BaseModel, metaclass=_Declared):
    """One structure of the service model. Immutable; change a copy with ``model_copy(update=...)``."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid",
        # Checking each name against "model_" takes longer than it's worth: the generator refuses names that clash.
        protected_namespaces=(),
        populate_by_name=True,
        # Most processes use a handful of classes: each builds its validators when it's first used.
        defer_build=True,
        loc_by_alias=False,
    )

    @classmethod
    def from_wire(cls, mapping: Mapping[str, Any], /) -> Self:
        """Read the dictionary that boto3 gives or takes, under its wire names.

        Missing and null members, unknown members and unknown enum values are kept as they are.

        Raises:
            pydantic.ValidationError: a member holds something of another type.
        """
        import json  # seldom needed, and not free to import

        return cls.from_json(json.dumps(mapping, default=_jsonable))

    @classmethod
    def from_json(cls, body: str | bytes | bytearray, /) -> Self:
        """Read a JSON document, as the service sends it.

        Raises:
            pydantic.ValidationError: it isn't JSON, or a member holds something of another type.
        """
        if not cls.__pydantic_complete__:
            cls.model_rebuild()
        read: Self = cls.__pydantic_validator__.validate_json(body)
        return read

    def to_wire(self) -> dict[str, Any]:
        """The same data under its wire names: what boto3 gives or takes.

        What was never set is left out; what was set or read is there, ``False``, ``0``, ``""`` and ``None`` included.
        """
        return to_wire(self, keep_null=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with some attributes changed.

        Args:
            update: New values by attribute name; they aren't validated.
            deep: Copy what the attributes hold as well.

        Raises:
            TypeError: there is no such attribute.
        """
        for name in update or ():
            if name not in type(self).model_fields:
                raise TypeError(_no_attribute(type(self), name))
        return super().model_copy(update=update, deep=deep)

    def model_dump_json(self, *, by_alias: bool | None = True, **options: Any) -> str:
        """JSON under the wire names, which ``from_json`` and ``model_validate_json`` read back.

        Args:
            by_alias: ``False`` for attribute names, which they don't.
            options: What pydantic's method takes.
        """
        return super().model_dump_json(by_alias=by_alias, **options)

    @classmethod
    def wire_names(cls) -> Mapping[str, str]:
        """Attribute name to wire name, in the service model's order."""
        return _wire_names(cls)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "core_schema.CoreSchema":
        strict = handler(source)
        if strict["type"] != "model":
            return strict
        strict = cast("Any", dict(strict))
        reference = strict.pop("ref", None)
        lenient = lenient_model(strict)
        return core_schema.json_or_python_schema(
            json_schema=lenient,
            python_schema=strict,
            ref=reference,
            # What was read leniently must also be dumped, extras included.
            serialization=cast("Any", lenient),
        )

    def __eq__(self, other: object) -> bool:
        # Up to pydantic 2.12 "no room for unknown members" and "no unknown members" are different things.
        if not isinstance(other, Shape) or type(self) is not type(other):
            return NotImplemented
        mine, theirs = self.__pydantic_extra__ or {}, other.__pydantic_extra__ or {}
        return self.__dict__ == other.__dict__ and mine == theirs

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    # pydantic's own `frozen` makes a hash function for each class, which is a twentieth of the time to import them all.

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_"):
            raise AttributeError(_unchanging(self, name))
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(_unchanging(self, name))

    def __repr_args__(self) -> Any:
        known = type(self).model_fields
        for name in known:
            if _is_set(self, name) and known[name].repr:
                yield name, self.__dict__[name]
        for name in self.__pydantic_extra__ or ():
            # What nobody knows yet may be sensitive: its name is enough to notice it.
            yield name, _UNKNOWN


def _no_attribute(model: type[Shape], name: str) -> str:
    from difflib import get_close_matches

    wires = {wire: attribute for attribute, wire in _wire_names(model).items()}
    near = wires.get(name) or next(iter(get_close_matches(name, list(model.model_fields), n=1)), None)
    return f"{model.__name__} has no attribute {name!r}" + (f"; did you mean {near!r}?" if near else "")


def _unchanging(shape: Shape, name: str) -> str:
    called = type(shape).__name__
    if name not in type(shape).model_fields:
        return _no_attribute(type(shape), name)
    return f"{called} doesn't change; make another one with model_copy(update={{{name!r}: ...}})"


class _Unknown:
    def __repr__(self) -> str:
        return "<unknown member>"


_UNKNOWN = _Unknown()
_WIRE_NAMES: "dict[type[Shape], dict[str, str]]" = {}


def _wire_names(cls: "type[Shape]") -> dict[str, str]:
    names = _WIRE_NAMES.get(cls)
    if names is None:
        names = {attribute: info.alias or attribute for attribute, info in cls.model_fields.items()}
        _WIRE_NAMES[cls] = names
    return names


def _is_set(shape: "Shape", attribute: str) -> bool:
    if attribute not in shape.__pydantic_fields_set__:
        return False
    # pydantic notes unknown members there as well, and one of them may be called as an attribute of ours is.
    extra = shape.__pydantic_extra__
    return not extra or attribute not in extra or shape.__dict__[attribute] is not None


def to_wire(shape: "Shape", *, keep_null: bool) -> dict[str, Any]:
    """What is set in ``shape``, under wire names; with or without what is set to ``None``."""
    held = shape.__dict__
    out: dict[str, Any] = {}
    for attribute, wire in _wire_names(type(shape)).items():
        if _is_set(shape, attribute):
            value = held[attribute]
            if value is not None:
                out[wire] = _plain(value, keep_null=keep_null)
            elif keep_null:
                out[wire] = None
    extra = shape.__pydantic_extra__
    if extra:
        out.update(extra)
    return out


def _plain(value: Any, *, keep_null: bool) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Shape):
        return to_wire(value, keep_null=keep_null)
    if isinstance(value, (list, tuple)):
        return [_plain(item, keep_null=keep_null) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {key: _plain(item, keep_null=keep_null) for key, item in cast("dict[str, Any]", value).items()}
    return value


def _jsonable(value: Any) -> Any:
    if isinstance(value, datetime):
        return aware(value).isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} can't be on the wire")


class Union(Shape):
    """A tagged union: exactly one of its members is set in a request.

    A response may hold none, several, or one that nobody knows yet; all of that can be read and is kept.
    """

    @property
    def member(self) -> str | None:
        """Wire name of the one member that is set; ``None`` when none is, or more than one."""
        only = self._only()
        return only[0] if only else None

    @property
    def value(self) -> Any:
        """What the one member that is set holds; ``None`` when none is, or more than one."""
        only = self._only()
        return only[1] if only else None

    def _only(self) -> tuple[str, Any] | None:
        held = self.__dict__
        there = [(wire, held[name]) for name, wire in _wire_names(type(self)).items() if held[name] is not None]
        extra = self.__pydantic_extra__
        if extra:
            # "__type" is the protocol's, not a member (botocore leaves it out as well).
            there += [(name, value) for name, value in extra.items() if value is not None and name != "__type"]
        return there[0] if len(there) == 1 else None
