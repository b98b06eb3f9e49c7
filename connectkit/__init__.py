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
        BatchResult as BatchResult,
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
        KnownResource as KnownResource,
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
        Descending as Descending,
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
    from .pagination import (
        Page as Page,
        Pager as Pager,
    )
    from .resources._case_id import CaseOrId as CaseOrId
    from .resources._sync import (
        Action as Action,
        ActionKind as ActionKind,
        Plan as Plan,
        Sources as Sources,
        SyncResult as SyncResult,
    )
    from .resources._writing import (
        FieldInputs as FieldInputs,
        Performer as Performer,
        SupportsItems as SupportsItems,
    )
    from .resources.cases.audit import (
        AuditChange as AuditChange,
        AuditedMerge as AuditedMerge,
        AuditEvent as AuditEvent,
        AuditEvents as AuditEvents,
    )
    from .resources.cases.batches import (
        CaseFate as CaseFate,
        CaseOutcome as CaseOutcome,
        UpdateManyResult as UpdateManyResult,
    )
    from .resources.cases.case import (
        Case as Case,
        CreatedCase as CreatedCase,
        ListedCase as ListedCase,
        LoadedCase as LoadedCase,
    )
    from .resources.cases.cases import Cases as Cases
    from .resources.cases.merge import (
        Merge as Merge,
        MergeState as MergeState,
        Movable as Movable,
    )
    from .resources.cases.search import SortInput as SortInput, SortKey as SortKey
    from .resources.cases.values import FieldsToRead as FieldsToRead
    from .resources.domains import (
        CasesDomain as CasesDomain,
        Domains as Domains,
        ListedDomain as ListedDomain,
        LoadedDomain as LoadedDomain,
    )
    from .resources.event_configuration import (
        EventConfiguration as EventConfiguration,
        EventSettings as EventSettings,
        IncludedFields as IncludedFields,
    )
    from .resources.instances import (
        Instance as Instance,
        Instances as Instances,
        ListedInstance as ListedInstance,
        LoadedInstance as LoadedInstance,
    )
    from .resources.related_items.batches import (
        CommentFate as CommentFate,
        CommentManyResult as CommentManyResult,
        CommentOutcome as CommentOutcome,
    )
    from .resources.related_items.content import (
        CaseLink as CaseLink,
        Comment as Comment,
        ContactLink as ContactLink,
        CustomItem as CustomItem,
        FileLink as FileLink,
        ItemContent as ItemContent,
        ItemFilter as ItemFilter,
        NewItemContent as NewItemContent,
        NewSla as NewSla,
        Sla as Sla,
        SlaState as SlaState,
        UnknownContent as UnknownContent,
    )
    from .resources.related_items.item import (
        CreatedRelatedItem as CreatedRelatedItem,
        LoadedRelatedItem as LoadedRelatedItem,
        RelatedItem as RelatedItem,
    )
    from .resources.related_items.items import (
        ByKind as ByKind,
        Comments as Comments,
        DomainRelatedItems as DomainRelatedItems,
        RelatedItems as RelatedItems,
        RelatedItemSort as RelatedItemSort,
    )
    from .resources.schema import FieldName as FieldName, Schema as Schema
    from .resources.setup._resolving import (
        CaseRuleName as CaseRuleName,
        LayoutName as LayoutName,
        TemplateName as TemplateName,
    )
    from .resources.setup._template_settings import (
        AppliedRule as AppliedRule,
        RuleInput as RuleInput,
        TemplateSettings as TemplateSettings,
    )
    from .resources.setup.case_rules import (
        CaseRule as CaseRule,
        CaseRules as CaseRules,
        ListedCaseRule as ListedCaseRule,
        LoadedCaseRule as LoadedCaseRule,
    )
    from .resources.setup.conditions import Decision as Decision
    from .resources.setup.field import (
        Field as Field,
        ListedField as ListedField,
        LoadedField as LoadedField,
    )
    from .resources.setup.field_options import (
        FieldOptions as FieldOptions,
        OptionFailure as OptionFailure,
        OptionInputs as OptionInputs,
        OptionsResult as OptionsResult,
    )
    from .resources.setup.fields import Fields as Fields
    from .resources.setup.layouts import (
        Layout as Layout,
        Layouts as Layouts,
        ListedLayout as ListedLayout,
        LoadedLayout as LoadedLayout,
        Panel as Panel,
        PanelGroup as PanelGroup,
        PanelInput as PanelInput,
    )
    from .resources.setup.rules import (
        FieldOptionsRule as FieldOptionsRule,
        HiddenRule as HiddenRule,
        OtherRule as OtherRule,
        RequiredRule as RequiredRule,
        Rule as Rule,
        When as When,
    )
    from .resources.setup.templates import (
        ListedTemplate as ListedTemplate,
        LoadedTemplate as LoadedTemplate,
        Template as Template,
        Templates as Templates,
    )
    from .resources.tags import (
        LoadedTags as LoadedTags,
        Tags as Tags,
    )
    from .resources.task_templates._request import (
        ReferenceInput as ReferenceInput,
        TaskFieldInputs as TaskFieldInputs,
    )
    from .resources.task_templates.task_template import (
        ListedTaskTemplate as ListedTaskTemplate,
        LoadedTaskTemplate as LoadedTaskTemplate,
        TaskTemplate as TaskTemplate,
    )
    from .resources.task_templates.task_templates import TaskTemplates as TaskTemplates
    from .resources.views._ids import Qualifier as Qualifier
    from .resources.views.content import (
        ContentInput as ContentInput,
        ViewContent as ViewContent,
    )
    from .resources.views.diff import (
        Change as Change,
        ChangeKind as ChangeKind,
        ViewDiff as ViewDiff,
    )
    from .resources.views.publishing import (
        Publication as Publication,
        PublicationOutcome as PublicationOutcome,
    )
    from .resources.views.search import (
        TagsInput as TagsInput,
        Texts as Texts,
    )
    from .resources.views.versions import (
        ListedViewVersion as ListedViewVersion,
        LoadedViewVersion as LoadedViewVersion,
        ViewVersion as ViewVersion,
        ViewVersions as ViewVersions,
    )
    from .resources.views.view import (
        ListedView as ListedView,
        LoadedView as LoadedView,
        View as View,
    )
    from .resources.views.views import Views as Views
    from .retry import RetryPolicy as RetryPolicy
    from .task_definitions import TaskTemplateDefinition as TaskTemplateDefinition

__version__ = "0.1.0"

__all__ = [
    "AccessDeniedError",
    "Action",
    "ActionKind",
    "AnyRef",
    "AppliedRule",
    "AuditChange",
    "AuditEvent",
    "AuditEvents",
    "AuditedMerge",
    "BatchError",
    "BatchResult",
    "BooleanRef",
    "ByKind",
    "Case",
    "CaseFate",
    "CaseLink",
    "CaseOrId",
    "CaseOutcome",
    "CaseRule",
    "CaseRuleName",
    "CaseRules",
    "Cases",
    "CasesDomain",
    "Change",
    "ChangeKind",
    "Comment",
    "CommentFate",
    "CommentManyResult",
    "CommentOutcome",
    "Comments",
    "ConfigurationError",
    "ConflictError",
    "ConnectKit",
    "ConnectKitError",
    "ContactLink",
    "ContentInput",
    "CreatedCase",
    "CreatedRelatedItem",
    "CredentialsError",
    "CustomItem",
    "DateTimeRef",
    "Decision",
    "Descending",
    "DomainRelatedItems",
    "Domains",
    "EventConfiguration",
    "EventDecodeError",
    "EventSettings",
    "F",
    "Fault",
    "Field",
    "FieldInputs",
    "FieldName",
    "FieldOptions",
    "FieldOptionsRule",
    "FieldRef",
    "FieldValueError",
    "Fields",
    "FieldsToRead",
    "FileError",
    "FileLink",
    "Filter",
    "FilterError",
    "HiddenRule",
    "IncludedFields",
    "IncompleteError",
    "Instance",
    "Instances",
    "InternalServiceError",
    "InvalidRequestError",
    "ItemContent",
    "ItemFilter",
    "KnownResource",
    "Layout",
    "LayoutName",
    "Layouts",
    "ListedCase",
    "ListedCaseRule",
    "ListedDomain",
    "ListedField",
    "ListedInstance",
    "ListedLayout",
    "ListedTaskTemplate",
    "ListedTemplate",
    "ListedView",
    "ListedViewVersion",
    "LoadedCase",
    "LoadedCaseRule",
    "LoadedDomain",
    "LoadedField",
    "LoadedInstance",
    "LoadedLayout",
    "LoadedRelatedItem",
    "LoadedTags",
    "LoadedTaskTemplate",
    "LoadedTemplate",
    "LoadedView",
    "LoadedViewVersion",
    "Merge",
    "MergeState",
    "Movable",
    "NewItemContent",
    "NewSla",
    "NoCasesDomainError",
    "NotFoundError",
    "NotLoadedError",
    "NumberRef",
    "OptionFailure",
    "OptionInputs",
    "OptionsResult",
    "OtherRule",
    "OvertakenError",
    "Page",
    "Pager",
    "PaginationError",
    "Panel",
    "PanelGroup",
    "PanelInput",
    "PerformedBy",
    "Performer",
    "Plan",
    "Publication",
    "PublicationOutcome",
    "Qualifier",
    "QuotaExceededError",
    "ReferenceInput",
    "RelatedItem",
    "RelatedItemSort",
    "RelatedItems",
    "RequestError",
    "RequiredRule",
    "ResponseDecodeError",
    "RetryPolicy",
    "Rule",
    "RuleInput",
    "Schema",
    "SelectRef",
    "ServiceError",
    "Sla",
    "SlaState",
    "SortInput",
    "SortKey",
    "Sources",
    "SupportsItems",
    "SyncResult",
    "TagRef",
    "Tags",
    "TagsInput",
    "TaskFieldInputs",
    "TaskTemplate",
    "TaskTemplateDefinition",
    "TaskTemplates",
    "Template",
    "TemplateName",
    "TemplateSettings",
    "Templates",
    "TextRef",
    "Texts",
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
    "ViewVersions",
    "Views",
    "WaitError",
    "WaitTimeoutError",
    "When",
    "__version__",
    "all_of",
    "any_of",
]

# What of each module is offered here; it is loaded when a name is first asked for.
_HOMES = {
    module: tuple(names.split())
    for module, names in {
        "_performed_by": "PerformedBy",
        "client": "ConnectKit",
        "errors": """
            AccessDeniedError BatchError BatchResult ConfigurationError ConflictError ConnectKitError
            CredentialsError EventDecodeError Fault FieldValueError FileError FilterError IncompleteError
            InternalServiceError InvalidRequestError KnownResource NoCasesDomainError NotFoundError NotLoadedError
            OvertakenError PaginationError QuotaExceededError RequestError ResponseDecodeError ServiceError
            ThrottlingError TransportError UnknownNameError WaitError WaitTimeoutError
        """,
        "filters": """
            AnyRef BooleanRef DateTimeRef Descending F FieldRef Filter NumberRef SelectRef TagRef TextRef UrlRef UserRef
            all_of any_of
        """,
        "pagination": "Page Pager",
        "resources._case_id": "CaseOrId",
        "resources._sync": "Action ActionKind Plan Sources SyncResult",
        "resources._writing": "FieldInputs Performer SupportsItems",
        "resources.cases.audit": "AuditChange AuditEvent AuditEvents AuditedMerge",
        "resources.cases.batches": "CaseFate CaseOutcome UpdateManyResult",
        "resources.cases.case": "Case CreatedCase ListedCase LoadedCase",
        "resources.cases.cases": "Cases",
        "resources.cases.merge": "Merge MergeState Movable",
        "resources.cases.search": "SortInput SortKey",
        "resources.cases.values": "FieldsToRead",
        "resources.domains": "CasesDomain Domains ListedDomain LoadedDomain",
        "resources.event_configuration": "EventConfiguration EventSettings IncludedFields",
        "resources.instances": "Instance Instances ListedInstance LoadedInstance",
        "resources.related_items.batches": "CommentFate CommentManyResult CommentOutcome",
        "resources.related_items.content": """
            CaseLink Comment ContactLink CustomItem FileLink ItemContent ItemFilter NewItemContent NewSla Sla SlaState
            UnknownContent
        """,
        "resources.related_items.item": "CreatedRelatedItem LoadedRelatedItem RelatedItem",
        "resources.related_items.items": "ByKind Comments DomainRelatedItems RelatedItemSort RelatedItems",
        "resources.schema": "FieldName Schema",
        "resources.setup._resolving": "CaseRuleName LayoutName TemplateName",
        "resources.setup._template_settings": "AppliedRule RuleInput TemplateSettings",
        "resources.setup.case_rules": "CaseRule CaseRules ListedCaseRule LoadedCaseRule",
        "resources.setup.conditions": "Decision",
        "resources.setup.field": "Field ListedField LoadedField",
        "resources.setup.field_options": "FieldOptions OptionFailure OptionInputs OptionsResult",
        "resources.setup.fields": "Fields",
        "resources.setup.layouts": "Layout Layouts ListedLayout LoadedLayout Panel PanelGroup PanelInput",
        "resources.setup.rules": "FieldOptionsRule HiddenRule OtherRule RequiredRule Rule When",
        "resources.setup.templates": "ListedTemplate LoadedTemplate Template Templates",
        "resources.tags": "LoadedTags Tags",
        "resources.task_templates._request": "ReferenceInput TaskFieldInputs",
        "resources.task_templates.task_template": "ListedTaskTemplate LoadedTaskTemplate TaskTemplate",
        "resources.task_templates.task_templates": "TaskTemplates",
        "resources.views._ids": "Qualifier",
        "resources.views.content": "ContentInput ViewContent",
        "resources.views.diff": "Change ChangeKind ViewDiff",
        "resources.views.publishing": "Publication PublicationOutcome",
        "resources.views.search": "TagsInput Texts",
        "resources.views.versions": "ListedViewVersion LoadedViewVersion ViewVersion ViewVersions",
        "resources.views.view": "ListedView LoadedView View",
        "resources.views.views": "Views",
        "retry": "RetryPolicy",
        "task_definitions": "TaskTemplateDefinition",
    }.items()
}

if not TYPE_CHECKING:  # or a checker would take any misspelt name for Any
    __getattr__, __dir__ = lazy_attributes(__name__, _HOMES)
