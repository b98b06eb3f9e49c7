"""Read botocore's service model and our data files into plain descriptions of what to write.

botocore is untyped; this is the only module of the generator that touches it.
"""

from __future__ import annotations

import keyword
from typing import Any

import botocore
import botocore.session
from botocore import xform_name

from codegen import files
from codegen.description import Enum, GenerationError, Member, Op, Paging, Service, Structure
from codegen.homes import settle
from codegen.sentences import Sentences
from connectkit.models._base import Shape, Union
from connectkit.models._operation import Request, Response

BOTOCORE_VERSION: str = botocore.__version__

_SCALARS = {
    "string": "str",
    "character": "str",
    "integer": "int",
    "long": "int",
    "boolean": "bool",
    "double": "Double",
    "float": "Double",
    "timestamp": "Timestamp",
}


def read_services() -> list[Service]:
    """Every service in ``data/operations.toml``, from the installed botocore."""
    return [_Reader(name, data).read() for name, data in files.read_toml(files.OPERATIONS).items()]


class _Reader:
    def __init__(self, name: str, data: dict[str, Any]) -> None:
        session: Any = botocore.session.get_session()
        loader = session.get_component("data_loader")
        self._model: Any = session.get_service_model(name)
        self._paginators: dict[str, Any] = loader.load_service_model(name, "paginators-1")["pagination"]
        self._data = data
        self._docs = Sentences(name)
        self._out = Service(name=name, title=data["title"], modules=data["modules"], operations={})
        self._users: dict[str, set[str]] = {}

    def read(self) -> Service:
        for module, operations in self._data["modules"].items():
            for name in operations:
                self._read_operation(name, module)
        self._check_data()
        settle(self._out, self._users, self._data.get("shapes", {}))
        self._out.mark_leaks()
        if stale := self._docs.stale():
            raise GenerationError(f"docs/{self._out.name}.toml explains what isn't there: {', '.join(stale)}")
        return self._out

    # -- operations ----------------------------------------------------------------------------------------------------

    def _read_operation(self, name: str, module: str) -> None:
        try:
            model = self._model.operation_model(name)
        except Exception as error:
            raise GenerationError(f"botocore {BOTOCORE_VERSION} has no {self._out.name}.{name}") from error
        link = self._data["link"].format(name=name)
        op = Op(
            name=name,
            method=xform_name(name),
            request=f"{name}Request",
            response=f"{name}Response",
            token=self._token(name, model),
            repeatable=any(name in group for group in self._data["repeat"].values()),
            paging=None,
        )
        self._out.operations[name] = op
        answer = self._docs.find("responses", name) or f"What {name} answers."
        self._add_structure(op.response, "Response", model.output_shape, answer, link, module)
        self._add_structure(op.request, "Request", model.input_shape, self._docs.need("operations", name), link, module)
        self._out.structures[op.request].operation = op
        op.paging = self._paging(name, model)

    def _token(self, name: str, model: Any) -> str | None:
        marked: list[str] = [
            wire for wire, shape in model.input_shape.members.items() if shape.metadata.get("idempotencyToken")
        ]
        named: str | None = self._data.get("tokens", {}).get(name)
        if named is not None and named not in model.input_shape.members:
            raise GenerationError(f"{name} has no member {named}")
        return marked[0] if marked else named

    def _paging(self, name: str, model: Any) -> Paging | None:
        if model.output_shape is None:
            return None
        sent, received = model.input_shape.members, model.output_shape.members
        token_in = next((wire for wire in sent if wire.lower() == "nexttoken"), None)
        token_out = next((wire for wire in received if wire.lower() == "nexttoken"), None)
        if token_in is None or token_out is None:
            return None
        lists = [wire for wire, shape in received.items() if shape.type_name == "list"]
        items: str | None = self._data.get("paging", {}).get("items", {}).get(name)
        items = items or self._paginators.get(name, {}).get("result_key")
        if items is None and len(lists) == 1:
            items = lists[0]
        if items is None or items not in lists:
            raise GenerationError(f"which member of {name}Response holds a page's items? Say so in operations.toml")
        size = next((wire for wire in sent if wire.lower() == "maxresults"), None)
        item_type = self._annotation(received[items].member)[0]
        return Paging(items=items, item_type=item_type, token_in=token_in, token_out=token_out, size=size)

    # -- structures ----------------------------------------------------------------------------------------------------

    def _add_structure(self, name: str, kind: str, shape: Any, doc: str, link: str, module: str) -> None:
        if name in self._out.structures:
            raise GenerationError(f"two structures are called {name}")
        structure = Structure(name=name, kind=kind, members=[], doc=doc, link=link)
        self._out.structures[name] = structure
        self._users.setdefault(name, set()).add(module)
        if shape is None:
            return
        for wire, member in shape.members.items():
            structure.members.append(self._member(shape, name, kind, wire, member))
            self._visit(member, module)

    def _member(self, shape: Any, owner: str, kind: str, wire: str, member: Any) -> Member:
        serialized = member.serialization
        in_body = "location" not in serialized
        if in_body and serialized.get("name", wire) != wire:
            raise GenerationError(f"{owner}.{wire} is {serialized['name']} on the wire: models assume one name")
        if kind == "Response" and not in_body:
            raise GenerationError(f"{owner}.{wire} is outside the body: the fast path would lose it")
        annotation, refers_to = self._annotation(member)
        return Member(
            attribute=_attribute(wire, kind),
            wire=wire,
            type=annotation,
            refers_to=refers_to,
            required=wire in shape.required_members,
            sensitive=_is_sensitive(member),
            doc=self._docs.member(owner, wire),
        )

    def _annotation(self, shape: Any) -> tuple[str, list[str]]:
        kind = shape.type_name
        if kind == "list":
            inner, refers_to = self._annotation(shape.member)
            return f"list[{inner}]", refers_to
        if kind == "map":
            key, key_refers_to = self._annotation(shape.key)
            inner, refers_to = self._annotation(shape.value)
            return f"dict[{key}, {inner}]", key_refers_to + refers_to
        if kind == "structure" or (kind == "string" and shape.enum):
            return shape.name, [shape.name]
        if kind not in _SCALARS:
            raise GenerationError(f"{shape.name} is a {kind}, which no model has had so far")
        return _SCALARS[kind], []

    def _visit(self, shape: Any, module: str) -> None:
        """Note that ``module`` uses ``shape`` and all that it holds."""
        kind, name = shape.type_name, shape.name
        if kind == "list":
            self._visit(shape.member, module)
        elif kind == "map":
            self._visit(shape.key, module)
            self._visit(shape.value, module)
        elif kind == "string" and shape.enum:
            self._users.setdefault(name, set()).add(module)
            if name not in self._out.enums:
                self._out.enums[name] = Enum(name=name, values=list(shape.enum), doc=self._docs.need("enums", name))
        elif kind == "structure" and module not in self._users.get(name, set()):
            if getattr(shape, "is_document_type", False):
                raise GenerationError(f"{name} is a document, which no model has had so far")
            if name not in self._out.structures:
                base = "Union" if shape.is_tagged_union else "Shape"
                link = self._data["link"].format(name=name)
                self._add_structure(name, base, shape, self._docs.need("shapes", name), link, module)
            else:
                self._users[name].add(module)
                for member in shape.members.values():
                    self._visit(member, module)

    # -- the whole -----------------------------------------------------------------------------------------------------

    def _check_data(self) -> None:
        known = set(self._out.operations)
        for group in self._data["repeat"].values():
            if unknown := set(group) - known:
                raise GenerationError(f"operations.toml names operations that aren't modelled: {sorted(unknown)}")
        if self._out.name == "connectcases" and (missing := set(self._model.operation_names) - known):
            raise GenerationError(f"operations.toml leaves out {sorted(missing)}")


def _is_sensitive(shape: Any) -> bool:
    """Whether the service marks it so, or what is in it where that has no class of its own."""
    inside = {"list": ["member"], "map": ["key", "value"]}.get(shape.type_name, [])
    return bool(shape.metadata.get("sensitive")) or any(_is_sensitive(getattr(shape, name)) for name in inside)


_BASES = {"Request": Request, "Response": Response, "Union": Union}


def _attribute(wire: str, kind: str) -> str:
    name: str = xform_name(wire)
    base = _BASES.get(kind, Shape)
    if keyword.iskeyword(name) or hasattr(base, name):
        name += "_"
    return name
