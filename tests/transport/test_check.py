"""What is refused before anything is sent: every fault at once, each under the path that Python writes."""

from __future__ import annotations

from typing import Any, cast

import botocore.loaders
import pytest
from botocore import __version__ as botocore_version

from connectkit import RequestError
from connectkit.models import connect, connectcases as cases
from connectkit.models._versions import GENERATED_FROM, SINCE

from .standin import StandIn, reply
from .support import (
    DOMAIN,
    installed,
    logged,
    make_kit,
    minimal_request,
    requests_by_operation,
    service_model,
)


def refused(service: StandIn, request: Any) -> dict[str, str]:
    """The faults of a request by their paths."""
    with pytest.raises(RequestError) as caught:
        make_kit(service.url).send(request)
    assert service.requests == []
    assert caught.value.operation == request.operation.name
    text = str(caught.value)
    for fault in caught.value.faults:
        assert fault.problem
        assert str(fault) in text
    return dict(caught.value.faults)


# --- faults -----------------------------------------------------------------------------------------------------------


def test_all_faults_are_told_at_once_with_their_paths_and_nothing_is_sent(service: StandIn) -> None:
    value = cases.FieldValueUnion
    request = cases.CreateCaseRequest(
        domain_id="",
        template_id="t" * 501,
        fields=[
            cases.FieldValue(id="a", value=value(string_value="fine")),
            cases.FieldValue(id="b" * 501, value=value()),
            cases.FieldValue(id="c", value=value(string_value="x", double_value=1.0)),
        ],
    )
    faults = refused(service, request)
    assert set(faults) == {"domain_id", "template_id", "fields[1].id", "fields[1].value", "fields[2].value"}
    assert faults["fields[1].id"] == "has 501 characters; 500 is the most"
    assert "exactly one of" in faults["fields[1].value"]
    assert "string_value, double_value are" in faults["fields[2].value"]


def test_the_text_lists_each_fault_on_a_line_of_its_own(service: StandIn) -> None:
    with pytest.raises(RequestError) as caught:
        make_kit(service.url).send(cases.SearchCasesRequest(domain_id="d" * 501, max_results=0, search_term="x" * 300))
    lines = str(caught.value).splitlines()
    assert lines[0] == "SearchCases can't be sent, 3 faults:"
    assert sorted(line.split(":")[0].strip() for line in lines[1:]) == ["domain_id", "max_results", "search_term"]


def test_paths_go_down_into_a_recursive_filter(service: StandIn) -> None:
    empty = cases.CaseFilter()
    nested = cases.CaseFilter(and_all=[cases.CaseFilter(not_=cases.CaseFilter(or_all=[empty]))])
    faults = refused(service, cases.SearchCasesRequest(domain_id=DOMAIN, filter=nested))
    assert list(faults) == ["filter.and_all[0].not_.or_all[0]"]


def test_an_enum_value_that_nobody_knows_names_the_nearest(service: StandIn) -> None:
    request = cases.CreateFieldRequest(domain_id=DOMAIN, name="n", type=cast("Any", "Txt"))
    assert "did you mean 'Text'" in refused(service, request)["type"]


def test_numbers_out_of_range_say_the_limit(service: StandIn) -> None:
    shape = service_model("connectcases").operation_model("ListDomains").input_shape.members["maxResults"]
    most = shape.metadata["max"]
    problem = refused(service, cases.ListDomainsRequest(max_results=most + 1))["max_results"]
    assert problem == f"is {most + 1}; {most} is the most"


def test_the_check_is_the_same_before_each_attempt_and_costs_no_call(service: StandIn) -> None:
    kit = make_kit(service.url)
    for _ in range(3):
        with pytest.raises(RequestError):
            kit.send(cases.ListDomainsRequest(max_results=0))
    with logged():
        kit.send(cases.ListDomainsRequest(max_results=1))
    assert len(service.requests) == 1


@pytest.mark.parametrize("operation", requests_by_operation())
def test_the_smallest_request_of_each_operation_passes(service: StandIn, operation: str) -> None:
    """All 67; one that the installed boto3 lacks says so."""
    if installed(operation):
        make_kit(service.url).send(minimal_request(operation))
        assert len(service.requests) == 1
    else:
        wanted = SINCE[requests_by_operation()[operation].operation.service][operation]
        with pytest.raises(RequestError, match=f"needs boto3 {wanted} or newer"):
            make_kit(service.url).send(minimal_request(operation))
        assert service.requests == []


# --- an older boto3 ---------------------------------------------------------------------------------------------------


class Older:
    """Makes a session whose service models lack some operations and members."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def without(self, *, operation: str | None = None, member: tuple[str, str] | None = None) -> None:
        original = botocore.loaders.Loader.load_service_model

        def reduced(loader: Any, service_name: str, type_name: str, api_version: str | None = None) -> Any:
            model = original(loader, service_name, type_name, api_version)
            if type_name != "service-2":
                return model
            # The loader keeps what it gave: change copies only.
            operations = {name: one for name, one in model["operations"].items() if name != operation}
            shapes = dict(model["shapes"])
            if member is not None and member[0] in shapes:
                shape = shapes[member[0]]
                kept = {name: one for name, one in shape["members"].items() if name != member[1]}
                shapes[member[0]] = {**shape, "members": kept}
            return {**model, "operations": operations, "shapes": shapes}

        self._monkeypatch.setattr(botocore.loaders.Loader, "load_service_model", reduced)


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Older:
    return Older(monkeypatch)


@pytest.mark.parametrize("operation", ["DeleteCase", "CreateCaseRule", "SearchAllRelatedItems", "StartMergeCases"])
def test_an_operation_that_the_installed_boto3_lacks_says_which_one_brings_it(
    service: StandIn, older: Older, operation: str
) -> None:
    older.without(operation=operation)
    model = requests_by_operation()[operation]
    faults = refused(service, model.model_construct())
    since = SINCE["connectcases"][operation]
    assert faults == {"": f"the installed botocore {botocore_version} doesn't know it; it needs boto3 {since} or newer"}


def test_so_does_one_of_connect(service: StandIn, older: Older) -> None:
    older.without(operation="SearchViews")
    (problem,) = refused(service, connect.SearchViewsRequest(instance_id="i")).values()
    assert "doesn't know it; it needs boto3 1." in problem


def test_a_walk_over_pages_of_such_an_operation_says_so_too(service: StandIn, older: Older) -> None:
    older.without(operation="ListFields")
    pager = make_kit(service.url).paginate(cases.ListFieldsRequest(domain_id=DOMAIN))
    with pytest.raises(RequestError, match="ListFields can't be sent: the installed botocore"):
        list(pager)


def test_other_operations_work_on(service: StandIn, older: Older) -> None:
    older.without(operation="DeleteCase")
    service.script = [reply({"name": "Shop"})]
    kit = make_kit(service.url)
    with pytest.raises(RequestError):
        kit.send(cases.DeleteCaseRequest(domain_id=DOMAIN, case_id="c"))
    assert kit.send(cases.GetDomainRequest(domain_id=DOMAIN)).name == "Shop"


def test_a_member_that_the_installed_boto3_lacks_says_which_one_brings_it(service: StandIn, older: Older) -> None:
    older.without(member=("CaseFilter", "tag"))
    tagged = cases.CaseFilter(tag=cases.TagFilter(equal_to=cases.TagValue(key="k", value="v")))
    faults = refused(service, cases.SearchCasesRequest(domain_id=DOMAIN, filter=cases.CaseFilter(and_all=[tagged])))
    since = SINCE["connectcases"]["CaseFilter.tag"]
    assert faults["filter.and_all[0].tag"].endswith(f"it needs boto3 {since} or newer")


def test_a_member_of_a_request_itself_too(service: StandIn, older: Older) -> None:
    older.without(member=("CreateCaseRequest", "tags"))
    request = cases.CreateCaseRequest(domain_id=DOMAIN, template_id="t", fields=[], tags={"k": "v"})
    since = SINCE["connectcases"]["CreateCaseRequest.tags"]
    assert refused(service, request)["tags"].endswith(f"it needs boto3 {since} or newer")


def test_one_whose_version_isnt_known_names_the_one_the_models_were_made_from(
    service: StandIn, older: Older, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(SINCE["connectcases"], "DeleteCase")
    older.without(operation="DeleteCase")
    faults = refused(service, cases.DeleteCaseRequest(domain_id=DOMAIN, case_id="c"))
    assert faults[""].endswith(f"it needs boto3 {GENERATED_FROM} or newer")
