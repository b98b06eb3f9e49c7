"""Handling what goes wrong: narrowing an error, and what each kind knows."""

from typing import Any

from typing_extensions import assert_type

from connectkit import (
    ConflictError,
    ConnectKit,
    ConnectKitError,
    Fault,
    NotFoundError,
    PaginationError,
    RequestError,
    ResponseDecodeError,
    ServiceError,
    ThrottlingError,
    TransportError,
)
from connectkit.models import connectcases as cases


def delete(kit: ConnectKit, case: str) -> str:
    try:
        kit.send(cases.DeleteCaseRequest(domain_id="d", case_id=case))
    except NotFoundError:
        return "gone already"
    except (ConflictError, ThrottlingError) as error:
        assert_type(error, ConflictError | ThrottlingError)
        return error.message
    except ConnectKitError as error:
        return explained(error)
    return "gone"


def explained(error: ConnectKitError) -> str:
    if isinstance(error, ServiceError):
        assert_type(error, ServiceError)
        assert_type(error.operation, str)
        assert_type(error.code, str)
        assert_type(error.message, str)
        assert_type(error.status, int)
        assert_type(error.request_id, str | None)
        assert_type(error.attempts, int)
        assert_type(error.details, dict[str, Any])
        assert_type(error.retry_after, float | None)
        return error.code
    if isinstance(error, RequestError):
        assert_type(error.faults, tuple[Fault, ...])
        return error.faults[0].path
    if isinstance(error, TransportError):
        assert_type(error.never_sent, bool)
        return error.reason
    if isinstance(error, ResponseDecodeError):
        assert_type(error.status, int | None)
        return ", ".join(fault.problem for fault in error.faults)
    if isinstance(error, PaginationError):
        return f"page {error.pages} of {error.operation}"
    assert_type(error, ConnectKitError)
    return str(error)
