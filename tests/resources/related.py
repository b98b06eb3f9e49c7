"""Short ways to say what the tests of related items, histories and merges say often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connectkit.models import connectcases as cases

if TYPE_CHECKING:
    import pytest

    from connectkit import ConnectKit
    from connectkit.models._operation import Response
    from connectkit.resources.cases.case import Case
    from connectkit.resources.domains import CasesDomain
    from connectkit.simulator import Simulator

FILE_ARN = "arn:aws:cases:us-east-1:123456789012:domain/d/file/f"


def make_case(kit: ConnectKit, domain: CasesDomain, title: str = "Parcel lost", **values: str) -> Case:
    """Make a case of plain requests, so that the facade of cases isn't needed for it."""
    template = next(iter(kit.paginate(cases.ListTemplatesRequest(domain_id=domain.id)))).template_id
    fields = [
        cases.FieldValue(id=field_id, value=cases.FieldValueUnion(string_value=value))
        for field_id, value in {"title": title, **values}.items()
    ]
    made = kit.send(cases.CreateCaseRequest(domain_id=domain.id, template_id=template, fields=fields))
    return domain.case(made.case_id)


def make_cases(kit: ConnectKit, domain: CasesDomain, count: int) -> list[Case]:
    """Make many cases."""
    return [make_case(kit, domain, f"Case {number}") for number in range(count)]


def field_id(kit: ConnectKit, domain: CasesDomain, name: str) -> str:
    """The id of a field, read without the schema."""
    fields = kit.paginate(cases.ListFieldsRequest(domain_id=domain.id))
    return next(field.field_id for field in fields if field.name == name)


def sent(sim: Simulator, operation: str) -> Any:
    """What the last request for an operation said, in wire names."""
    return sim.calls(operation)[-1].params


def answer_with(monkeypatch: pytest.MonkeyPatch, answer: Response) -> None:
    """Have every call give this answer, which the simulator would not."""

    def send(*_: object) -> Response:
        return answer

    monkeypatch.setattr("connectkit._caller.Caller.send", send)
