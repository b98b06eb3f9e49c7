"""What a handler is, what it is given, and the tables that say which operation has one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from connectkit.simulator.core.decode import Params
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.faults import Faults
from connectkit.simulator.core.ids import Ids
from connectkit.simulator.core.model import Operation
from connectkit.simulator.core.paging import InvalidTokenError, PageTokens, fingerprint, take_page
from connectkit.simulator.state.region import RegionState
from connectkit.simulator.state.table import Journal

__all__ = ["Context", "Handler", "Handlers", "Output", "Params", "ServiceProfile"]

Output = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ServiceProfile:
    """What is particular to a service beyond its model: its names and its words for a bad request.

    Of the error names, the first one that an operation's model lists is used.
    """

    name: str
    signing_name: str
    invalid: tuple[str, ...]
    """For a member that does not fit the model."""
    malformed: tuple[str, ...]
    """For a request that can't be read or makes no sense as a whole."""
    internal: str
    """For a fault of the service itself."""
    reused: tuple[str, ...]
    """For a client token that comes again with other parameters."""
    cursor_member: str
    """The member that holds a page token, in requests and in answers."""
    size_member: str
    """The member that holds the size of a page."""
    replay_member: str
    """The member that holds a client token."""

    def error_name(self, candidates: tuple[str, ...], operation: Operation) -> str:
        """Give the candidate that ``operation`` models, or the first when it models none of them."""
        return next((name for name in candidates if name in operation.errors), candidates[0])


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler may use while it answers one request."""

    profile: ServiceProfile
    operation: Operation
    state: RegionState
    now: datetime
    ids: Ids
    tokens: PageTokens
    journal: Journal
    principal: str
    """The ARN of whoever signed the request."""
    item_faults: Faults
    """What is to go wrong with items of a batch."""

    def invalid(self, message: str) -> ServiceError:
        """Make the error for a parameter that breaks a rule, in the words of this service and operation."""
        return ServiceError(self.profile.error_name(self.profile.invalid, self.operation), message)

    def refused(self, message: str) -> ServiceError:
        """Make the error for a request that can't be carried out, in the words of this service."""
        return ServiceError(self.profile.error_name(self.profile.malformed, self.operation), message)

    def item_error(self, item: str) -> ServiceError | None:
        """Count an item of a batch, and give the error that a test has arranged for it, or None."""
        return self.item_faults.meet(self.operation.name, item).error

    def query(self, params: Params) -> str:
        """Give a text that two calls of this operation share when they ask for the same, but for page and size."""
        names = frozenset({self.profile.cursor_member, self.profile.size_member})
        return fingerprint(self.state.scope, self.operation.name, params=params, without=names)

    def page(
        self,
        params: Params,
        items: Sequence[T],
        *,
        key: Callable[[T], Any],
        read_key: Callable[[Any], Any] = lambda position: position,
        write_key: Callable[[Any], Any] = lambda key: key,
        default_size: int | None = None,
        query: str | None = None,
    ) -> tuple[Sequence[T], str | None]:
        """Give the page that the request asks for, and the token of the next one or None at the end.

        Args:
            params: the request's parameters, of which the token and the size are read.
            items: everything there is, in the order of ``key``.
            key: an item's place in that order, which it shares with no other.
            read_key: makes a key again of what was kept of it in a token.
            write_key: gives what of a key to keep in a token, as JSON.
            default_size: how many items when the request does not say. Where nothing is documented it is the
                most that may be asked for, which is inferred.
            query: what :meth:`query` gives for ``params``, where the handler has it already.

        Raises the service's error for a bad request when the token is not one that this query gave out.
        """
        query = query or self.query(params)
        after: Any = None
        if token := params.get(self.profile.cursor_member):
            try:
                after = read_key(self.tokens.read(token, query=query))
            except InvalidTokenError as error:
                raise self.refused(f"{self.profile.cursor_member} is not a token that this query gave out") from error
        size = params.get(self.profile.size_member) or default_size or self._largest_page()
        page, more = take_page(items, key=key, after=after, size=size)
        next_token = self.tokens.write(write_key(key(page[-1])), query=query) if more else None
        return page, next_token

    def _largest_page(self) -> int:
        maximum = self.operation.input.members[self.profile.size_member].shape.maximum
        return int(maximum) if maximum is not None else 100


Handler = Callable[[Context, Params], Output]


class Handlers:
    """The handlers of one module: a table from operation to function, filled by its decorator.

    An operation that the installed botocore does not model yet may have a handler: it is never asked for.
    """

    def __init__(self) -> None:
        self.table: dict[str, Handler] = {}

    def __call__(self, operation: str) -> Callable[[Handler], Handler]:
        """Register the decorated function as the handler of ``operation``."""

        def register(handler: Handler) -> Handler:
            if operation in self.table:
                raise ValueError(f"{operation} has a handler already")
            self.table[operation] = handler
            return handler

        return register

    @staticmethod
    def union(groups: Iterable[Handlers]) -> Mapping[str, Handler]:
        """Put several modules' tables together. Raises ValueError when two handle the same operation."""
        table: dict[str, Handler] = {}
        for group in groups:
            if both := table.keys() & group.table.keys():
                raise ValueError(f"two handlers for {', '.join(sorted(both))}")
            table.update(group.table)
        return table
