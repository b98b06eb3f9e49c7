"""Reading many things by their ids: in chunks, in the order asked for, and nothing silently lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from ..errors import (
    AccessDeniedError,
    BatchError,
    ConnectKitError,
    InternalServiceError,
    InvalidRequestError,
    NotFoundError,
    ServiceError,
    ThrottlingError,
)

if TYPE_CHECKING:
    from .._caller import Caller
    from ..errors import BatchResult
    from ..models._operation import Response
    from ._base import Resource

__all__ = ["MOST_IDLE", "Answer", "Batch", "ItemError", "ReadResult", "listed", "read_many", "read_one"]

T = TypeVar("T", bound="Resource")

_MOST_TOLD = 20
MOST_IDLE = 4
"""How many answers in a row may bring nothing before the rest is given up."""

# The codes of an item are free text in the service's model: that they look like those of errors is inferred.
_BY_CODE: Mapping[str, type[ServiceError]] = {
    "notfound": NotFoundError,
    "accessdenied": AccessDeniedError,
    "throttl": ThrottlingError,
    "internal": InternalServiceError,
}


@dataclass(frozen=True)
class ItemError:
    """Why one item of a batch failed."""

    id: str
    """What was asked for."""
    error_code: str
    """The service's name for the reason."""
    error_message: str
    """What the service says; may be empty."""

    def __str__(self) -> str:
        return f"{self.id}: {self.error_code}" + (f": {self.error_message}" if self.error_message else "")


class Batch:
    """What the results of all batches can do; each has ``succeeded``, ``failed`` and ``left``."""

    __slots__ = ()

    @property
    def ok(self: BatchResult) -> bool:
        """Whether it went well with everything."""
        return not self.failed and not self.left

    def raise_for_failures(self: BatchResult) -> None:
        """Do nothing if it went well with everything.

        Raises:
            BatchError: it didn't; has this for its ``result``, and says what failed and why.
        """
        if not self.ok:
            raise BatchError(str(self), result=self)


def listed(failures: Sequence[object]) -> str:
    """What failed, a line each; all of them are in the result."""
    told = "".join(f"\n  {failure}" for failure in failures[:_MOST_TOLD])
    more = f"\n  and {len(failures) - _MOST_TOLD} more" if len(failures) > _MOST_TOLD else ""
    return f":{told}{more}" if failures else ""


@dataclass(frozen=True)
class ReadResult(Batch):
    """What came of reading many things, where not all could be read: the ``result`` of the ``BatchError``."""

    succeeded: tuple[Resource, ...]
    """What could be read, in the order asked for, each once."""
    failed: tuple[ItemError, ...]
    """What couldn't, and why."""
    left: tuple[str, ...] = ()
    """Ids that the service hasn't answered for: a call failed, or it left them out again and again."""

    def __str__(self) -> str:
        silent = [f"no answer for {len(self.left)}: {', '.join(self.left)}"] if self.left else []
        missing = len(self.failed) + len(self.left)
        return f"{missing} of {len(self.succeeded) + missing} couldn't be read{listed([*self.failed, *silent])}"


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What one call gave; what is in neither is asked for again."""

    found: Mapping[str, T]
    """What was read, by id."""
    failed: Sequence[ItemError]
    """What couldn't be."""
    response: Response
    """The answer itself, for how the call went."""


def read_one(caller: Caller, id_: str, read: Callable[[Sequence[str]], Answer[T]], *, operation: str) -> T:
    """What there is under one id, by an operation that reads many.

    Args:
        caller: Says how to wait where the service leaves it out.
        id_: What to read.
        read: Makes one call.
        operation: The operation, for the error.

    Raises:
        ServiceError: the service's reason why it couldn't be read, as if the call had failed with it.
    """
    idle, answer = 0, read([id_])
    while True:
        if answer.failed:
            raise _item_error(answer.failed[0], operation, answer.response)
        if id_ in answer.found:
            return answer.found[id_]
        if idle == MOST_IDLE:
            break
        idle += 1
        _pause(caller, idle)
        answer = read([id_])
    # The service's own code for what is no fault of the caller's.
    missing = ItemError(id_, "InternalServerException", "the answer says nothing of it, asked for it again and again")
    raise _item_error(missing, operation, answer.response)


def read_many(
    caller: Caller, ids: Sequence[str], read: Callable[[Sequence[str]], Answer[T]], *, what: str, size: int
) -> list[T]:
    """What there is under ``ids``, in their order; as often as an id is among them.

    Args:
        caller: Says how to wait where the service answers for nothing of what it was asked.
        ids: What to read.
        read: Makes one call.
        what: What is read, in the plural, for the error.
        size: Most ids of a call.

    Raises:
        BatchError: some couldn't be read; its ``result`` is a :class:`ReadResult` with those that could.
    """
    found: dict[str, T] = {}
    failed: dict[str, ItemError] = {}
    waiting, idle = list(dict.fromkeys(ids)), 0
    while waiting and idle <= MOST_IDLE:
        _pause(caller, idle)
        chunk = waiting[:size]
        try:
            answer = read(chunk)
        except ConnectKitError as error:
            if not found and not failed:
                raise
            raise _failure(what, ids, found, failed, waiting) from error
        found.update(answer.found)
        failed.update((one.id, one) for one in answer.failed)
        left = [id_ for id_ in chunk if id_ not in found and id_ not in failed]
        idle = idle + 1 if len(left) == len(chunk) else 0
        waiting = waiting[size:] + left
    if failed or waiting:
        raise _failure(what, ids, found, failed, waiting)
    return [found[id_] for id_ in ids]


def _pause(caller: Caller, idle: int) -> None:
    if idle:
        caller.retry.sleep(min(caller.retry.initial * 2**idle, caller.retry.cap))


def _item_error(error: ItemError, operation: str, answer: Response) -> ServiceError:
    code = error.error_code.replace("_", "").casefold()
    kind = next((kind for part, kind in _BY_CODE.items() if part in code), InvalidRequestError)
    return kind(
        operation=operation,
        code=error.error_code,
        message=error.error_message,
        status=answer.metadata.status or 0,
        request_id=answer.metadata.request_id,
        attempts=answer.metadata.attempts,
        details={"id": error.id},
    )


def _failure(
    what: str, ids: Sequence[str], found: Mapping[str, T], failed: Mapping[str, ItemError], left: Sequence[str]
) -> BatchError:
    result = ReadResult(
        tuple(found[id_] for id_ in dict.fromkeys(ids) if id_ in found), tuple(failed.values()), tuple(left)
    )
    return BatchError(f"{what}: {result}", result=result)
