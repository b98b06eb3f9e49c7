"""The page about errors and retries has all classes, and says of each operation what is done with it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.exceptions import ClientError

from connectkit import errors
from connectkit._transport.translate import translate
from connectkit.models import connect, connectcases
from connectkit.models._operation import Operation
from connectkit.retry import RetryPolicy

from .pages import DOCS

CLASS = re.compile(r"`(\w+Error)`")
TEXT = (DOCS / "errors.md").read_text(encoding="utf-8")
OPERATIONS: list[Operation] = [
    getattr(models, name).operation
    for models in (connect, connectcases)
    for name in models.__all__
    if hasattr(getattr(models, name), "operation")
]


def rows(heading: str, sentence: str = "") -> list[list[str]]:
    """Give the cells of the first table below a heading, and below a sentence if one is given."""
    section = TEXT.split(f"\n{heading}\n")[1].split(sentence)[1] if sentence else TEXT.split(f"\n{heading}\n")[1]
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.group().splitlines()[2:]]


def test_every_class_is_on_it() -> None:
    named = set(CLASS.findall(TEXT))
    assert set(errors.__all__) - {"BatchResult", "Fault", "KnownResource", "ConnectKitError", "ServiceError"} <= named
    in_tables = {
        name for line in TEXT.splitlines() if line.startswith("| `") for name in CLASS.findall(line.split("|")[1])
    }
    assert in_tables <= set(errors.__all__)


def test_every_code_makes_the_class_that_it_stands_beside() -> None:
    table = {
        name.strip("`"): re.findall(r"`(\w+Exception)`", codes)
        for name, codes, _ in rows("## Which error, and what to do", "Each is a `ServiceError`:")
    }
    assert sum(map(len, table.values())) > 12
    for name, codes in table.items():
        for code in codes:
            response: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}
            error = translate(ClientError(response, "GetCase"), operation="GetCase", attempts=1, retry_after=None)
            assert type(error).__name__ == name


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_what_it_says_of_an_operation_is_what_is_done(operation: Operation) -> None:
    found: list[str] = []
    for names, done, _ in rows("### What is repeated"):
        patterns = [name.strip("`").replace("…", r"\w+") for name in re.findall(r"`?[A-Z]\w+…?`?", names)]
        if any(re.fullmatch(pattern, operation.name) for pattern in patterns):
            found.append(done)
    assert found == ["repeated" if operation.repeatable or operation.token else "not repeated"]


def test_the_defaults_are_those_of_the_policy() -> None:
    told = {name.strip("`"): float(default) for name, default, _ in rows("## Retries")}
    assert told == {name: getattr(RetryPolicy(), name) for name in told}
    assert told.keys() == {"max_attempts", "deadline", "initial", "cap"}
