"""What methods ask for is seen, and what the table of permissions has is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import connectkit

from . import asked

if TYPE_CHECKING:
    from connectkit import CasesDomain, ConnectKit


def test_what_a_method_asks_for_and_the_table_lacks_is_noticed(
    kit: ConnectKit, domain: CasesDomain, all_that_was_asked: asked.Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    for method in ("Domains.get", "Layouts.list", "Schema"):
        monkeypatch.setitem(asked.METHODS, method, ["", ""])
    kit.domains.get("Support")
    domain.layouts.list().first()
    domain.schema.load()
    domain.layouts.find("Refund")
    assert all_that_was_asked.untold == [
        "Domains.get asks for ListDomains",
        "Domains.get asks for GetDomain",
        "Layouts.list asks for ListLayouts",
        "Schema.load asks for ListFields",
    ]
    all_that_was_asked.untold.clear()


@pytest.mark.parametrize("method", asked.METHODS)
def test_every_method_of_the_table_is_one(method: str) -> None:
    facade, _, name = method.partition(".")
    kind = getattr(connectkit, facade)
    assert not name or hasattr(kind, name)
