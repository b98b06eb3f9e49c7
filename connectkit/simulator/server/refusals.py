"""The answers to requests that never reach a service, in the form in which the services give theirs."""

from __future__ import annotations

import uuid

from connectkit.simulator.core.encode import encode_unmodelled_error
from connectkit.simulator.core.http import HttpResponse

__all__ = ["RefusedError", "refuse"]

_LONGEST_MESSAGE = 500
# Their names follow those that AWS's own front ends use where there is one.
_CODES = {
    400: "MalformedHttpRequestException",
    403: "AccessDeniedException",
    404: "UnknownOperationException",
    405: "MethodNotAllowedException",
    408: "RequestTimeoutException",
    411: "LengthRequiredException",
    413: "RequestEntityTooLargeException",
    414: "UriTooLongException",
    415: "UnsupportedMediaTypeException",
    500: "InternalFailure",
    501: "NotImplementedException",
    502: "ConnectionBrokenException",
}


class RefusedError(Exception):
    """A request that is answered with a ``status`` and no service ever sees."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def refuse(status: int, message: str) -> HttpResponse:
    """Make the answer to a request that is refused, as JSON that an AWS SDK reads as an error."""
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:_LONGEST_MESSAGE]}..."
    code = _CODES.get(status, "HttpException")
    return encode_unmodelled_error(status, code, message, request_id=str(uuid.uuid4()))
