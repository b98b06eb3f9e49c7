"""An Amazon Connect instance as its facades share it: how to call the service, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._names import Names

if TYPE_CHECKING:
    from .._caller import Caller

__all__ = ["InstanceScope"]


_MOST_LISTED = 1000  # says the model of both operations


class InstanceScope:
    """One per instance and kit, made when the instance is first named."""

    def __init__(self, caller: Caller, instance_id: str) -> None:
        self.caller: Caller = caller
        self.instance_id: str = instance_id
        where = f"instance {instance_id}"
        self.contact_flows: Names = Names(caller, "flow", where, self._read_contact_flows)
        self.quick_connects: Names = Names(caller, "quick connect", where, self._read_quick_connects)

    @classmethod
    def of(cls, caller: Caller, instance_id: str) -> InstanceScope:
        """The scope that all who name this instance share."""
        return caller.shared(("instance", instance_id), lambda: cls(caller, instance_id))

    def _read_contact_flows(self) -> list[tuple[str, str]]:
        from ..models.connect.contact_flows import ListContactFlowsRequest

        pager = self.caller.paginate(ListContactFlowsRequest(instance_id=self.instance_id), page_size=_MOST_LISTED)
        return [(flow.name or "", flow.id or "") for flow in pager if flow.contact_flow_state != "ARCHIVED"]

    def _read_quick_connects(self) -> list[tuple[str, str]]:
        from ..models.connect.quick_connects import ListQuickConnectsRequest

        pager = self.caller.paginate(ListQuickConnectsRequest(instance_id=self.instance_id), page_size=_MOST_LISTED)
        return [(one.name or "", one.id or "") for one in pager]
