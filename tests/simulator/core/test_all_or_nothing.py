"""What an operation changed before it failed is taken back as a whole, wherever on its way it fails.

The rules as they are check a request before they change anything, so here the operations are made to fail late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectkit.simulator.cases import CASES, batches
from connectkit.simulator.cases.writing import change_case
from connectkit.simulator.core.errors import ServiceError

from ..helpers import needs, refused, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectkit.simulator import Simulator
    from connectkit.simulator.state.cases import Case

    from ..helpers import DomainFixture


def too_late(function: Callable[..., Any], error: Exception, *, when: Callable[..., bool]) -> Callable[..., Any]:
    """Make a function that does its work and, ``when`` its arguments say so, fails all the same."""

    def acting(*arguments: Any, **named: Any) -> Any:
        result = function(*arguments, **named)
        if when(*arguments):
            raise error
        return result

    return acting


@needs("connectcases", "DeleteCase")
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ServiceError("ValidationException", "too late"), "ValidationException"),
        (ZeroDivisionError(), "InternalServerException"),
    ],
)
def test_a_request_that_fails_late_changes_nothing(
    sim: Simulator, domain: DomainFixture, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    case_id = domain.case()
    item: dict[str, Any] = {"type": "Comment", "content": {"comment": {"body": "x", "contentType": "Text/Plain"}}}
    domain.client.create_related_item(domainId=domain.id, caseId=case_id, **item)
    domain.case()
    before = sim.dump()
    for operation in ("UpdateCase", "DeleteCase", "CreateRelatedItem"):
        late = too_late(CASES.handlers[operation], error, when=lambda *_: True)
        monkeypatch.setitem(CASES.handlers, operation, late)
    client = domain.client
    with refused(code):
        client.update_case(domainId=domain.id, caseId=case_id, fields=[text("title", "Changed")])
    with refused(code):
        client.create_related_item(domainId=domain.id, caseId=case_id, **item)
    with refused(code):
        client.delete_case(domainId=domain.id, caseId=case_id)
    assert sim.dump() == before
    # Nor is there anything left over for the next request to make last.
    client.list_fields(domainId=domain.id)
    assert sim.dump() == before


@needs("connectcases", "BatchUpdateCase")
def test_a_case_of_a_batch_that_fails_late_stays_as_it_was_and_the_others_are_changed(
    domain: DomainFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [domain.case(title="Before") for _ in range(3)]
    error = ServiceError("ConflictException", "too late")

    def is_second(_context: object, _domain: object, case: Case, _written: object) -> bool:
        return case.id == cases[1]

    monkeypatch.setattr(batches, "change_case", too_late(change_case, error, when=is_second))
    answer = domain.client.batch_update_case(
        domainId=domain.id, cases=[{"caseIdentifier": {"caseId": one}} for one in cases], fields=[], title="After"
    )
    assert [one["caseIdentifier"]["caseId"] for one in answer["successfulCases"]] == [cases[0], cases[2]]
    assert [one["errorCode"] for one in answer["failedCases"]] == ["CONFLICT"]
    assert [domain.values(one, "title")["title"] for one in cases] == ["After", "Before", "After"]
    kinds = [
        [entry["type"] for entry in domain.client.get_case_audit_events(domainId=domain.id, caseId=one)["auditEvents"]]
        for one in cases
    ]
    assert kinds == [["Case.Updated", "Case.Created"], ["Case.Created"], ["Case.Updated", "Case.Created"]]
