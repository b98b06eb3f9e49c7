"""Case events as EventBridge delivers them: typed, and ready for a Lambda.

::

    CaseEvent                    what every event says; events of types that this version doesn't know
    ├── CaseChanged              about a case: ``case``, ``fields``, ``changed(field)``
    │   ├── CaseCreated
    │   ├── CaseUpdated
    │   └── CaseDeleted
    └── RelatedItemChanged       about a comment, a contact, a file, … of a case: ``related_item``
        ├── RelatedItemCreated
        ├── RelatedItemUpdated
        └── RelatedItemDeleted

:func:`parse_event` reads one event, :func:`case_events` all that a Lambda is invoked with; :func:`process_records`
handles them one by one, so that SQS delivers only the failed ones again.

Nothing is lost in reading: ``raw`` is the JSON as it came. An event shows no field and no content that the domain
wasn't told to include, see ``PutCaseEventConfiguration``.

The form of events is that of the administrator guide (*Case event payload and schema*), present and past: of 2022 are
the detail type ``Amazon Connect Cases Event`` and the types ``RELATED_ITEM.UPDATED`` and
``CASE.RELATED_ITEM.DELETED``, which EventBridge's present list of types hasn't. What comes from elsewhere says so.

Importing this package loads neither pydantic nor boto3.
"""

from ._delivery import (
    BatchItemFailure as BatchItemFailure,
    BatchResponse as BatchResponse,
    case_events as case_events,
    process_records as process_records,
)
from ._models import (
    CaseChanged as CaseChanged,
    CaseCreated as CaseCreated,
    CaseData as CaseData,
    CaseDeleted as CaseDeleted,
    CaseEvent as CaseEvent,
    CaseUpdated as CaseUpdated,
    EventType as EventType,
    HasId as HasId,
    PerformedBy as PerformedBy,
    RelatedItemChanged as RelatedItemChanged,
    RelatedItemCreated as RelatedItemCreated,
    RelatedItemDeleted as RelatedItemDeleted,
    RelatedItemUpdated as RelatedItemUpdated,
)
from ._reading import parse_event as parse_event
from ._related_items import (
    CommentContent as CommentContent,
    ConnectCaseContent as ConnectCaseContent,
    ContactContent as ContactContent,
    CustomContent as CustomContent,
    FileContent as FileContent,
    RelatedItemContent as RelatedItemContent,
    RelatedItemData as RelatedItemData,
    RelatedItemType as RelatedItemType,
    SlaContent as SlaContent,
)

__all__ = [
    "BatchItemFailure",
    "BatchResponse",
    "CaseChanged",
    "CaseCreated",
    "CaseData",
    "CaseDeleted",
    "CaseEvent",
    "CaseUpdated",
    "CommentContent",
    "ConnectCaseContent",
    "ContactContent",
    "CustomContent",
    "EventType",
    "FileContent",
    "HasId",
    "PerformedBy",
    "RelatedItemChanged",
    "RelatedItemContent",
    "RelatedItemCreated",
    "RelatedItemData",
    "RelatedItemDeleted",
    "RelatedItemType",
    "RelatedItemUpdated",
    "SlaContent",
    "case_events",
    "parse_event",
    "process_records",
]
