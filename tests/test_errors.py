"""The exceptions: which one for which error of the services, what it carries, what it says."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from botocore.exceptions import ClientError

import connectkit
from connectkit import (
    AccessDeniedError,
    BatchError,
    ConfigurationError,
    ConflictError,
    ConnectKitError,
    CredentialsError,
    EventDecodeError,
    FieldValueError,
    FileError,
    FilterError,
    IncompleteError,
    InternalServiceError,
    InvalidRequestError,
    NoCasesDomainError,
    NotFoundError,
    NotLoadedError,
    OvertakenError,
    PaginationError,
    QuotaExceededError,
    RequestError,
    ResponseDecodeError,
    ServiceError,
    ThrottlingError,
    TransportError,
    UnknownNameError,
    WaitError,
    WaitTimeoutError,
)
from connectkit.errors import Fault
from connectkit.models._versions import SINCE

from .transport.standin import REQUEST_ID, Answer, failure
from .transport.support import (
    Intercepted,
    clean_environment,
    installed,
    minimal,
    minimal_request,
    requests_by_operation,
    service_model,
)

# Every error shape of the 69 operations, and what it is to a caller.
CLASSES: dict[str, type[ServiceError]] = {
    "AccessDeniedException": AccessDeniedError,
    "ConflictException": ConflictError,
    "DuplicateResourceException": ConflictError,
    "InternalServerException": InternalServiceError,
    "InternalServiceException": InternalServiceError,
    "InvalidParameterException": InvalidRequestError,
    "InvalidRequestException": InvalidRequestError,
    "LimitExceededException": QuotaExceededError,
    "PropertyValidationException": InvalidRequestError,
    "ResourceInUseException": ConflictError,
    "ResourceNotFoundException": NotFoundError,
    "ServiceQuotaExceededException": QuotaExceededError,
    "ThrottlingException": ThrottlingError,
    "TooManyRequestsException": ThrottlingError,
    "ValidationException": InvalidRequestError,
}
MESSAGE = "This is why."


def _error_shapes() -> list[Any]:
    """Operation and error shape, of all that the installed botocore knows; and the operations that it doesn't."""
    found: list[Any] = []
    for operation, model in requests_by_operation().items():
        if not installed(operation):
            found.append(pytest.param(operation, None, id=f"{operation}-not in this boto3"))
            continue
        shapes = service_model(model.operation.service).operation_model(operation).error_shapes
        found += [pytest.param(operation, shape, id=f"{operation}-{shape.name}") for shape in shapes]
    return found


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    clean_environment(monkeypatch)


@pytest.fixture(scope="module")
def wire() -> Intercepted:
    return Intercepted(max_attempts=1)


def caught_from(wire: Intercepted, answer: Answer, operation: str = "GetDomain") -> ServiceError:
    wire.answer = lambda _: answer
    with pytest.raises(ServiceError) as caught:
        wire.kit.send(minimal_request(operation))
    return caught.value


# --- which error ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("operation", "shape"), _error_shapes())
def test_every_error_of_every_operation(wire: Intercepted, operation: str, shape: Any) -> None:
    if shape is None:
        since = SINCE[requests_by_operation()[operation].operation.service][operation]
        with pytest.raises(RequestError, match=f"needs boto3 {since} or newer"):
            wire.kit.send(minimal_request(operation))
        return
    members: dict[str, Any] = minimal(shape, full=True)
    headers: dict[str, str] = {}
    for name, member in shape.members.items():
        if name.lower() == "message":
            members[name] = MESSAGE
        elif member.serialization.get("location") == "header":
            headers[member.serialization["name"]] = str(members.pop(name))
    status = shape.metadata["error"]["httpStatusCode"]
    code = shape.metadata["error"].get("code", shape.name)
    error = caught_from(wire, failure(code, status, headers=headers, **members), operation)

    assert type(error) is CLASSES[shape.name]
    assert (error.operation, error.code, error.status, error.message) == (operation, code, status, MESSAGE)
    assert (error.request_id, error.attempts) == (REQUEST_ID, 1)
    assert error.details == {name: value for name, value in members.items() if name.lower() != "message"}
    assert error.retry_after == (float(headers["Retry-After"]) if "Retry-After" in headers else None)
    assert isinstance(error.__cause__, ClientError)
    text = str(error)
    assert text.startswith(f"{operation}: {code} ({status}): {MESSAGE}")
    assert "None" not in text
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(copied), str(copied), vars(copied)) == (type(error), text, vars(error))


def test_the_table_names_every_error_shape_of_the_installed_botocore() -> None:
    known = {
        shape.name
        for operation, model in requests_by_operation().items()
        if installed(operation)
        for shape in service_model(model.operation.service).operation_model(operation).error_shapes
    }
    assert known <= set(CLASSES)


@pytest.mark.parametrize("operation", ["GetDomain", "CreateCase", "DescribeView", "ListInstances"])
@pytest.mark.parametrize("code", CLASSES)
def test_an_error_that_the_model_doesnt_give_to_an_operation_is_known_all_the_same(
    wire: Intercepted, operation: str, code: str
) -> None:
    error = caught_from(wire, failure(code, 400, message=MESSAGE), operation)
    assert type(error) is CLASSES[code]
    assert error.message == MESSAGE


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("ExpiredTokenException", AccessDeniedError),
        ("UnrecognizedClientException", AccessDeniedError),
        ("InvalidSignatureException", AccessDeniedError),
        ("ServiceUnavailableException", InternalServiceError),
        ("RequestLimitExceeded", ThrottlingError),
    ],
)
def test_what_aws_itself_answers_in_place_of_the_service(
    wire: Intercepted, code: str, wanted: type[ServiceError]
) -> None:
    assert type(caught_from(wire, failure(code, 400, message=MESSAGE))) is wanted


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (400, InvalidRequestError),
        (401, AccessDeniedError),
        (402, QuotaExceededError),
        (403, AccessDeniedError),
        (404, NotFoundError),
        (405, InvalidRequestError),
        (409, ConflictError),
        (413, InvalidRequestError),
        (418, InvalidRequestError),
        (429, ThrottlingError),
        (500, InternalServiceError),
        (501, InternalServiceError),
        (502, InternalServiceError),
        (503, InternalServiceError),
        (504, InternalServiceError),
        (599, InternalServiceError),
    ],
)
@pytest.mark.parametrize("code", ["BrandNewException", None])
def test_a_code_that_nobody_knows_goes_by_its_status(
    wire: Intercepted, status: int, wanted: type[ServiceError], code: str | None
) -> None:
    answer = (
        failure(code, status, message=MESSAGE) if code else Answer(status, json.dumps({"message": MESSAGE}).encode())
    )
    error = caught_from(wire, answer)
    assert type(error) is wanted
    assert error.code == (code or str(status))
    assert error.message == MESSAGE


def test_a_decorated_code_is_the_code(wire: Intercepted) -> None:
    header = "ResourceNotFoundException:http://internal.amazon.com/coral/"
    error = caught_from(wire, failure(header, 404, message=MESSAGE))
    assert (type(error), error.code) == (NotFoundError, "ResourceNotFoundException")


@pytest.mark.parametrize("told", ["ConflictException", "com.amazon.cases#ConflictException"])
def test_a_code_in_the_body_is_the_code(wire: Intercepted, told: str) -> None:
    error = caught_from(wire, Answer(409, json.dumps({"__type": told, "message": MESSAGE}).encode()))
    assert (type(error), error.code) == (ConflictError, "ConflictException")


# --- what it says -----------------------------------------------------------------------------------------------------


def test_a_property_validation_lists_each_property(wire: Intercepted) -> None:
    # boto3 prints only "None": this error has no message.
    wrong = [
        {"PropertyPath": "Fields[0].Type", "Reason": "INVALID_FORMAT", "Message": "must be one of NAME, TEXT"},
        {"PropertyPath": "Constraints.RequiredFields[1]", "Reason": "UNIQUE_CONSTRAINT_VIOLATED", "Message": "twice"},
        {"Reason": "NOT_SUPPORTED"},
    ]
    answer = failure("PropertyValidationException", 400, Message=None, PropertyList=wrong)
    error = caught_from(wire, answer, "CreateTaskTemplate")
    assert type(error) is InvalidRequestError
    assert error.details["PropertyList"] == wrong
    assert [line.rstrip() for line in str(error).splitlines()] == [
        "CreateTaskTemplate: PropertyValidationException (400):",
        "  Fields[0].Type: INVALID_FORMAT: must be one of NAME, TEXT",
        "  Constraints.RequiredFields[1]: UNIQUE_CONSTRAINT_VIOLATED: twice",
        f"  (property not named): NOT_SUPPORTED (request {REQUEST_ID}, 1 attempt)",
    ]


@pytest.mark.parametrize("wrong", [[], None, [{}], [{"PropertyPath": None, "Reason": None, "Message": None}]])
def test_a_property_validation_without_properties_still_has_a_text(wire: Intercepted, wrong: Any) -> None:
    answer = failure("PropertyValidationException", 400, Message=None, PropertyList=wrong)
    text = str(caught_from(wire, answer, "CreateTaskTemplate"))
    assert text.startswith("CreateTaskTemplate: PropertyValidationException (400):")
    assert "service gives no reason" in text or "property not named" in text
    assert "None" not in text


def test_details_that_tell_what_it_is_about_are_in_the_text(wire: Intercepted) -> None:
    answer = failure("ResourceNotFoundException", 404, message="Not found", resourceId="c-1", resourceType="Case")
    assert str(caught_from(wire, answer)) == (
        "GetDomain: ResourceNotFoundException (404): Not found [resourceId=c-1] [resourceType=Case] "
        f"(request {REQUEST_ID}, 1 attempt)"
    )


@pytest.mark.parametrize("body", [b"", b"{}", b'{"message": null}', b'{"message": ""}', b'{"Message": null}'])
def test_an_error_without_a_reason_says_that_there_is_none(wire: Intercepted, body: bytes) -> None:
    error = caught_from(wire, Answer(400, body, {"x-amzn-ErrorType": "ValidationException"}))
    assert error.message == ""
    assert "the service gives no reason" in str(error)
    assert "None" not in str(error)


@pytest.mark.parametrize(
    "answer", [failure("ResourceNotFoundException", 404, message=None, resourceId=None), failure("X", 400)]
)
def test_null_members_are_not_in_the_text(wire: Intercepted, answer: Answer) -> None:
    assert "None" not in str(caught_from(wire, answer))


def test_without_a_request_id_the_text_does_without() -> None:
    error = ServiceError(operation="GetCase", code="X", message="m", status=400, request_id=None, attempts=3)
    assert str(error) == "GetCase: X (400): m (3 attempts)"


# --- by themselves ----------------------------------------------------------------------------------------------------

KINDS: list[type[ServiceError]] = list(dict.fromkeys([ServiceError, *CLASSES.values()]))


class Known(NamedTuple):
    """A resource that can be pickled."""

    id: str


class Result(NamedTuple):
    """What became of a batch, likewise."""

    succeeded: list[str]
    failed: list[str]
    left: list[str]
    ok: bool


SAMPLES: list[ConnectKitError] = [
    ConnectKitError("x"),
    ConfigurationError("no region"),
    CredentialsError("no credentials"),
    RequestError(operation="GetCase", faults=[Fault("a", "b"), Fault("", "c")]),
    TransportError(operation="GetCase", reason="refused", attempts=3, never_sent=True),
    ResponseDecodeError(operation="GetCase", faults=[Fault("a", "b")], status=200, request_id="r", attempts=2),
    EventDecodeError(path="Records[0].body", problem="is no JSON"),
    PaginationError(operation="ListFields", pages=3),
    FieldValueError(field="Amount", problem="takes a number"),
    FilterError("takes a term"),
    FileError(operation="UpdateViewContent", faults=[Fault("views/a.json", "there is no such file")]),
    OvertakenError(operation="UpdateViewContent", message="view v has been changed since it was read"),
    UnknownNameError(kind="field", name="Amuont", near=["Amount"], where="domain d"),
    NoCasesDomainError("instance i has no Cases domain"),
    NotLoadedError("field 'Amount' wasn't read"),
    IncompleteError("case c was created, but not linked", resource=Known("c"), done=["create"], left=["link"]),
    BatchError("1 of 2 failed", result=Result(["a"], ["b"], [], ok=False)),
    WaitError("it won't happen"),
    WaitTimeoutError("it hasn't happened yet"),
    *(
        kind(
            operation="GetCase",
            code="X",
            message="m",
            status=400,
            request_id="r",
            attempts=2,
            details={"resourceId": "i", "PropertyList": [{"PropertyPath": "p"}]},
            retry_after=1.5,
        )
        for kind in KINDS
    ),
]


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("way", ["pickle", "copy", "deepcopy"])
def test_errors_travel_between_processes_whole(error: ConnectKitError, way: str) -> None:
    ways: dict[str, Callable[[], Any]] = {
        "pickle": lambda: pickle.loads(pickle.dumps(error)),  # noqa: S301 - our own
        "copy": lambda: copy.copy(error),
        "deepcopy": lambda: copy.deepcopy(error),
    }
    other: Any = ways[way]()
    assert type(other) is type(error)
    assert str(other) == str(error)
    assert other.args == error.args
    assert vars(other) == vars(error)


def test_an_error_of_python_is_caught_as_one() -> None:
    kinds: dict[type[Exception], list[type[ConnectKitError]]] = {
        ValueError: [FieldValueError, FilterError, EventDecodeError],
        KeyError: [UnknownNameError, NotLoadedError],
        LookupError: [NoCasesDomainError],
        TimeoutError: [WaitTimeoutError],
    }
    assert all(issubclass(ours, python) for python, some in kinds.items() for ours in some)


def test_the_text_of_an_unknown_name_has_no_quotes_around_it() -> None:
    error = UnknownNameError(kind="field", name="Amuont", near=["Amount", "Mount"], where="domain d")
    assert str(error) == "there is no field 'Amuont' in domain d; did you mean 'Amount' or 'Mount'?"
    assert str(NotLoadedError("it wasn't read")) == "it wasn't read"


def test_each_error_has_a_sample_and_is_a_public_name() -> None:
    kinds = {
        one for _, one in inspect.getmembers(connectkit.errors, inspect.isclass) if issubclass(one, ConnectKitError)
    }
    assert kinds == {type(error) for error in SAMPLES}
    assert {kind.__name__ for kind in kinds} <= set(connectkit.__all__)


def test_hundreds_of_faults_are_kept_and_the_first_twenty_told() -> None:
    error = RequestError(
        operation="BatchPutFieldOptions", faults=[Fault(f"options[{n}]", "is none") for n in range(130)]
    )
    assert len(error.faults) == 130
    assert str(error).splitlines()[-2:] == ["  options[19]: is none", "  and 110 more"]


def test_all_service_errors_can_be_caught_as_one(wire: Intercepted) -> None:
    for name, kind in CLASSES.items():
        with pytest.raises(ConnectKitError):
            raise caught_from(wire, failure(name, 400, message="m"))
        assert issubclass(kind, ServiceError)


def test_an_error_shows_where_in_the_traceback_boto3_raised(wire: Intercepted) -> None:
    error = caught_from(wire, failure("ConflictException", 409, message="taken"))
    cause = error.__cause__
    assert isinstance(cause, ClientError)
    assert cause.response["Error"]["Code"] == "ConflictException"  # pyright: ignore[reportTypedDictNotRequiredAccess]


def test_a_view_that_is_taken_is_a_conflict_for_both_services(wire: Intercepted) -> None:
    taken = caught_from(wire, failure("DuplicateResourceException", 409, Message="taken"), "CreateView")
    busy = caught_from(wire, failure("ConflictException", 409, message="taken"), "CreateField")
    assert type(taken) is type(busy) is ConflictError
    assert taken.message == busy.message == "taken"
