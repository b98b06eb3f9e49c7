"""What hangs on a case: its related items by kind, its history, and merging another case into it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from .._base import Resource
from .._case_id import CaseOrId, case_id

if TYPE_CHECKING:
    from ...values import FieldInput
    from .._writing import FieldInputs, Performer
    from ..related_items.item import CreatedRelatedItem, RelatedItem
    from ..related_items.items import Comments, RelatedItems
    from ..schema import FieldName
    from .audit import AuditEvents
    from .case import Case
    from .merge import Merge, MergeState, Movable

__all__ = ["CaseParts"]


class CaseParts(Resource):
    """A case as the base of what hangs on it; ``Case`` is the class to use."""

    __slots__ = ()

    @property
    def related_items(self) -> RelatedItems:
        """Its related items: create, list, search, get."""
        from ..related_items.items import RelatedItems

        return RelatedItems(self._scope, self._id, self._other)

    @property
    def comments(self) -> Comments:
        """Its comments: add and list."""
        from ..related_items.items import Comments

        return Comments(self.related_items)

    @property
    def audit_events(self) -> AuditEvents:
        """Its history: list."""
        from .audit import AuditEvents

        return AuditEvents(self._scope, self._id)

    def related_item(self, related_item_id: str) -> RelatedItem:
        """The related item with this id; no call."""
        from ..related_items.item import RelatedItem

        return RelatedItem(self._scope, self._id, related_item_id, self._other)

    def link_contact(self, contact_arn: str, *, performed_by: Performer = None) -> CreatedRelatedItem:
        """Attach a contact; takes Connect's DescribeContact permission on it.

        Args:
            contact_arn: ARN of the contact.
            performed_by: Who acts: the ARN of a Connect user, or any other name.

        Raises:
            ConflictError: it is attached already, or the case is being merged into another one.
            NotFoundError: there is no such case.
            InvalidRequestError: the service refuses it.
            QuotaExceededError: the case has as many related items as it may.
        """
        from ..related_items.content import ContactLink

        return self.related_items.create(ContactLink(contact_arn), performed_by=performed_by)

    def link_file(self, file_arn: str, *, performed_by: Performer = None) -> CreatedRelatedItem:
        """Attach a file that was uploaded to Connect; see :meth:`link_contact`.

        Args:
            file_arn: ARN of the file.
            performed_by: Who acts: the ARN of a Connect user, or any other name.
        """
        from ..related_items.content import FileLink

        return self.related_items.create(FileLink(file_arn), performed_by=performed_by)

    def link_case(self, other: CaseOrId, *, performed_by: Performer = None) -> CreatedRelatedItem:
        """Link another case of the domain to this one; see :meth:`link_contact`. The other one gets no link back.

        Args:
            other: The other case, or its id.
            performed_by: Who acts: the ARN of a Connect user, or any other name.

        Raises:
            RequestError: it is a case of another domain; nothing was sent.
        """
        from ..related_items.content import CaseLink

        linked = case_id(self._scope, other, operation="CreateRelatedItem", path="other")
        return self.related_items.create(CaseLink(linked), performed_by=performed_by)

    def add_sla(
        self,
        *,
        name: str,
        field: FieldName,
        targets: Iterable[FieldInput],
        within: timedelta,
        performed_by: Performer = None,
    ) -> CreatedRelatedItem:
        """Set an SLA: a field is to have a value within some time from now.

        ::

            case.add_sla(name="Closed in two days", field="status", targets=["closed"], within=timedelta(days=2))

        Args:
            name: Name that people see.
            field: The field, by name, id or reference.
            targets: Values that fulfil it, in plain Python, options by name or value; the service takes one so far.
            within: Time allowed, in whole minutes, up to two years.
            performed_by: Who acts: the ARN of a Connect user, or any other name.

        Raises:
            RequestError: there is no such field, a value doesn't suit it, or the time isn't one the service takes.
            NotFoundError: there is no such case.
            QuotaExceededError: the case has as many related items as it may.
        """
        from ..related_items.content import NewSla

        if isinstance(targets, str):
            raise TypeError(f"targets is to be a list of values, [{targets!r}], not a text")
        sla = NewSla(name=name, field=field, targets=tuple(targets), within=within)
        return self.related_items.create(sla, performed_by=performed_by)

    def add_custom(self, fields: FieldInputs, *, performed_by: Performer = None) -> CreatedRelatedItem:
        """Add a custom item: a booking, an order, made of the domain's custom fields.

        Args:
            fields: Values by field, which is named by name, id or reference; 1 to 50 of them.
            performed_by: Who acts: the ARN of a Connect user, or any other name.

        Raises:
            RequestError: a field isn't there, or a value doesn't suit its field; lists all that is wrong.
            InvalidRequestError: one is a system field, which custom items can't have.
            NotFoundError: there is no such case.
            QuotaExceededError: the case has as many related items as it may.
        """
        from ..related_items.content import CustomItem

        return self.related_items.create(CustomItem.of(fields), performed_by=performed_by)

    def merge(
        self,
        other: CaseOrId,
        *,
        take_fields: Iterable[FieldName] = (),
        move: Iterable[Movable] = (),
        performed_by: Performer = None,
    ) -> Merge:
        """Start merging another case into this one: this one stays, the other is closed in the end.

        ::

            case.merge(other, take_fields=["Priority"], move=["comments", "contacts"]).wait(timeout=60)

        Args:
            other: The other case, or its id. It must be open, of this domain, and of the same customer or of none.
            take_fields: Fields whose values replace those of this case, by name, id or reference: custom ones,
                ``summary``, ``case_reason``, ``assigned_queue`` and ``assigned_user``. All others fill gaps only.
            move: Kinds of related items that move to this case: ``comments``, ``contacts``, ``custom_items``,
                ``case_links``. The others stay on the closed case.
            performed_by: Who acts: the ARN of a Connect user, or any other name.

        Returns:
            The merge, which goes on by itself: ``.wait()`` waits for it.

        Raises:
            RequestError: it is the same case or one of another domain, there is no such field, or a kind can't be
                moved; nothing was sent.
            InvalidRequestError: a case is closed, the customers differ, or a field can't be merged.
            ConflictError: one of them is being merged, or was merged into another case before.
            NotFoundError: one of them isn't there.
            QuotaExceededError: a case would have more related items than it may.
        """
        from .merge import start_merge

        return start_merge(
            self._scope,
            self._other(self._id),
            self._other(case_id(self._scope, other, operation="StartMergeCases", path="other")),
            take_fields=take_fields,
            move=move,
            performed_by=performed_by,
        )

    def merge_status(self) -> MergeState | None:
        """How far the merge is that this case takes part in; one call.

        Returns:
            The state of the merge that runs, or that closed this case; ``None`` if there is none, as of a case
            that another one was merged into, once that is over.
        """
        from .merge import merge_state

        return merge_state(self._scope, self._id)

    @abstractmethod
    def _other(self, case_id: str) -> Case:
        """Another case of the domain."""
