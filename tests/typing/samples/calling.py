"""What a caller gets from ``send`` and ``paginate``, seen by a type checker."""

from collections.abc import Iterator
from typing import Literal

from typing_extensions import assert_type

from connectkit import ConnectKit, Page, Pager
from connectkit.models import ResponseMetadata, connect, connectcases as cases


def one_case(kit: ConnectKit) -> str | None:
    reply = kit.send(cases.GetCaseRequest(domain_id="d", case_id="c", fields=[cases.FieldIdentifier(id="title")]))
    assert_type(reply, cases.GetCaseResponse)
    assert_type(reply.fields, list[cases.FieldValue])
    assert_type(reply.fields[0].value, cases.FieldValueUnion)
    assert_type(reply.fields[0].value.double_value, float | None)
    assert_type(reply.fields[0].value.boolean_value, bool | None)
    assert_type(reply.fields[0].value.member, str | None)
    assert_type(reply.tags, dict[str, str] | None)
    assert_type(reply.metadata, ResponseMetadata)
    assert_type(reply.metadata.request_id, str | None)
    assert_type(reply.metadata.attempts, int)
    return reply.fields[0].value.string_value


def cases_found(kit: ConnectKit) -> int:
    reply = kit.send(cases.SearchCasesRequest(domain_id="d", search_term="parcel"))
    assert_type(reply, cases.SearchCasesResponse)
    assert_type(reply.cases[0], cases.SearchCasesResponseItem)
    assert_type(reply.cases[0].fields[0].value.string_value, str | None)
    assert_type(reply.next_token, str | None)
    return reply.total_count or 0


def fields_of_a_domain(kit: ConnectKit) -> Iterator[str]:
    pager = kit.paginate(cases.ListFieldsRequest(domain_id="d"), page_size=50, limit=100, prefetch=True)
    assert_type(pager, Pager[cases.FieldSummary, cases.ListFieldsResponse])
    assert_type(pager.first(), cases.FieldSummary | None)
    assert_type(pager.all(), list[cases.FieldSummary])
    for page in pager.pages():
        assert_type(page, Page[cases.FieldSummary, cases.ListFieldsResponse])
        assert_type(page.items, list[cases.FieldSummary])
        assert_type(page.next_token, str | None)
        assert_type(page.response, cases.ListFieldsResponse)
    for field in pager:
        assert_type(field, cases.FieldSummary)
        assert_type(field.namespace, Literal["System", "Custom"])
        assert_type(field.type, Literal["Text", "Number", "Boolean", "DateTime", "SingleSelect", "Url", "User"])
        if field.type == "SingleSelect":
            yield field.field_id


def a_total_count_survives_paging(kit: ConnectKit) -> int | None:
    pages = kit.paginate(cases.SearchCasesRequest(domain_id="d")).pages()
    return next(pages).response.total_count


def views_and_task_templates(kit: ConnectKit) -> list[str]:
    content = connect.ViewInputContent(template="{}", actions=["Submit"])
    made = kit.send(connect.CreateViewRequest(instance_id="i", name="v", status="PUBLISHED", content=content))
    assert_type(made, connect.CreateViewResponse)
    assert_type(made.view, connect.View | None)
    views = kit.paginate(connect.ListViewsRequest(instance_id="i"))
    assert_type(views, Pager[connect.ViewSummary, connect.ListViewsResponse])
    template = kit.send(connect.GetTaskTemplateRequest(instance_id="i", task_template_id="t"))
    assert_type(template, connect.GetTaskTemplateResponse)
    assert_type(template.status, Literal["ACTIVE", "INACTIVE"] | None)
    return [view.id for view in views if view.id is not None]
