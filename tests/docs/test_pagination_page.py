"""The page about pages names the operations that have some, and those for which boto3 has no paginator."""

from __future__ import annotations

import re
from typing import Any

from connectkit.models import connect, connectcases

from ..simulator.helpers import BOTOCORE_SESSION
from .pages import DOCS

TEXT = (DOCS / "pagination.md").read_text(encoding="utf-8").split("\n## Which operations have pages\n")[1]
NAMED = {
    heading: set(re.findall(r"[A-Z]\w+", names))
    for heading, names in re.findall(r"^\| (C[^|]*) \| ([^|]*) \|$", TEXT, re.MULTILINE)
}
WITHOUT_PAGINATOR = "Cases, boto3 has none"


def paged(models: Any) -> set[str]:
    requests = [getattr(models, name) for name in models.__all__]
    return {one.operation.name for one in requests if hasattr(one, "operation") and one.operation.paging}


def test_every_operation_with_pages_is_on_it_and_no_other() -> None:
    of_connect = NAMED["Connect"]
    of_cases = {name for heading, names in NAMED.items() if heading != "Connect" for name in names}
    assert of_connect == paged(connect)
    assert of_cases == paged(connectcases)


def test_boto3_has_a_paginator_for_the_others_alone() -> None:
    config = BOTOCORE_SESSION.Session().get_paginator_model("connectcases")._paginator_config
    assert len(NAMED[WITHOUT_PAGINATOR]) == 8
    assert NAMED[WITHOUT_PAGINATOR].isdisjoint(config)
    assert set(config) & paged(connectcases) <= NAMED["Cases, boto3 has a paginator"]
