"""A typed SDK for Amazon Connect Cases, Views and Task Templates, over boto3.

Begin with :class:`ConnectKit`; the requests it sends are in :mod:`connectkit.models.connectcases` and
:mod:`connectkit.models.connect`. Importing this package loads neither boto3 nor pydantic.
"""

from typing import TYPE_CHECKING

from ._lazy import lazy_attributes

if TYPE_CHECKING:
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
    from .resources.case import Case as Case, LoadedCase as LoadedCase
    from .resources.case_audit import AuditChange as AuditChange, AuditEvent as AuditEvent
    from .resources.case_batches import CaseOutcome as CaseOutcome, UpdateManyResult as UpdateManyResult
    from .resources.case_merge import Merge as Merge, MergeState as MergeState
    from .resources.case_rules import (
        CaseRule as CaseRule,
        FieldOptionsRule as FieldOptionsRule,
        HiddenRule as HiddenRule,
        RequiredRule as RequiredRule,
    )
    from .resources.domains import CasesDomain as CasesDomain
    from .resources.field_options import FieldOptions as FieldOptions, OptionsResult as OptionsResult
    from .resources.fields import Field as Field
    from .resources.instances import Instance as Instance
    from .resources.layouts import Layout as Layout
    from .resources.publishing import Publication as Publication
    from .resources.related_item import (
        CreatedRelatedItem as CreatedRelatedItem,
        LoadedRelatedItem as LoadedRelatedItem,
        RelatedItem as RelatedItem,
    )
    from .resources.related_item_batches import CommentManyResult as CommentManyResult, CommentOutcome as CommentOutcome
    from .resources.related_item_content import (
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
    from .resources.schema import Schema as Schema
    from .resources.task_template import LoadedTaskTemplate as LoadedTaskTemplate, TaskTemplate as TaskTemplate
    from .resources.templates import Template as Template
    from .resources.view import LoadedView as LoadedView, View as View
    from .resources.view_content import ViewContent as ViewContent
    from .resources.view_diff import ViewDiff as ViewDiff
    from .resources.view_versions import ViewVersion as ViewVersion
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
    "resources._sync": ("Plan", "SyncResult"),
    "resources.case": ("Case", "LoadedCase"),
    "resources.case_batches": ("CaseOutcome", "UpdateManyResult"),
    "resources.case_audit": ("AuditChange", "AuditEvent"),
    "resources.case_merge": ("Merge", "MergeState"),
    "resources.case_rules": ("CaseRule", "FieldOptionsRule", "HiddenRule", "RequiredRule"),
    "resources.domains": ("CasesDomain",),
    "resources.field_options": ("FieldOptions", "OptionsResult"),
    "resources.fields": ("Field",),
    "resources.instances": ("Instance",),
    "resources.layouts": ("Layout",),
    "resources.publishing": ("Publication",),
    "resources.schema": ("Schema",),
    "resources.related_item": ("CreatedRelatedItem", "LoadedRelatedItem", "RelatedItem"),
    "resources.related_item_batches": ("CommentManyResult", "CommentOutcome"),
    "resources.related_item_content": (
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
    "resources.task_template": ("LoadedTaskTemplate", "TaskTemplate"),
    "resources.templates": ("Template",),
    "resources.view": ("LoadedView", "View"),
    "resources.view_content": ("ViewContent",),
    "resources.view_diff": ("ViewDiff",),
    "resources.view_versions": ("ViewVersion",),
    "retry": ("RetryPolicy",),
    "task_definitions": ("TaskTemplateDefinition",),
}

if not TYPE_CHECKING:  # or a checker would take any misspelt name for Any
    __getattr__, __dir__ = lazy_attributes(__name__, _HOMES)
