"""What a view may show: the checks of its content, and what is derived from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn, cast

from connectkit.simulator.core.operations import Context
from connectkit.simulator.state.connect import ViewContent

__all__ = ["AWS_MANAGED", "CUSTOMER_MANAGED", "PUBLISHED", "make_content", "read_content"]

AWS_MANAGED = "AWS_MANAGED"
CUSTOMER_MANAGED = "CUSTOMER_MANAGED"

PUBLISHED = "PUBLISHED"

_LARGEST_CONTENT = 400_000
"""The documented 400 kB, read as thousands of bytes of the template and the actions. That exceeding it is an
InvalidRequest is inferred."""


def read_content(context: Context, wire: Mapping[str, Any], status: str) -> ViewContent:
    """Check a view's content as far as its status asks for, and make what is stored of it.

    That some checking happens for both statuses, and a full one for a published view, is documented. What is
    checked is inferred: the template is a JSON object in any case, and in a published view it is there and
    uses exactly the actions that are listed.
    """
    template: str | None = wire.get("Template")
    actions: list[str] = wire.get("Actions", [])
    size = len((template or "").encode()) + sum(len(action.encode()) for action in actions)
    if size > _LARGEST_CONTENT:
        raise context.refused(f"Content has {size} bytes; it may have {_LARGEST_CONTENT}")
    parsed = _parse_template(context, template)
    if status == PUBLISHED:
        if parsed is None:
            raise context.refused("Content.Template is needed to publish a view")
        # What refers to the view's input names no action until it is shown.
        used = {text for name, text in _texts(parsed) if name == "Action" and not text.startswith("$.")}
        if unlisted := sorted(used - set(actions)):
            raise context.refused(f"Content.Actions lacks {', '.join(unlisted)}, which the template uses")
        if unused := sorted(set(actions) - used):
            raise context.refused(f"Content.Actions lists {', '.join(unused)}, which the template does not use")
    return make_content(template, parsed, tuple(actions), status)


def make_content(template: str | None, parsed: Any, actions: tuple[str, ...], status: str) -> ViewContent:
    """Make what is stored of a content, with its checksum and the schema of the data that it wants."""
    # Inferred: how the checksum is made. It only has to tell one content from another.
    digest = hashlib.sha256(json.dumps([template, actions]).encode()).hexdigest()
    return ViewContent(
        template=template, actions=actions, input_schema=_input_schema(parsed), sha256=digest, status=status
    )


def _parse_template(context: Context, template: str | None) -> Any | None:
    if template is None:
        return None
    try:
        parsed: Any = json.loads(template, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise context.refused(f"Content.Template is not valid JSON: {error}") from error
    if not isinstance(parsed, dict):
        raise context.refused("Content.Template must be a JSON object")
    return cast("dict[str, Any]", parsed)


def _refuse_constant(name: str) -> NoReturn:
    # Python reads NaN and Infinity as numbers; JSON has no such thing.
    raise ValueError(f"{name} is not JSON")


def _input_schema(parsed: Any) -> str:
    """Write the JSON schema of what a template takes: the names behind ``$.``. Its form is inferred."""
    names = {text[2:].split(".")[0].split("[")[0] for _, text in _texts(parsed) if text.startswith("$.")}
    properties: dict[str, dict[str, str]] = {name: {} for name in sorted(names) if name}
    return json.dumps({"type": "object", "properties": properties, "required": list(properties)})


def _texts(root: Any) -> Iterator[tuple[str, str]]:
    """Give every text that stands anywhere in a template, with the name it stands under; a list has no names.

    Without recursion, so that no template is too deep for it.
    """
    waiting: list[tuple[str, Any]] = [("", root)]
    while waiting:
        name, node = waiting.pop()
        if isinstance(node, str):
            yield name, node
        elif isinstance(node, dict):
            waiting.extend(cast("dict[str, Any]", node).items())
        elif isinstance(node, list):
            waiting.extend(("", item) for item in cast("Sequence[Any]", node))
