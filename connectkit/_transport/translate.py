"""Turn what boto3 raises into our errors, and say of each whether trying again could help and could harm."""

from __future__ import annotations

import enum
from typing import Any, cast

import botocore.exceptions as boto

from ..errors import (
    AccessDeniedError,
    ConfigurationError,
    ConflictError,
    ConnectKitError,
    CredentialsError,
    InternalServiceError,
    InvalidRequestError,
    NotFoundError,
    QuotaExceededError,
    ServiceError,
    ThrottlingError,
    TransportError,
)
from .retry_after import seconds_asked

__all__ = ["Outcome", "outcome", "translate"]


class Outcome(enum.Enum):
    """What a failed attempt may have done."""

    UNDONE = "the service did nothing, and may later: try again"
    UNKNOWN = "the service may have acted: try again only if acting twice does no harm"
    FINAL = "trying again brings the same"


_BY_CODE: dict[str, type[ServiceError]] = {
    "ResourceNotFoundException": NotFoundError,
    "ConflictException": ConflictError,
    "DuplicateResourceException": ConflictError,
    "ResourceConflictException": ConflictError,
    "ResourceInUseException": ConflictError,
    "ValidationException": InvalidRequestError,
    "InvalidRequestException": InvalidRequestError,
    "InvalidParameterException": InvalidRequestError,
    "PropertyValidationException": InvalidRequestError,
    "ThrottlingException": ThrottlingError,
    "TooManyRequestsException": ThrottlingError,
    "Throttling": ThrottlingError,
    "ThrottledException": ThrottlingError,
    "RequestLimitExceeded": ThrottlingError,
    "RequestThrottled": ThrottlingError,
    "RequestThrottledException": ThrottlingError,
    "SlowDown": ThrottlingError,
    "ServiceQuotaExceededException": QuotaExceededError,
    "LimitExceededException": QuotaExceededError,
    "AccessDeniedException": AccessDeniedError,
    "UnrecognizedClientException": AccessDeniedError,
    "InvalidClientTokenId": AccessDeniedError,
    "InvalidSignatureException": AccessDeniedError,
    "SignatureDoesNotMatch": AccessDeniedError,
    "ExpiredTokenException": AccessDeniedError,
    "ExpiredToken": AccessDeniedError,
    "MissingAuthenticationTokenException": AccessDeniedError,
    "InternalServerException": InternalServiceError,
    "InternalServiceException": InternalServiceError,
    "ServiceUnavailableException": InternalServiceError,
    "ServiceUnavailable": InternalServiceError,
}
_BY_STATUS: dict[int, type[ServiceError]] = {
    401: AccessDeniedError,
    402: QuotaExceededError,
    403: AccessDeniedError,
    404: NotFoundError,
    409: ConflictError,
    429: ThrottlingError,
}
_SERVER_FAULT = 500
# 501 and 505 say that it will never work.
_WORTH_REPEATING = frozenset({500, 502, 503, 504})

_CREDENTIALS = (
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.CredentialRetrievalError,
    boto.TokenRetrievalError,
    boto.NoAuthTokenError,
    boto.SSOError,
    boto.MetadataRetrievalError,
    boto.UnknownCredentialError,
    boto.RefreshWithMFAUnsupportedError,
)
_NEVER_SENT = (boto.EndpointConnectionError, boto.ConnectTimeoutError)
# What urllib3 calls it when the connection itself couldn't be made; it has other reasons to blame a proxy.
_NO_CONNECTION = frozenset({"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"})
_BROKEN_OFF = (boto.HTTPClientError, boto.ConnectionError, boto.IncompleteReadError)
# What botocore's own error dictionaries always hold, and what we have attributes for.
_ENVELOPE = frozenset({"Error", "ResponseMetadata", "message", "Message", "retryAfterSeconds"})


def outcome(error: BaseException) -> Outcome:
    """What the attempt that ended in boto3's ``error`` may have done."""
    if isinstance(error, boto.ClientError):
        kind, status = _kind(error)
        if kind is ThrottlingError:
            return Outcome.UNDONE
        if status in _WORTH_REPEATING or _BY_CODE.get(_code(error)) is InternalServiceError:
            return Outcome.UNKNOWN
        return Outcome.FINAL
    if _never_sent(error):
        return Outcome.UNDONE
    if isinstance(error, _BROKEN_OFF) and not isinstance(error, boto.SSLError):
        return Outcome.UNKNOWN
    return Outcome.FINAL


def asked_to_wait(error: BaseException) -> float | None:
    """Seconds that the service asked to wait before the next attempt, if it did."""
    if not isinstance(error, boto.ClientError):
        return None
    response = cast("dict[str, Any]", error.response)
    headers = response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    for told in (headers.get("retry-after"), response.get("retryAfterSeconds")):
        seconds = None if told is None else seconds_asked(told)
        if seconds is not None:
            return seconds
    return None


def _never_sent(error: BaseException) -> bool:
    if isinstance(error, boto.ProxyConnectionError):
        # A proxy that hangs up after it took the request is reported the same way as one that can't be reached.
        reason = getattr(error.kwargs.get("error"), "original_error", None)
        return type(reason).__name__ in _NO_CONNECTION
    return isinstance(error, _NEVER_SENT)


def translate(error: Exception, *, operation: str, attempts: int, retry_after: float | None) -> ConnectKitError | None:
    """Our error for boto3's ``error``; ``None`` for one that isn't boto3's and should go on as it is."""
    if isinstance(error, boto.ClientError):
        return _service_error(error, operation, attempts, retry_after)
    if isinstance(error, _CREDENTIALS):
        return CredentialsError(str(error))
    if isinstance(error, (*_NEVER_SENT, *_BROKEN_OFF)):
        return TransportError(operation=operation, reason=str(error), attempts=attempts, never_sent=_never_sent(error))
    if isinstance(error, boto.BotoCoreError):
        return ConfigurationError(f"{operation}: {error}")
    return None


def configuration_error(error: Exception) -> ConfigurationError:
    """Our error for what boto3 raises when a client can't be made."""
    return CredentialsError(str(error)) if isinstance(error, _CREDENTIALS) else ConfigurationError(str(error))


def _code(error: boto.ClientError) -> str:
    response = cast("dict[str, Any]", error.response)
    return str(response.get("Error", {}).get("Code") or "")


def _kind(error: boto.ClientError) -> tuple[type[ServiceError], int]:
    response = cast("dict[str, Any]", error.response)
    status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode") or 0)
    kind = _BY_CODE.get(_code(error)) or _BY_STATUS.get(status)
    if kind is None:
        kind = InternalServiceError if status >= _SERVER_FAULT else InvalidRequestError
    return kind, status


def _service_error(error: boto.ClientError, operation: str, attempts: int, retry_after: float | None) -> ServiceError:
    response = cast("dict[str, Any]", error.response)
    kind, status = _kind(error)
    return kind(
        operation=operation,
        code=_code(error) or f"HTTP {status}",
        message=_message(response),
        status=status,
        request_id=response.get("ResponseMetadata", {}).get("RequestId"),
        attempts=attempts,
        details={name: value for name, value in response.items() if name not in _ENVELOPE},
        retry_after=retry_after,
    )


def _message(response: dict[str, Any]) -> str:
    # Connect says "Message", Cases "message"; botocore looks for the one, and takes null for an answer.
    for text in (response.get("Error", {}).get("Message"), response.get("message"), response.get("Message")):
        if text:
            return str(text)
    return ""
