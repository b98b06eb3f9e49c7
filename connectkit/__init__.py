"""A typed SDK for Amazon Connect Cases, Views and Task Templates, over boto3.

Begin with :class:`ConnectKit`; the requests it sends are in :mod:`connectkit.models.connectcases` and
:mod:`connectkit.models.connect`. Importing this package loads neither boto3 nor pydantic.
"""

from typing import TYPE_CHECKING

from ._lazy import lazy_attributes

if TYPE_CHECKING:
    from ._performed_by import PerformedBy as PerformedBy
    from .client import ConnectKit as ConnectKit
    from .errors import (
        AccessDeniedError as AccessDeniedError,
        BatchError as BatchError,
        ConfigurationError as ConfigurationError,
        ConflictError as ConflictError,
        ConnectKitError as ConnectKitError,
        CredentialsError as CredentialsError,
        EventDecodeError as EventDecodeError,
        Fault as Fault,
        FieldValueError as FieldValueError,
        FileError as FileError,
        FilterError as FilterError,
        IncompleteError as IncompleteError,
        InternalServiceError as InternalServiceError,
        InvalidRequestError as InvalidRequestError,
        NoCasesDomainError as NoCasesDomainError,
        NotFoundError as NotFoundError,
        NotLoadedError as NotLoadedError,
        OvertakenError as OvertakenError,
        PaginationError as PaginationError,
        QuotaExceededError as QuotaExceededError,
        RequestError as RequestError,
        ResponseDecodeError as ResponseDecodeError,
        ServiceError as ServiceError,
        ThrottlingError as ThrottlingError,
        TransportError as TransportError,
        UnknownNameError as UnknownNameError,
        WaitError as WaitError,
        WaitTimeoutError as WaitTimeoutError,
    )
    from .filters import (
        AnyRef as AnyRef,
        BooleanRef as BooleanRef,
        DateTimeRef as DateTimeRef,
        F as F,
        FieldRef as FieldRef,
        Filter as Filter,
        NumberRef as NumberRef,
        SelectRef as SelectRef,
        TagRef as TagRef,
        TextRef as TextRef,
        UrlRef as UrlRef,
        UserRef as UserRef,
        all_of as all_of,
        any_of as any_of,
    )
    from .pagination import Page as Page, Pager as Pager
    from .resources._sync import Plan as Plan, SyncResult as SyncResult
    from .resources.cases.audit import AuditChange as AuditChange, AuditEvent as AuditEvent
    from .resources.cases.batches import CaseOutcome as CaseOutcome, UpdateManyResult as UpdateManyResult
    from .resources.cases.case import Case as Case, CreatedCase as CreatedCase, LoadedCase as LoadedCase
    from .resources.cases.merge import Merge as Merge, MergeState as MergeState
    from .resources.domains import CasesDomain as CasesDomain
    from .resources.instances import Instance as Instance
    from .resources.related_items.batches import (
        CommentManyResult as CommentManyResult,
        CommentOutcome as CommentOutcome,
    )
    from .resources.related_items.content import (
        CaseLink as CaseLink,
        Comment as Comment,
        ContactLink as ContactLink,
        CustomItem as CustomItem,
        FileLink as FileLink,
        ItemFilter as ItemFilter,
        NewSla as NewSla,
        Sla as Sla,
        UnknownContent as UnknownContent,
    )
    from .resources.related_items.item import (
        CreatedRelatedItem as CreatedRelatedItem,
        LoadedRelatedItem as LoadedRelatedItem,
        RelatedItem as RelatedItem,
    )
    from .resources.schema import Schema as Schema
    from .resources.setup.case_rules import (
        CaseRule as CaseRule,
        FieldOptionsRule as FieldOptionsRule,
        HiddenRule as HiddenRule,
        RequiredRule as RequiredRule,
    )
    from .resources.setup.field_options import FieldOptions as FieldOptions, OptionsResult as OptionsResult
    from .resources.setup.fields import Field as Field
    from .resources.setup.layouts import Layout as Layout
    from .resources.setup.templates import Template as Template
    from .resources.task_templates.task_template import (
        LoadedTaskTemplate as LoadedTaskTemplate,
        TaskTemplate as TaskTemplate,
    )
    from .resources.views.content import ViewContent as ViewContent
    from .resources.views.diff import ViewDiff as ViewDiff
    from .resources.views.publishing import Publication as Publication
    from .resources.views.versions import ViewVersion as ViewVersion
    from .resources.views.view import LoadedView as LoadedView, View as View
    from .retry import RetryPolicy as RetryPolicy
    from .task_definitions import TaskTemplateDefinition as TaskTemplateDefinition

__version__ = "0.1.0"

__all__ = [
    "AccessDeniedError",
    "AnyRef",
    "AuditChange",
    "AuditEvent",
    "BatchError",
    "BooleanRef",
    "Case",
    "CaseLink",
    "CaseOutcome",
    "CaseRule",
    "CasesDomain",
    "Comment",
    "CommentManyResult",
    "CommentOutcome",
    "ConfigurationError",
    "ConflictError",
    "ConnectKit",
    "ConnectKitError",
    "ContactLink",
    "CreatedCase",
    "CreatedRelatedItem",
    "CredentialsError",
    "CustomItem",
    "DateTimeRef",
    "EventDecodeError",
    "F",
    "Fault",
    "Field",
    "FieldOptions",
    "FieldOptionsRule",
    "FieldRef",
    "FieldValueError",
    "FileError",
    "FileLink",
    "Filter",
    "FilterError",
    "HiddenRule",
    "IncompleteError",
    "Instance",
    "InternalServiceError",
    "InvalidRequestError",
    "ItemFilter",
    "Layout",
    "LoadedCase",
    "LoadedRelatedItem",
    "LoadedTaskTemplate",
    "LoadedView",
    "Merge",
    "MergeState",
    "NewSla",
    "NoCasesDomainError",
    "NotFoundError",
    "NotLoadedError",
    "NumberRef",
    "OptionsResult",
    "OvertakenError",
    "Page",
    "Pager",
    "PaginationError",
    "PerformedBy",
    "Plan",
    "Publication",
    "QuotaExceededError",
    "RelatedItem",
    "RequestError",
    "RequiredRule",
    "ResponseDecodeError",
    "RetryPolicy",
    "Schema",
    "SelectRef",
    "ServiceError",
    "Sla",
    "SyncResult",
    "TagRef",
    "TaskTemplate",
    "TaskTemplateDefinition",
    "Template",
    "TextRef",
    "ThrottlingError",
    "TransportError",
    "UnknownContent",
    "UnknownNameError",
    "UpdateManyResult",
    "UrlRef",
    "UserRef",
    "View",
    "ViewContent",
    "ViewDiff",
    "ViewVersion",
    "WaitError",
    "WaitTimeoutError",
    "__version__",
    "all_of",
    "any_of",
]

_HOMES = {
    "client": ("ConnectKit",),
    "errors": (
        "AccessDeniedError",
        "BatchError",
        "ConfigurationError",
        "ConflictError",
        "ConnectKitError",
        "CredentialsError",
        "EventDecodeError",
        "Fault",
        "FieldValueError",
        "FileError",
        "FilterError",
        "IncompleteError",
        "InternalServiceError",
        "InvalidRequestError",
        "NoCasesDomainError",
        "NotFoundError",
        "NotLoadedError",
        "OvertakenError",
        "PaginationError",
        "QuotaExceededError",
        "RequestError",
        "ResponseDecodeError",
        "ServiceError",
        "ThrottlingError",
        "TransportError",
        "UnknownNameError",
        "WaitError",
        "WaitTimeoutError",
    ),
    "filters": (
        "AnyRef",
        "BooleanRef",
        "DateTimeRef",
        "F",
        "FieldRef",
        "Filter",
        "NumberRef",
        "SelectRef",
        "TagRef",
        "TextRef",
        "UrlRef",
        "UserRef",
        "all_of",
        "any_of",
    ),
    "pagination": ("Page", "Pager"),
    "_performed_by": ("PerformedBy",),
    "resources._sync": ("Plan", "SyncResult"),
    "resources.cases.case": ("Case", "CreatedCase", "LoadedCase"),
    "resources.cases.batches": ("CaseOutcome", "UpdateManyResult"),
    "resources.cases.audit": ("AuditChange", "AuditEvent"),
    "resources.cases.merge": ("Merge", "MergeState"),
    "resources.setup.case_rules": ("CaseRule", "FieldOptionsRule", "HiddenRule", "RequiredRule"),
    "resources.domains": ("CasesDomain",),
    "resources.setup.field_options": ("FieldOptions", "OptionsResult"),
    "resources.setup.fields": ("Field",),
    "resources.instances": ("Instance",),
    "resources.setup.layouts": ("Layout",),
    "resources.views.publishing": ("Publication",),
    "resources.schema": ("Schema",),
    "resources.related_items.item": ("CreatedRelatedItem", "LoadedRelatedItem", "RelatedItem"),
    "resources.related_items.batches": ("CommentManyResult", "CommentOutcome"),
    "resources.related_items.content": (
        "CaseLink",
        "Comment",
        "ContactLink",
        "CustomItem",
        "FileLink",
        "ItemFilter",
        "NewSla",
        "Sla",
        "UnknownContent",
    ),
    "resources.task_templates.task_template": ("LoadedTaskTemplate", "TaskTemplate"),
    "resources.setup.templates": ("Template",),
    "resources.views.view": ("LoadedView", "View"),
    "resources.views.content": ("ViewContent",),
    "resources.views.diff": ("ViewDiff",),
    "resources.views.versions": ("ViewVersion",),
    "retry": ("RetryPolicy",),
    "task_definitions": ("TaskTemplateDefinition",),
}

if not TYPE_CHECKING:  # or a checker would take any misspelt name for Any
    __getattr__, __dir__ = lazy_attributes(__name__, _HOMES)
