"""What editors and checkers know of cases: values by reference, what was read and what wasn't, and what goes in."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import assert_type

from connectkit import Case, CaseOutcome, CasesDomain, CreatedCase, F, LoadedCase, Pager, UpdateManyResult
from connectkit.models import connectcases as cases
from connectkit.resources.cases.case import ListedCase
from connectkit.values import PlainValue


def use(domain: CasesDomain, case: Case, values: dict[str, str], by_reference: dict[Case, str]) -> None:
    created = domain.cases.create(
        template="Refund", fields={"title": "Lost", "Amount": 3, "Due date": datetime.now().astimezone(), "Notes": None}
    )
    assert_type(created, CreatedCase)
    domain.cases.create(template="Refund", fields=values)
    domain.cases.create(template=domain.template("t"), fields=values)
    domain.cases.create(template=case, fields=values)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    domain.cases.create(template="Refund", fields=by_reference)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    case.update({F.title: "Found", "Amount": 3, domain.schema["Urgent"]: True})
    case.update({"Amount": object()})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]

    loaded = case.refresh(fields=["Amount", F.title])
    assert_type(loaded, LoadedCase)
    assert_type(loaded["Amount"], PlainValue)
    assert_type(loaded[F.title], str | None)
    assert_type(loaded[domain.schema.number("Amount")], float | None)
    assert_type(loaded[F.created_datetime], datetime | None)
    assert_type(loaded.tags["team"], str)
    assert_type(loaded.template_id, str)
    amount = domain.fields.get("Amount")
    case.update({amount: 3, "Notes": "x"})
    assert_type(case.refresh(fields="all")[amount], PlainValue)
    case.refresh(fields=[amount, F.title, "Notes"])
    assert_type(dict(loaded), dict[str, PlainValue])
    list(domain.cases)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    case.refresh(fields=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert case["Amount"]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]

    pager = domain.cases.search(F.status.eq("open"), sort=[F.title.desc(), amount], fields="all")
    assert_type(pager, Pager[LoadedCase, cases.SearchCasesResponse])
    for page in pager.pages():
        assert_type(page.response.total_count, int | None)
    domain.cases.search("open")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert_type(domain.cases.for_contact("arn"), Pager[ListedCase, cases.ListCasesForContactResponse])
    assert_type(domain.cases.find("A1B2C3D4E"), LoadedCase | None)

    result = domain.cases.update_many(pager, {"status": "closed"})
    assert_type(result, UpdateManyResult)
    for outcome in result:
        assert_type(outcome, CaseOutcome)
        assert_type(outcome.case, Case)
    domain.cases.update_many([created, "id", loaded], values)
