"""Calls operations of the simulated services by name, and tells whoever wrote a document what they refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from connectkit.simulator._json_input import Node
from connectkit.simulator.core.http import HttpRequest, HttpResponse
from connectkit.simulator.core.model import Operation, load_model

__all__ = ["Calls", "Handle", "choices"]


class Handle(Protocol):
    """What answers requests."""

    def __call__(
        self, request: HttpRequest, /, *, service: str | None = None, region: str | None = None
    ) -> HttpResponse:
        """Answer a request for a service in a region."""
        ...


def choices(service: str, operation: str, *members: str) -> list[str]:
    """Give what a member of an operation's input may be, of the elements of lists as of anything else."""
    shape = load_model(service).operation(operation).input
    for member in members:
        shape = (shape.element or shape).members[member].shape
    return sorted((shape.element or shape).enum or ())


class Calls:
    """Calls operations in one region; each call is made for a node of a document, which is blamed if it fails."""

    def __init__(self, handle: Handle, region: str) -> None:
        self._handle = handle
        self._region = region

    def cases(self, node: Node, operation: str, **params: Any) -> dict[str, Any]:
        """Call an operation of Cases with its wire parameters; those that are None count as absent.

        Raises InputError, with what the service says, when it refuses.
        """
        return self._call(node, "connectcases", operation, params)

    def connect(self, node: Node, operation: str, **params: Any) -> dict[str, Any]:
        """Call an operation of Connect in the same way."""
        return self._call(node, "connect", operation, params)

    def all_cases(self, node: Node, operation: str, member: str, **params: Any) -> Iterator[Any]:
        """Give the items of every page of a list of Cases."""
        token: str | None = None
        while True:
            page = self.cases(node, operation, nextToken=token, **params)
            yield from page[member]
            if (token := page.get("nextToken")) is None:
                return

    def all_connect(self, node: Node, operation: str, member: str, **params: Any) -> Iterator[Any]:
        """Give the items of every page of a list of Connect."""
        token: str | None = None
        while True:
            page = self.connect(node, operation, NextToken=token, **params)
            yield from page[member]
            if (token := page.get("NextToken")) is None:
                return

    def _call(self, node: Node, service: str, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        given = {name: value for name, value in params.items() if value is not None}
        model = load_model(service).operation(operation)
        if unknown := given.keys() - model.input.members.keys():
            raise node.fault(f"the installed botocore has no {', '.join(sorted(unknown))} for {operation}")
        request = _write(model, given)
        response = self._handle(request, service=service, region=self._region)
        answer: dict[str, Any] = json.loads(response.body or b"{}")
        if response.status >= 400:  # noqa: PLR2004 - HTTP's first error
            raise node.fault(f"{operation} refuses it: {_explain(response, answer)}")
        return answer


def _write(operation: Operation, params: Mapping[str, Any]) -> HttpRequest:
    """Write a request as the model has it, unchecked: that is the service's business."""
    path = operation.uri
    query: dict[str, Any] = {}
    body: dict[str, Any] = {}
    for name, value in params.items():
        member = operation.input.members[name]
        match member.location:
            case "uri":
                path = path.replace(f"{{{member.wire_name}}}", quote(value, safe=""))
            case "querystring":
                query[member.wire_name] = value
            case _:
                body[member.wire_name] = value
    return HttpRequest(operation.method, path, urlencode(query, doseq=True), {}, json.dumps(body).encode())


def _explain(response: HttpResponse, answer: Mapping[str, Any]) -> str:
    message = answer.get("message") or answer.get("Message") or "no reason given"
    properties = [
        f"{entry.get('PropertyPath')} {entry.get('Reason')}: {entry.get('Message')}"
        for entry in answer.get("PropertyList", ())
    ]
    return "; ".join([f"{response.headers.get('x-amzn-ErrorType', response.status)}: {message}", *properties])
