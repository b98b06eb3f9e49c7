"""Pydantic models of the services: :mod:`connectkit.models.connectcases` and :mod:`connectkit.models.connect`.

Import names from one of the two packages; a module is loaded when a name of it is first asked for. What the models
have in common (``to_wire``, ``from_wire``, ``union.member``, ``response.metadata``) is in ``_base`` and ``_operation``.
"""

from typing import TYPE_CHECKING

from .._lazy import lazy_attributes

if TYPE_CHECKING:
    from ._base import Shape as Shape, Union as Union
    from ._operation import (
        Operation as Operation,
        PagedRequest as PagedRequest,
        Paging as Paging,
        Request as Request,
        Response as Response,
        ResponseMetadata as ResponseMetadata,
        ServiceName as ServiceName,
    )

__all__ = [
    "Operation",
    "PagedRequest",
    "Paging",
    "Request",
    "Response",
    "ResponseMetadata",
    "ServiceName",
    "Shape",
    "Union",
]

_HOMES = {
    "_base": ("Shape", "Union"),
    "_operation": ("Operation", "PagedRequest", "Paging", "Request", "Response", "ResponseMetadata", "ServiceName"),
}

if not TYPE_CHECKING:  # or a checker would take any misspelt name for Any
    __getattr__, __dir__ = lazy_attributes(__name__, _HOMES, packages=("connect", "connectcases"))
