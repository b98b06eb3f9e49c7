"""An Amazon Connect instance as its facades share it: how to call the service, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .._caller import Caller

__all__ = ["InstanceScope"]


class InstanceScope:
    """One per instance and kit, made when the instance is first named."""

    def __init__(self, caller: Caller, instance_id: str) -> None:
        self.caller: Caller = caller
        self.instance_id: str = instance_id

    @classmethod
    def of(cls, caller: Caller, instance_id: str) -> InstanceScope:
        """The scope that all who name this instance share."""
        return caller.shared(("instance", instance_id), lambda: cls(caller, instance_id))
