"""The base of whatever calls the service by itself: it can be copied, for it doesn't change, and not be pickled."""

from __future__ import annotations

from typing import NoReturn, SupportsIndex

from typing_extensions import Self

__all__ = ["Bound"]


class Bound:
    """Something that makes calls through the kit that it came from.

    It stands for what is in the service, and a copy would stand for the same: so a copy is the thing itself.
    """

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(
            f"{self!r} belongs to a kit, whose boto3 clients can't be pickled: "
            "hand over ids and plain values, such as dict(case), and make a kit where they go"
        )
