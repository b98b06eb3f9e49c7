"""What a caller writes to make a request, seen by a type checker: nothing of this is an error."""

from datetime import datetime, timezone
from typing import Any

from typing_extensions import assert_type

from connectkit.models import connect, connectcases as cases

Kind = cases.FieldType


def text(field: str, value: str) -> cases.FieldValue:
    return cases.FieldValue(id=field, value=cases.FieldValueUnion(string_value=value))


def a_filter_in_a_filter_in_a_filter_in_a_filter() -> cases.SearchCasesRequest:
    title = cases.CaseFilter(field=cases.FieldFilter(contains=text("title", "lost")))
    legal = cases.CaseFilter(tag=cases.TagFilter(equal_to=cases.TagValue(key="team", value="legal")))
    request = cases.SearchCasesRequest(
        domain_id="d",
        filter=cases.CaseFilter(
            and_all=[cases.CaseFilter(or_all=[title, cases.CaseFilter(not_=cases.CaseFilter(and_all=[legal, title]))])]
        ),
        sorts=[cases.Sort(field_id="title", sort_order="Asc")],
        fields=[cases.FieldIdentifier(id=name) for name in ("title", "status")],
        max_results=100,
    )
    top = request.filter
    assert_type(top, cases.CaseFilter | None)
    if top is not None and top.and_all and top.and_all[0].or_all:
        second = top.and_all[0].or_all[1]
        assert_type(second, cases.CaseFilter)
        assert_type(second.not_, cases.CaseFilter | None)
        if second.not_ and second.not_.and_all and (tag := second.not_.and_all[0].tag) and tag.equal_to:
            assert_type(tag.equal_to.value, str | None)
    return request


def none_stands_for_left_out(token: str | None) -> cases.SearchCasesRequest:
    return cases.SearchCasesRequest(
        domain_id="d", filter=None, sorts=None, fields=None, search_term=None, next_token=token, max_results=None
    )


def literals_can_come_from_a_variable_of_that_type(kind: Kind) -> cases.CreateFieldRequest:
    return cases.CreateFieldRequest(domain_id="d", name="n", type=kind)


def numbers_booleans_and_nothing() -> list[cases.FieldValueUnion]:
    return [
        cases.FieldValueUnion(double_value=5),
        cases.FieldValueUnion(double_value=5.5),
        cases.FieldValueUnion(boolean_value=False),
        cases.FieldValueUnion(empty_value=cases.EmptyFieldValue()),
    ]


def a_task_template() -> connect.CreateTaskTemplateRequest:
    name = connect.TaskTemplateFieldIdentifier(name="Name")
    return connect.CreateTaskTemplateRequest(
        instance_id="i",
        name="Call back",
        fields=[connect.TaskTemplateField(id=name, type="NAME")],
        constraints=connect.TaskTemplateConstraints(required_fields=[connect.RequiredFieldInfo(id=name)]),
        status="ACTIVE",
    )


def an_sla(target: datetime | None = None) -> cases.RelatedItemInputContent:
    return cases.RelatedItemInputContent(
        comment=cases.CommentContent(body=f"due {target or datetime.now(timezone.utc)}", content_type="Text/Plain")
    )


def to_dictionaries_and_back(request: cases.SearchCasesRequest) -> None:
    assert_type(request.to_wire(), dict[str, Any])
    assert_type(cases.CaseFilter.from_wire({"field": {}}), cases.CaseFilter)
    assert_type(cases.GetCaseResponse.from_json(b"{}"), cases.GetCaseResponse)
    assert_type(request.model_copy(update={"search_term": "x"}), cases.SearchCasesRequest)
