"""Slips that a type checker has to notice.

Each line says in its comments which error mypy and which error pyright must report there. A comment that no error
answers to is an error itself, so this file is clean exactly when both checkers find every slip, and nothing else.
"""

import connectkit
from connectkit import ConnectKit, RetryPolicy, models
from connectkit.models import connect, connectcases as cases

Filter = cases.CaseFilter


def use(_: object) -> None: ...


def arguments(kit: ConnectKit) -> None:
    cases.GetCaseRequest(domain_id="d", case="c", fields=[])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    cases.GetCaseRequest(domain_id="d", case_id="c")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    cases.GetCaseRequest("d", "c", [])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    cases.GetCaseRequest(domainId="d", caseId="c", fields=[])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    cases.GetCaseRequest(domain_id=None, case_id="c", fields=[])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    cases.SearchCasesRequest(domain_id="d", max_results="ten")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    kit.paginate(cases.ListFieldsRequest(domain_id="d"), size=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    RetryPolicy(attempts=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ConnectKit("us-east-1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def literals() -> None:
    cases.Sort(field_id="title", sort_order="asc")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    cases.CreateFieldRequest(domain_id="d", name="n", type="Date")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    connect.ListViewsRequest(instance_id="i", type="CUSTOMER")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_comparison_that_never_holds(field: cases.FieldSummary) -> bool:
    return field.type == "text"  # type: ignore[comparison-overlap]  # pyright: ignore[reportUnnecessaryComparison]


def unions(field: cases.FieldFilter) -> None:
    Filter(feild=field)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Filter(field="title")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Filter(not_=[Filter(field=field)])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Filter(and_all=Filter(field=field))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Filter(and_all=[field])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    Filter(not_=Filter(or_all=[Filter(not_=Filter(field=1))]))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def nested() -> None:
    cases.FieldValue(id="title", value="Parcel lost")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    cases.FieldValue(id="n", value=cases.FieldValueUnion(double_value="5"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    cases.FieldValue(id="n", value=connect.ViewInputContent())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    cases.SearchCasesRequest(domain_id="d", fields=["title"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    cases.CreateDomainRequest(name={"name": "d"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def operations(kit: ConnectKit, reply: cases.GetCaseResponse) -> None:
    kit.paginate(cases.GetDomainRequest(domain_id="d"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    kit.paginate(connect.DescribeViewRequest(instance_id="i", view_id="v"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    kit.send(reply)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    kit.send(cases.GetDomainRequest)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    kit.send({"domainId": "d"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def attributes(kit: ConnectKit, reply: cases.SearchCasesResponse) -> None:
    use(reply.case)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(reply.cases[0].caseId)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(reply.cases[0].fields[0].value.string)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(kit.cases)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]


def names() -> None:
    use(cases.GetCasesRequest)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(connect.GetViewRequest)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(models.connectcase)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
    use(connectkit.ConectKit)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]


def optional_members(reply: cases.SearchCasesResponse, view: connect.DescribeViewResponse) -> None:
    use(reply.cases[0].tags["team"])  # type: ignore[index]  # pyright: ignore[reportOptionalSubscript, reportUnknownArgumentType]
    use(reply.cases[0].fields[0].value.string_value + "!")  # type: ignore[operator]  # pyright: ignore[reportOptionalOperand, reportUnknownArgumentType]
    use(view.view.id)  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]


def models_are_immutable(reply: cases.SearchCasesResponse, request: cases.SearchCasesRequest) -> None:
    reply.total_count = 5  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    request.domain_id = "d"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
