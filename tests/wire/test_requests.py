"""A request sent by connectkit and by boto3 itself makes the same HTTP request, for every operation."""

from __future__ import annotations

import re
import uuid
from typing import Any

import botocore
import pytest
from hypothesis import Phase, find, given, settings, strategies as st
from hypothesis.errors import NoSuchExample

from connectkit import RequestError
from connectkit.models import Request, connectcases as cases
from connectkit.models._versions import SINCE

from .harness import (
    ALL,
    INSTALLED,
    MISSING,
    PACKAGES,
    AnyRequest,
    boto_line,
    exact,
    kit,
    kit_line,
    name_of,
    operation_model,
)
from .strategies import least_parameters, parameters

WITH_TOKEN = tuple(one for one in INSTALLED if one.operation.token)


def test_all_the_operations_are_here() -> None:
    by_service = {service: sum(one.operation.service == service for one in ALL) for service in PACKAGES}
    assert by_service == {"connect": 22, "connectcases": 47}


@pytest.mark.parametrize("request_class", INSTALLED, ids=name_of)
@given(data=st.data())
def test_connectkit_sends_what_boto3_sends(request_class: AnyRequest, data: st.DataObject) -> None:
    wanted = data.draw(parameters(request_class.operation), label="parameters")
    operation = request_class.operation
    ours, boto = kit_line(operation.service), boto_line(operation.service)

    request = request_class.from_wire(wanted)
    kit().send(request)
    boto.call(operation.method, wanted)

    assert ours.last() == boto.last()
    assert exact(request.to_wire()) == exact(wanted)


@pytest.mark.parametrize("request_class", INSTALLED, ids=name_of)
@given(data=st.data())
def test_models_built_in_python_hold_what_was_given(request_class: AnyRequest, data: st.DataObject) -> None:
    wanted = data.draw(parameters(request_class.operation), label="parameters")

    request = built(request_class, operation_model(request_class.operation).input_shape, wanted)

    assert exact(request.to_wire()) == exact(wanted)
    assert request == request_class.from_wire(wanted)


def built(request_class: AnyRequest, shape: Any, value: dict[str, Any]) -> Request[Any]:
    """What a person writes: the classes by their names, called with snake_case keywords, all the way down."""
    package = PACKAGES[request_class.operation.service]

    def attribute(model: Any, wire: str) -> str:
        names: dict[str, str] = {name: attribute for attribute, name in model.wire_names().items()}
        return names[wire]

    def build(model: Any, shape: Any, value: dict[str, Any]) -> Any:
        return model(**{attribute(model, wire): convert(shape.members[wire], held) for wire, held in value.items()})

    def convert(shape: Any, value: Any) -> Any:
        if shape.type_name == "structure":
            return build(getattr(package, shape.name), shape, value)
        if shape.type_name == "list":
            return [convert(shape.member, item) for item in value]
        if shape.type_name == "map":
            return {key: convert(shape.value, held) for key, held in value.items()}
        return value

    made: Request[Any] = build(request_class, shape, value)
    return made


@pytest.mark.parametrize("request_class", WITH_TOKEN, ids=name_of)
def test_an_idempotency_token_is_added_where_there_is_none(request_class: AnyRequest) -> None:
    operation = request_class.operation
    assert operation.token is not None
    least = {name: held for name, held in least_parameters(request_class.operation).items() if name != operation.token}

    line = kit_line(operation.service)
    tokens: set[str] = set()
    for _ in range(2):
        kit().send(request_class.from_wire(least))
        ours = line.last()
        token = ours.document[operation.token]
        assert str(uuid.UUID(token)) == token

        # With that token boto3, which checks it, sends the same.
        boto = boto_line(operation.service)
        boto.call(operation.method, {**least, operation.token: token})
        assert boto.last() == ours
        tokens.add(token)
    assert len(tokens) == 2, "each call has its own"


def test_an_operation_that_boto3_does_not_have_says_which_version_does() -> None:
    # A loop, so that this is a test as well where boto3 has them all.
    for request_class in MISSING:
        operation = request_class.operation
        line = kit_line(operation.service)
        with pytest.raises(RequestError, match=re.escape(f"boto3 {_since(request_class)}")) as caught:
            kit().send(request_class.model_construct())
        assert caught.value.operation == operation.name
        assert line.sent == []


def test_boto3_has_the_operations_that_it_should_have_by_its_version() -> None:
    installed = _parts(botocore.__version__)
    for request_class in ALL:
        since = _since(request_class)
        assert (request_class in MISSING) == (since is not None and installed < _parts(since)), request_class


def _since(request_class: AnyRequest) -> str | None:
    return SINCE[request_class.operation.service].get(request_class.operation.name)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


# --- by example: what the properties above reach by luck ------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "encoded"),
    [
        ("a/b", "a%2Fb"),
        ("50%", "50%25"),
        ("%2F", "%252F"),
        ("a&b=c?d#e", "a%26b%3Dc%3Fd%23e"),
        ("a b+c", "a%20b%2Bc"),
        ("漢é", "%E6%BC%A2%C3%A9"),
        ("..", ".."),
        ("a{b}", "a%7Bb%7D"),
    ],
)
def test_identifiers_are_escaped_once(raw: str, encoded: str) -> None:
    kit_line("connectcases")
    kit().send(cases.GetLayoutRequest(domain_id=raw, layout_id=f"l{raw}"))
    assert kit_line("connectcases").last().path == f"/domains/{encoded}/layouts/l{encoded}"


def test_queries_carry_numbers_and_lists() -> None:
    line = kit_line("connectcases")
    kit().send(
        cases.ListTemplatesRequest(domain_id="d", max_results=1, next_token="a&b=", status=["Active", "Inactive"])
    )
    assert line.last().query == {"maxResults": ["1"], "nextToken": ["a&b="], "status": ["Active", "Inactive"]}
    kit().send(cases.UntagResourceRequest(arn="a:b/c", tag_keys=["x y", "ü", "a&b"]))
    assert line.last().query == {"tagKeys": ["x y", "ü", "a&b"]}


def test_what_is_false_or_empty_is_sent() -> None:
    line = kit_line("connectcases")
    values = [
        cases.FieldValue(id="a", value=cases.FieldValueUnion(boolean_value=False)),
        cases.FieldValue(id="b", value=cases.FieldValueUnion(double_value=0)),
        cases.FieldValue(id="c", value=cases.FieldValueUnion(double_value=0.0)),
        cases.FieldValue(id="d", value=cases.FieldValueUnion(string_value="")),
        cases.FieldValue(id="e", value=cases.FieldValueUnion(empty_value=cases.EmptyFieldValue())),
    ]
    kit().send(cases.UpdateCaseRequest(domain_id="d", case_id="c", fields=values))
    assert line.last().body == exact(
        {
            "fields": [
                {"id": "a", "value": {"booleanValue": False}},
                {"id": "b", "value": {"doubleValue": 0}},
                {"id": "c", "value": {"doubleValue": 0.0}},
                {"id": "d", "value": {"stringValue": ""}},
                {"id": "e", "value": {"emptyValue": {}}},
            ]
        }
    )
    kit().send(cases.UpdateCaseRequest(domain_id="d", case_id="c", fields=[]))
    assert line.last().body == exact({"fields": []})


def test_filters_nest_as_deep_as_they_are_written() -> None:
    line = kit_line("connectcases")
    found = cases.CaseFilter(
        field=cases.FieldFilter(greater_than=cases.FieldValue(id="n", value=cases.FieldValueUnion(double_value=5)))
    )
    wire: dict[str, Any] = {"field": {"greaterThan": {"id": "n", "value": {"doubleValue": 5}}}}
    for _ in range(4):
        found = cases.CaseFilter(not_=cases.CaseFilter(and_all=[found, cases.CaseFilter(or_all=[found])]))
        wire = {"not": {"andAll": [wire, {"orAll": [wire]}]}}

    request = cases.SearchCasesRequest(domain_id="d", filter=found)
    kit().send(request)

    assert line.last().body == exact({"filter": wire})
    assert request == cases.SearchCasesRequest.from_wire({"domainId": "d", "filter": wire})


def depth(held: Any) -> int:
    """How many filters are inside of one another."""
    if isinstance(held, dict):
        inner: list[int] = [depth(one) for one in held.values()]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return max(inner, default=0) + bool({"not", "andAll", "orAll"} & held.keys())
    return max(map(depth, held), default=0) if isinstance(held, list) else 0  # pyright: ignore[reportUnknownArgumentType]


def test_random_filters_are_deep_and_end() -> None:
    generated = parameters(cases.SearchCasesRequest.operation)
    looking = settings(max_examples=2000, phases=[Phase.generate], database=None, derandomize=True)
    assert find(generated, lambda wanted: depth(wanted) == 4, settings=looking)
    with pytest.raises(NoSuchExample):
        find(generated, lambda wanted: depth(wanted) > 4, settings=settings(looking, max_examples=200))
