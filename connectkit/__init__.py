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
        FilterError as FilterError,
        IncompleteError as IncompleteError,
        InternalServiceError as InternalServiceError,
        InvalidRequestError as InvalidRequestError,
        NoCasesDomainError as NoCasesDomainError,
        NotFoundError as NotFoundError,
        NotLoadedError as NotLoadedError,
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
    from .resources.case import Case as Case, LoadedCase as LoadedCase
    from .resources.case_batches import CaseOutcome as CaseOutcome, UpdateManyResult as UpdateManyResult
    from .resources.case_rules import (
        CaseRule as CaseRule,
        FieldOptionsRule as FieldOptionsRule,
        HiddenRule as HiddenRule,
        RequiredRule as RequiredRule,
    )
    from .resources.domains import CasesDomain as CasesDomain
    from .resources.field_options import FieldOptions as FieldOptions, OptionsResult as OptionsResult
    from .resources.fields import Field as Field
    from .resources.layouts import Layout as Layout
    from .resources.schema import Schema as Schema
    from .resources.templates import Template as Template
    from .retry import RetryPolicy as RetryPolicy

__version__ = "0.1.0"

__all__ = [
    "AccessDeniedError",
    "AnyRef",
    "BatchError",
    "BooleanRef",
    "Case",
    "CaseOutcome",
    "CaseRule",
    "CasesDomain",
    "ConfigurationError",
    "ConflictError",
    "ConnectKit",
    "ConnectKitError",
    "CredentialsError",
    "DateTimeRef",
    "EventDecodeError",
    "F",
    "Fault",
    "Field",
    "FieldOptions",
    "FieldOptionsRule",
    "FieldRef",
    "FieldValueError",
    "Filter",
    "FilterError",
    "HiddenRule",
    "IncompleteError",
    "InternalServiceError",
    "InvalidRequestError",
    "Layout",
    "LoadedCase",
    "NoCasesDomainError",
    "NotFoundError",
    "NotLoadedError",
    "NumberRef",
    "OptionsResult",
    "Page",
    "Pager",
    "PaginationError",
    "QuotaExceededError",
    "RequestError",
    "RequiredRule",
    "ResponseDecodeError",
    "RetryPolicy",
    "Schema",
    "SelectRef",
    "ServiceError",
    "TagRef",
    "Template",
    "TextRef",
    "ThrottlingError",
    "TransportError",
    "UnknownNameError",
    "UpdateManyResult",
    "UrlRef",
    "UserRef",
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
        "FilterError",
        "IncompleteError",
        "InternalServiceError",
        "InvalidRequestError",
        "NoCasesDomainError",
        "NotFoundError",
        "NotLoadedError",
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
    "resources.case": ("Case", "LoadedCase"),
    "resources.case_batches": ("CaseOutcome", "UpdateManyResult"),
    "resources.case_rules": ("CaseRule", "FieldOptionsRule", "HiddenRule", "RequiredRule"),
    "resources.domains": ("CasesDomain",),
    "resources.field_options": ("FieldOptions", "OptionsResult"),
    "resources.fields": ("Field",),
    "resources.layouts": ("Layout",),
    "resources.schema": ("Schema",),
    "resources.templates": ("Template",),
    "retry": ("RetryPolicy",),
}

if not TYPE_CHECKING:  # or a checker would take any misspelt name for Any
    __getattr__, __dir__ = lazy_attributes(__name__, _HOMES)
