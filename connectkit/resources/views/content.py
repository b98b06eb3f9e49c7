"""What a view shows, as Python and as JSON: read once, written once, checked before anything is sent."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from ...errors import Fault, RequestError, ResponseDecodeError
from ...models.connect.views import ViewContent as ViewContentModel, ViewInputContent
from .._base import several
from . import _json_text
from ._json_text import below
from .diff import Change, ViewDiff, compare

if TYPE_CHECKING:
    from ...models._operation import ResponseMetadata

__all__ = ["ContentInput", "ViewContent", "content_of", "inside", "not_an_object"]

ContentInput: TypeAlias = "ViewContent | Mapping[str, Any] | str | bytes | os.PathLike[str]"
"""What a view shows: a mapping, JSON as a text or bytes, or the path of a JSON file. A ``str`` with a brace or a line
break in it is JSON, any other is a path.

It may be the template alone (``{"Head": …, "Body": […]}``), or an envelope with ``name``, ``description``,
``template``, ``actions`` and ``tags``, as people keep it and as DescribeView answers."""

_LARGEST = 400_000
"""The documented 400 kB. That they are thousands of bytes, of the template as sent and the actions, is inferred."""


class ViewContent:
    """What a view shows, and what agents can do in it. It may be given to any view, of any instance.

    ::

        button = {"_id": "yes", "Type": "Button", "Props": {"Action": "Yes"}, "Content": ["Refund it"]}
        ViewContent({"Head": {"Title": "Refund"}, "Body": [button]})

    Two are equal if no agent could tell them apart: the order of an object's members and of the actions doesn't count.
    """

    __slots__ = ("_actions", "_input_schema", "_template", "_text")

    def __init__(
        self,
        template: Mapping[str, Any] | str | bytes,
        *,
        actions: Iterable[str] | None = None,
        input_schema: Mapping[str, Any] | None = None,
    ) -> None:
        """Hold a template, which is always the template itself and never an envelope.

        Args:
            template: A mapping, or JSON as a text or bytes.
            actions: Names of what agents can do; if left out, those that the template uses, in its order.
            input_schema: Schema of the data that the view takes. The service works it out and takes none.

        Raises:
            RequestError: ``template`` isn't JSON or not an object, with everything that is wrong and where.
        """
        actions = None if actions is None else several(actions, "actions", of="names")
        value, faults = _json_text.load(template)
        if not faults and not isinstance(value, dict):
            faults = [Fault("", not_an_object(value))]
        if faults:
            raise RequestError(operation="ViewContent", faults=[inside("template", fault) for fault in faults])
        self._template: dict[str, Any] = value
        self._text = _json_text.write(value)
        self._actions = tuple(self.used_actions) if actions is None else tuple(actions)
        self._input_schema = input_schema

    @property
    def template(self) -> dict[str, Any]:
        """The structure of the view. A copy: change it, and give it back."""
        copy: dict[str, Any] = json.loads(self._text)
        return copy

    @property
    def template_text(self) -> str:
        """The template as it is sent: JSON without spaces, its members in the order that they were given in."""
        return self._text

    @property
    def actions(self) -> tuple[str, ...]:
        """Names of what agents can do in the view; the flow branches on them."""
        return self._actions

    @property
    def input_schema(self) -> dict[str, Any] | None:
        """Schema of the data that the view takes, as the service worked it out; ``None`` if it wasn't read."""
        return dict(self._input_schema) if self._input_schema is not None else None

    @property
    def used_actions(self) -> list[str]:
        """The actions that the template uses: each text under the name ``Action``, in its order.

        Those that begin with ``$.`` aren't known before the view is shown.
        """
        return list(dict.fromkeys(text for text in self._action_texts() if not _from_input(text)))

    @property
    def size(self) -> int:
        """Bytes of what is sent: the template and the actions."""
        return _bytes(self._text) + sum(map(_bytes, self._actions))

    def faults(self, *, publish: bool = True) -> list[Fault]:
        """What the service would refuse, as far as that is known here.

        Args:
            publish: Whether the content is to be published; a draft may lack actions or have too many.
        """
        return [*self._size_faults(), *self._id_faults(), *self._action_faults(publish=publish)]

    def to_model(self) -> ViewInputContent:
        """The content as a request takes it: without the schema, which the service works out."""
        return ViewInputContent(template=self._text, actions=list(self._actions))

    def diff(self, after: ViewContent) -> ViewDiff:
        """What is different in another content.

        ::

            print(before.diff(after))  # Body[0].Props.Label: "Accept" → "Yes"
        """
        found = list(compare(self._template, after._template))
        found += [Change("actions", "added", None, new) for new in after._actions if new not in self._actions]
        found += [Change("actions", "removed", old) for old in self._actions if old not in after._actions]
        return ViewDiff(found)

    def __eq__(self, other: object) -> bool:
        return not self.diff(other) if isinstance(other, ViewContent) else NotImplemented

    def __hash__(self) -> int:
        return hash((frozenset(self._template), frozenset(self._actions)))

    def __str__(self) -> str:
        return json.dumps({"template": self._template, "actions": self._actions}, ensure_ascii=False, indent=2)

    def __repr__(self) -> str:
        return f"<ViewContent: {self.size:,} bytes, {len(self._actions)} actions>"

    def _action_texts(self) -> Iterator[str]:
        for path, node in _nodes(self._template):
            if isinstance(node, str) and (path == "Action" or path.endswith(".Action")):
                yield node

    def _size_faults(self) -> Iterator[Fault]:
        if self.size > _LARGEST:
            problem = f"has {self.size:,} bytes; a view's template and actions may have {_LARGEST:,} together"
            yield Fault("template", problem)

    def _id_faults(self) -> Iterator[Fault]:
        """That no two components may have one ``_id`` is inferred: it is how the editor tells them apart."""
        seen: dict[str, str] = {}
        for path, node in _nodes(self._template):
            id_: object = cast("dict[str, Any]", node).get("_id") if isinstance(node, dict) else None
            if not isinstance(id_, str):
                continue
            if id_ in seen:
                yield Fault(_joined("template", path), f"has the _id {id_!r}, which {seen[id_]} has already")
            seen.setdefault(id_, _joined("template", path))

    def _action_faults(self, *, publish: bool) -> Iterator[Fault]:
        """That a published view lists exactly the actions that it uses is inferred."""
        for index, action in enumerate(self._actions):
            if action in self._actions[:index]:
                yield Fault(f"actions[{index}]", f"is {action!r}, which is there already")
        if not publish:
            return
        used = self.used_actions
        for action in used:
            if action not in self._actions:
                yield Fault("actions", f"lacks {action!r}, which the template uses")
        if not any(map(_from_input, self._action_texts())):  # otherwise it may be that
            for index, action in enumerate(self._actions):
                if action not in used:
                    yield Fault(f"actions[{index}]", f"is {action!r}, which the template doesn't use")


def content_of(
    model: ViewContentModel | None, *, operation: str, metadata: ResponseMetadata | None = None
) -> ViewContent:
    """What an answer of the service holds. A template that isn't there is an empty one.

    Raises:
        ResponseDecodeError: the template isn't a JSON object.
    """
    if model is None:
        model = ViewContentModel()
    try:
        # Not as strictly as what is to be sent: the service has it, whatever it thinks of members that are there twice.
        template, schema = (json.loads(text or "{}") for text in (model.template, model.input_schema))
        if not isinstance(template, dict):
            raise TypeError(f"the template {not_an_object(template)}")  # noqa: TRY301 - one answer to all of them
        return ViewContent(cast("dict[str, Any]", template), actions=model.actions or (), input_schema=schema or None)
    except (RequestError, ValueError, RecursionError, TypeError) as error:
        raise ResponseDecodeError(
            operation=operation,
            faults=[Fault("view.content", f"isn't a view's content: {error}")],
            status=metadata.status if metadata is not None else None,
            request_id=metadata.request_id if metadata is not None else None,
            attempts=metadata.attempts if metadata is not None else 1,
        ) from error


def not_an_object(value: object) -> str:
    """What is wrong with a template that is something else."""
    if isinstance(value, str):
        return "is a text inside JSON: it was turned into JSON twice, once is done here"
    kind = "a list" if isinstance(value, list) else f"{json.dumps(value)}"
    return f"is {kind}; a view's template is a JSON object, with Head and Body"


def inside(where: str, fault: Fault) -> Fault:
    """A fault of something that is in ``where``."""
    return Fault(_joined(where, fault.path), fault.problem)


def _joined(where: str, path: str) -> str:
    return f"{where}{path}" if path.startswith("[") or not path or not where else f"{where}.{path}"


def _nodes(root: Any) -> Iterator[tuple[str, Any]]:
    """Everything in a template with its path, in its order. Nothing is too deep for it."""
    waiting: list[tuple[str, Any]] = [("", root)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        if isinstance(node, dict):
            members = cast("dict[str, Any]", node).items()
            waiting += reversed([(below(path, name), inner) for name, inner in members])
        elif isinstance(node, list):
            items = enumerate(cast("Sequence[Any]", node))
            waiting += reversed([(f"{path}[{index}]", inner) for index, inner in items])


def _from_input(text: str) -> bool:
    return text.startswith("$.")


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
