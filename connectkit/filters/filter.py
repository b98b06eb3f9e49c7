"""``Filter``: what comparisons give, what is combined, and what a search takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol, cast, overload, runtime_checkable

from ..errors import FilterError
from . import code, matching, wire
from .fixed import Fixed
from .nodes import AllOf, AnyOf, Node, combined, negated

if TYPE_CHECKING:
    from ..models.connectcases import CaseFilter

__all__ = ["Filter", "HasFields", "all_of", "any_of"]


@runtime_checkable
class HasFields(Protocol):
    """What a filter can look at: a case, or an event about one.

    If it has an attribute ``tags`` as well, a mapping of key to value or ``None``, filters on tags look there.
    """

    @property
    def fields(self) -> Mapping[str, Any] | Iterable[Any]:
        """Values by field ID, or a list of ``FieldValue`` as the service answers with."""
        ...


class Filter(Fixed):
    """A condition on cases. Immutable; combine filters with ``&``, ``|`` and ``~``, or ``all_of`` and ``any_of``.

    Filters are equal when they say the same on the wire, in the same order. ``repr`` is code that makes an equal one.
    """

    __slots__ = ("_node",)

    def __init__(self, node: Node) -> None:
        """Make a filter of its parts. References (``F.status.eq("open")``) are the way to get one."""
        self._node: Final = node

    @property
    def node(self) -> Node:
        """What it consists of: a ``Comparison``, ``TagComparison``, ``Not``, ``AllOf`` or ``AnyOf``."""
        return self._node

    def to_wire(self) -> dict[str, Any]:
        """The dictionary that boto3's ``search_cases`` takes for ``filter``.

        The service takes at most 10 terms in a list, so longer ones are put into lists of lists.
        """
        return wire.write(self._node)

    @classmethod
    def from_wire(cls, filter: Mapping[str, Any] | CaseFilter, /) -> Filter:  # noqa: A002 - the API's own word
        """Read a filter as the service has it, a dictionary or a ``CaseFilter``.

        Terms that were put into lists of lists come out of them; apart from that nothing is lost.

        Raises:
            FilterError: it isn't a filter, or has something that this version doesn't know; says where.
        """
        if isinstance(filter, Mapping):
            return Filter(wire.read(filter))
        to_wire = getattr(filter, "to_wire", None)
        return Filter(wire.read(to_wire() if callable(to_wire) else filter))

    def to_model(self) -> CaseFilter:
        """The model that ``SearchCasesRequest`` takes."""
        from ..models.connectcases import CaseFilter  # pydantic, which a filter doesn't need

        return CaseFilter.from_wire(self.to_wire())

    def matches(self, case: Mapping[str, Any] | HasFields, *, tags: Mapping[str, str] | None = None) -> bool:
        """Whether ``case`` passes, decided here as the service would.

        Args:
            case: Values by field ID, or something whose attribute ``fields`` has them. A value may be a plain Python
                one, a union as the wire has it (``{"stringValue": "…"}``), the same in ``{"value": …}`` as case events
                carry it, or a model of these. A field that isn't there counts as one without a value.
            tags: The tags of the case, if ``case`` has no attribute ``tags`` that says them.

        Raises:
            FilterError: it asks for a tag and the tags aren't known, or compares in a way that the service refuses.
            FieldValueError: a datetime in ``case`` has no time zone.
        """
        return matching.matches(self._node, case, tags)

    def __and__(self, other: Filter) -> Filter:
        return self._with(AllOf, other)

    def __or__(self, other: Filter) -> Filter:
        return self._with(AnyOf, other)

    def _with(self, kind: type[AllOf | AnyOf], other: object) -> Filter:
        return Filter(combined(kind, (self._node, other.node))) if isinstance(other, Filter) else NotImplemented

    def __invert__(self) -> Filter:
        return Filter(negated(self._node))

    def __bool__(self) -> NoReturn:
        # Python can't be told what `and`, `or`, `not`, `if` and a chain such as 1 < x < 5 should mean, and would take
        # the filter for true: half of the condition would be gone without a word.
        raise TypeError(
            "a filter is neither true nor false before it sees a case: combine filters with &, | and ~ in place of "
            "and, or and not, say between(low, high) in place of low <= x <= high, and ask matches(case) about a case"
        )

    def __eq__(self, other: object) -> bool:
        return self._node == other._node if isinstance(other, Filter) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._node)

    def __reduce__(self) -> tuple[type[Filter], tuple[Node]]:
        return Filter, (self._node,)

    def __repr__(self) -> str:
        return code.written(self._node)


@overload
def all_of(filters: Iterable[Filter], /) -> Filter: ...
@overload
def all_of(*filters: Filter) -> Filter: ...
def all_of(*filters: Filter | Iterable[Filter]) -> Filter:
    """The filter that passes what passes all of ``filters``: several, or one iterable of them. Any number goes.

    Raises:
        FilterError: there are none.
    """
    return Filter(combined(AllOf, _nodes(filters, "all_of")))


@overload
def any_of(filters: Iterable[Filter], /) -> Filter: ...
@overload
def any_of(*filters: Filter) -> Filter: ...
def any_of(*filters: Filter | Iterable[Filter]) -> Filter:
    """The filter that passes what passes any of ``filters``: several, or one iterable of them. Any number goes.

    Raises:
        FilterError: there are none.
    """
    return Filter(combined(AnyOf, _nodes(filters, "any_of")))


def _nodes(given: tuple[Filter | Iterable[Filter], ...], called: str) -> list[Node]:
    several: Iterable[object] = given
    if len(given) == 1 and isinstance(given[0], Iterable):
        several = cast("Iterable[object]", given[0])
    filters = list(several)
    if not filters:
        raise FilterError(f"{called}() needs at least one filter: none at all could mean every case as well as no case")
    for one in filters:
        if not isinstance(one, Filter):
            raise FilterError(f"{called}() takes filters, not {one.__class__.__name__}")
    return [one.node for one in cast("list[Filter]", filters)]
