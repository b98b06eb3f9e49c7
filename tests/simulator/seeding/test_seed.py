"""A seed says in names and plain values what a simulator is to begin with, and what is wrong with it is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectkit.simulator import Clock, Simulator
from connectkit.simulator.core.model import load_model

from ..helpers import START, make_client, needs_member, refused

EXAMPLE = Path(__file__).parents[3] / "examples" / "seed.json"


def find_one(found: list[Any], **wanted: str) -> Any:
    (one,) = [entry for entry in found if wanted.items() <= entry.items()]
    return one


def seed(**domain: Any) -> dict[str, Any]:
    """A seed with one domain."""
    return {"domains": [{"name": "Support", **domain}]}


# ---- what comes of one -------------------------------------------------------------------------------------------


@pytest.fixture
def ids(sim: Simulator) -> Any:
    """The identifiers of the example, loaded."""
    return sim.load_seed(EXAMPLE)


def test_domains_come_with_fields_layouts_and_templates(ids: Any, cases: Any) -> None:
    domain = ids["domains"]["Support"]
    assert cases.get_domain(domainId=domain["id"])["tags"] == {"team": "support"}
    fields = cases.list_fields(domainId=domain["id"])["fields"]
    assert find_one(fields, name="Amount")["type"] == "Number"
    assert find_one(fields, name="Priority")["fieldId"] == domain["fields"]["Priority"]
    options = cases.list_field_options(domainId=domain["id"], fieldId=domain["fields"]["Priority"])["options"]
    assert {option["name"]: option["value"] for option in options} == {"Low": "Low", "High": "High", "Urgent": "p0"}
    layout = cases.get_layout(domainId=domain["id"], layoutId=domain["layouts"]["Refund"])
    (section,) = layout["content"]["basic"]["topPanel"]["sections"]
    top = [field["id"] for field in section["fieldGroup"]["fields"]]
    assert top == [domain["fields"]["Priority"], domain["fields"]["Amount"]]
    template = cases.get_template(domainId=domain["id"], templateId=domain["templates"]["Refund"])
    assert template["layoutConfiguration"] == {"defaultLayout": domain["layouts"]["Refund"]}
    assert template["requiredFields"] == [{"fieldId": domain["fields"]["Priority"]}]
    complaint = cases.get_template(domainId=domain["id"], templateId=domain["templates"]["Complaint"])
    assert complaint["status"] == "Inactive"


def test_cases_have_values_of_the_types_of_their_fields(ids: Any, cases: Any) -> None:
    domain = ids["domains"]["Support"]
    lost, damaged = domain["cases"]
    fields = domain["fields"]
    wanted = ["title", "status", "case_reason", *fields.values()]
    answer = cases.get_case(domainId=domain["id"], caseId=lost, fields=[{"id": field} for field in wanted])
    assert {entry["id"]: entry["value"] for entry in answer["fields"]} == {
        "title": {"stringValue": "Parcel lost"},
        "status": {"stringValue": "open"},
        "case_reason": {"stringValue": "Lost"},
        fields["Priority"]: {"stringValue": "p0"},
        fields["Order number"]: {"stringValue": "A-1001"},
        fields["Amount"]: {"doubleValue": 59.9},
        fields["Insured"]: {"booleanValue": True},
        fields["Promised for"]: {"stringValue": "2030-01-31T12:00:00Z"},
        fields["Tracking page"]: {"stringValue": "https://example.com/A-1001"},
    }
    closed = cases.get_case(domainId=domain["id"], caseId=damaged, fields=[{"id": "status"}])
    assert closed["fields"][0]["value"] == {"stringValue": "closed"}


@needs_member("connectcases", "CreateCaseRequest", "tags")
def test_cases_have_tags(sim: Simulator, cases: Any) -> None:
    case = {"template": "T", "fields": {"title": "t"}, "tags": {"region": "north"}}
    domain = sim.load_seed(seed(templates=[{"name": "T"}], cases=[case]))["domains"]["Support"]
    answer = cases.get_case(domainId=domain["id"], caseId=domain["cases"][0], fields=[{"id": "title"}])
    assert answer["tags"] == {"region": "north"}


def test_what_the_installed_botocore_does_not_have_is_said(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(load_model("connectcases").operation("CreateTemplate").input.members, "description")
    with pytest.raises(ValueError, match=r"templates\[0\]: the installed botocore has no description for CreateTemp"):
        sim.load_seed(seed(templates=[{"name": "T", "description": "A template"}]))


def test_cases_have_comments_and_contacts(ids: Any, cases: Any) -> None:
    domain, instance = ids["domains"]["Support"], ids["instances"]["simulated"]
    found = cases.search_related_items(domainId=domain["id"], caseId=domain["cases"][0])["relatedItems"]
    comments = {entry["content"]["comment"]["body"] for entry in found if entry["type"] == "Comment"}
    assert comments == {"Called the carrier", "The carrier searches"}
    contact = find_one(found, type="Contact")["content"]["contact"]
    assert contact["contactArn"] == instance["contacts"]["call-1"]
    assert contact["connectedToSystemTime"].isoformat() == "2029-12-31T09:30:00+00:00"


def test_instances_have_views_and_task_templates(ids: Any, connect: Any, sim: Simulator) -> None:
    first, second = ids["instances"]["simulated"], ids["instances"]["second"]
    assert first["id"] == sim.instance_id
    view = connect.describe_view(InstanceId=first["id"], ViewId=first["views"]["Refund form"])["View"]
    assert json.loads(view["Content"]["Template"])["Head"] == {"Title": "Refund"}
    assert (view["Status"], view["Content"]["Actions"]) == ("PUBLISHED", ["Pay"])
    template_id = first["task_templates"]["Call back"]
    template = connect.get_task_template(InstanceId=first["id"], TaskTemplateId=template_id)
    assert [field["Type"] for field in template["Fields"]] == ["NAME", "TEXT", "SINGLE_SELECT"]
    required = [field["Id"]["Name"] for field in template["Constraints"]["RequiredFields"]]
    assert required == ["Name", "Number"]
    assert template["Defaults"]["DefaultFieldValues"] == [{"Id": {"Name": "Language"}, "DefaultValue": "en"}]
    assert (template["ContactFlowId"], first["contact_flows"]) == ("flow-1", {"Refund tasks": "flow-1"})
    (quick_connect,) = connect.list_quick_connects(InstanceId=first["id"])["QuickConnectSummaryList"]
    assert first["quick_connects"] == {quick_connect["Name"]: quick_connect["Id"]}
    assert second["id"] == "second-instance"
    assert connect.describe_instance(InstanceId=second["id"])["Instance"]["InstanceAlias"] == "second"


def test_an_instance_may_have_a_domain_of_its_own(sim: Simulator, connect: Any) -> None:
    instance = {"alias": "second", "cases_domain": "Two"}
    ids = sim.load_seed({"domains": [{"name": "One"}, {"name": "Two"}], "instances": [instance]})
    associated = connect.list_integration_associations(
        InstanceId=ids["instances"]["second"]["id"], IntegrationType="CASES_DOMAIN"
    )
    arns = [entry["IntegrationArn"] for entry in associated["IntegrationAssociationSummaryList"]]
    assert arns == [ids["domains"]["Two"]["arn"]]


def test_everything_may_be_in_another_region(sim: Simulator) -> None:
    ids = sim.load_seed({"domains": [{"name": "Abroad", "region": "eu-west-1"}, {"name": "Here"}]})
    assert ids["domains"].keys() == {"eu-west-1/Abroad", "Here"}
    listed = make_client("connectcases", "eu-west-1").list_domains()["domains"]
    assert [domain["name"] for domain in listed] == ["Abroad"]


def test_many_options_go_in_as_many_requests_as_it_takes(sim: Simulator, cases: Any) -> None:
    names = [f"Option {number}" for number in range(120)]
    domain = sim.load_seed(seed(fields=[{"name": "Many", "type": "SingleSelect", "options": names}]))["domains"]
    arguments = {"domainId": domain["Support"]["id"], "fieldId": domain["Support"]["fields"]["Many"]}
    first = cases.list_field_options(**arguments)
    found = first["options"] + cases.list_field_options(**arguments, nextToken=first["nextToken"])["options"]
    assert [option["name"] for option in found] == names


def test_options_are_known_however_many_pages_of_them_there_are(sim: Simulator) -> None:
    names = [f"Reason {number}" for number in range(120)]
    given = seed(
        fields=[{"name": "case_reason", "options": names}],
        templates=[{"name": "T"}],
        cases=[{"template": "T", "fields": {"title": "t", "Case reason": "Reason 119"}}],
    )
    assert len(sim.load_seed(given)["domains"]["Support"]["cases"]) == 1


def test_a_null_counts_as_absent(sim: Simulator) -> None:
    case = {"template": "T", "fields": {"title": "t", "summary": None}}
    given = seed(fields=None, templates=[{"name": "T", "layout": None}], cases=[case])
    assert len(sim.load_seed(given)["domains"]["Support"]["cases"]) == 1


def test_loading_counts_as_no_request_and_meets_no_trouble(sim: Simulator) -> None:
    fault = sim.fail("*", "ThrottlingException", times=None)
    sim.load_seed(EXAMPLE)
    assert list(sim.requests) == []
    assert fault.met == 0


def test_the_same_seed_makes_the_same_identifiers() -> None:
    first, second = (Simulator(clock=Clock(START), seed=7).load_seed(EXAMPLE) for _ in range(2))
    assert first == second


# ---- mistakes ----------------------------------------------------------------------------------------------------

FIELDS: list[dict[str, Any]] = [
    {"name": "Priority", "type": "SingleSelect", "options": ["Low", "High"]},
    {"name": "Amount", "type": "Number"},
]
CASE: dict[str, Any] = {"template": "T", "fields": {"title": "A"}}


def with_case(**changes: Any) -> dict[str, Any]:
    return seed(fields=FIELDS, templates=[{"name": "T"}], cases=[CASE, {**CASE, **changes}])


def with_values(**values: Any) -> dict[str, Any]:
    return with_case(fields={"title": "B", **values})


def with_field(**members: Any) -> dict[str, Any]:
    return seed(fields=[{"name": "A", **members}])


def with_instance(**members: Any) -> dict[str, Any]:
    return {"instances": [{"alias": "simulated", **members}]}


def with_task_template(*fields: dict[str, Any]) -> dict[str, Any]:
    return with_instance(task_templates=[{"name": "T", "fields": list(fields)}])


def with_flow(**members: Any) -> dict[str, Any]:
    template = {"name": "T", "fields": [{"name": "N", "type": "NAME", "required": True}], **members}
    return with_instance(contact_flows=[{"name": "Refunds"}], task_templates=[template])


MISTAKES: list[tuple[Any, str]] = [
    ([], "must be an object, not a list"),
    ({"domain": []}, "domain: is not known here; did you mean 'domains'?"),
    ({"domains": {}}, "domains: must be a list, not an object"),
    ({"domains": ["Support"]}, "domains[0]: must be an object, not text"),
    ({"domains": [{}]}, "domains[0].name: is missing"),
    ({"domains": [{"name": ""}]}, "domains[0].name: must be text that is not empty"),
    ({"domains": [{"name": "A", "region": "Mars"}]}, "domains[0].region: must be a region such as us-east-1"),
    ({"domains": [{"name": "A"}] * 2}, "domains[1].name: CreateDomain refuses it: ConflictException"),
    (seed(tags={"a": 1}), "domains[0].tags.a: must be text, not a number"),
    (with_field(), "domains[0].fields[0]: type is missing; it may be Boolean, DateTime"),
    (with_field(type="text"), "did you mean 'Text'?"),
    (with_field(type="Text", option=[]), "option: is not known here; did you mean 'options'?"),
    (with_field(type="Text", options=["B"]), "fields[0].options: BatchPutFieldOptions"),
    (seed(fields=[{"name": "A", "type": "Text"}] * 2), "fields[1]: CreateField refuses it: Conflict"),
    (
        with_field(type="SingleSelect", options=["B", "C", "B"]),
        "fields[0].options[2]: BatchPutFieldOptions refuses it: The value is in the request more than once",
    ),
    (
        seed(fields=[{"name": "status", "options": [{"name": "Shut", "value": "closed"}]}]),
        "domains[0].fields[0].options[0]: BatchPutFieldOptions refuses it",
    ),
    (
        seed(layouts=[{"name": "L", "top_panel": ["Sumary"]}]),
        "top_panel[0]: the domain has no field 'Sumary'; did you mean 'Summary'?",
    ),
    (seed(layouts=[{"name": "L", "top_panel": ["title"]}]), "layouts[0]: CreateLayout refuses it: Validation"),
    (seed(templates=[{"name": "T", "layout": "L"}]), "layout: the domain has no layout 'L'; there are none"),
    (seed(templates=[{"name": "T", "status": "active"}]), "must be one of Active, Inactive, not 'active'"),
    (
        seed(templates=[{"name": "T", "required": ["Nothing like it"]}]),
        "required[0]: the domain has no field 'Nothing like it'; there are assigned_queue, Assigned queue",
    ),
    (with_case(template="R"), "domains[0].cases[1].template: the domain has no template 'R'; there are T"),
    (with_case(fields={}), "domains[0].cases[1]: CreateCase refuses it: ValidationException: "),
    (
        with_values(Priorty="High"),
        "domains[0].cases[1].fields.Priorty: the domain has no field 'Priorty'; did you mean 'Priority'?",
    ),
    (with_values(Priority="Hihg"), "fields.Priority: the field has no option 'Hihg'; did you mean 'High'?"),
    (with_values(Amount="5"), "cases[1].fields.Amount: must be a number, not text"),
    (with_values(title=5), "cases[1].fields.title: must be text, not a number"),
    (with_values(**{"Date/time opened": "now"}), 'fields["Date/time opened"]: must be an ISO-8601 date and'),
    (with_values(created_datetime="2030-01-01T00:00:00Z"), "cases[1]: CreateCase refuses it: Validation"),
    (with_values(customer_id="Jane"), "cases[1]: CreateCase refuses it: ValidationException"),
    (with_case(contacts=["c-1"]), "contacts[0]: no instance of this seed and region has a contact 'c-1'"),
    (with_case(comments=[""]), "comments[0]: must be text that is not empty"),
    (with_instance(id="i"), "instances[0].id: instance 'simulated' is there already"),
    (with_instance(cases_domain="D"), "instances[0].cases_domain: instance 'simulated' is there already"),
    ({"instances": [{"alias": "a", "cases_domain": "D"}]}, "has no domain in us-east-1 that is called 'D'"),
    ({"instances": [{"alias": "a", "id": "i"}, {"alias": "b", "id": "i"}]}, "instances[1]: "),
    (with_instance(contacts=[{"id": "c"}, {"id": "c"}]), "contacts[1]: "),
    (with_instance(contact_flows=[{"name": "F"}] * 2), "contact_flows[1]: instance "),
    (with_instance(contact_flows=[{"name": "F", "type": "FLOW"}]), "contact_flows[0].type: must be one of AGENT_"),
    (
        with_instance(quick_connects=[{"name": "Q", "id": "q"}, {"name": "R", "id": "q"}]),
        "has a quick connect q already",
    ),
    (with_instance(quick_connects=[{"name": "Q", "type": "QUEU"}]), "did you mean 'QUEUE'?"),
    (with_flow(contact_flow="Refund"), "contact_flow: the instance has no flow 'Refund'; did you mean 'Refunds'?"),
    (with_flow(contact_flow="Refunds", contact_flow_id="f"), "contact_flow_id: contact_flow names the flow already"),
    (with_flow(contact_flow_id="f"), "CreateTaskTemplate refuses it: "),
    (with_instance(contacts=[{"connected": "noon"}]), "contacts[0].connected: must be an ISO-8601 date"),
    (with_instance(views=[{"name": "V"}]), "views[0].template: is missing"),
    (with_instance(views=[{"name": "V", "template": 5}]), "views[0].template: must be an object, not a number"),
    (with_instance(views=[{"name": "V", "template": "{"}]), "views[0]: CreateView refuses it: InvalidRequest"),
    (with_instance(views=[{"name": "V", "template": {}, "status": "Saved"}]), "must be one of PUBLISHED, SAVED"),
    (with_task_template({"name": "N", "type": "NAMES"}), "task_templates[0].fields[0].type: must be one of BOOL"),
    (with_task_template({"name": "N", "type": "NAME"}), "ContactFlowId REQUIRED_PROPERTY_MISSING"),
    ({"domains": [{"name": float("nan")}]}, "the seed is not what JSON can hold"),
    ({"domains": [{"name": START}]}, "the seed is not what JSON can hold"),
]


@pytest.mark.parametrize(("source", "problem"), MISTAKES)
def test_a_mistake_is_said_with_its_place_and_changes_nothing(sim: Simulator, source: Any, problem: str) -> None:
    assert sim.instance_arn  # The region is there before, so that it can be compared.
    before = sim.dump()
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - its text is looked at below
        sim.load_seed(source)
    assert problem in str(caught.value)
    assert sim.dump() == before


def test_the_last_mistake_takes_back_all_that_came_before(sim: Simulator, cases: Any) -> None:
    whole = EXAMPLE.read_text(encoding="utf-8")
    broken = json.loads(whole)
    broken["domains"][0]["cases"][-1]["template"] = "Complaint"
    assert sim.instance_arn
    before = sim.dump()
    with pytest.raises(ValueError, match=r"domains\[0\]\.cases\[1\]: CreateCase refuses it"):
        sim.load_seed(broken)
    assert sim.dump() == before
    domain_id = sim.load_seed(json.loads(whole))["domains"]["Support"]["id"]
    assert len(cases.search_cases(domainId=domain_id)["cases"]) == 2


def test_what_was_there_before_a_mistake_stays(sim: Simulator, cases: Any) -> None:
    domain_id = sim.load_seed(EXAMPLE)["domains"]["Support"]["id"]
    before = sim.dump()
    with pytest.raises(ValueError, match="CreateDomain refuses it"):
        sim.load_seed(EXAMPLE)
    assert sim.dump() == before
    assert len(cases.search_cases(domainId=domain_id)["cases"]) == 2


def test_a_region_that_was_never_used_has_its_instance_although_the_seed_failed(sim: Simulator) -> None:
    with pytest.raises(ValueError, match="is missing"):
        sim.load_seed({"domains": [{"region": "eu-west-1"}]})
    listed = make_client("connect", "eu-west-1").list_instances()["InstanceSummaryList"]
    assert [instance["Id"] for instance in listed] == [sim.instance_id]


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"{", "line 1 column 2"), (b"\xff", "not in UTF-8"), (b'{"domains": [], "domains": []}', "'domains' twice")],
)
def test_a_file_that_is_no_json_is_said_to_be_none(
    sim: Simulator, tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "seed.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=problem):
        sim.load_seed(path)


def test_a_file_that_is_not_there_is_an_error_of_the_system(sim: Simulator, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sim.load_seed(tmp_path / "none.json")


def test_what_it_made_is_like_anything_else(sim: Simulator, cases: Any) -> None:
    sim.load_seed(seed())
    with refused("ConflictException"):
        cases.create_domain(name="Support")
    sim.reset()
    assert cases.list_domains()["domains"] == []
