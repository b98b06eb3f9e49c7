"""The generated packages: everything is there, documented, guarded where it's sensitive, and loaded only when used."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import botocore.session
import pytest
from botocore import xform_name
from pydantic import BaseModel, ValidationError

from connectkit.models import Request, Response, Shape, Union, connect, connectcases

PACKAGES: dict[str, Any] = {"connect": connect, "connectcases": connectcases}
OUR_LINK = "https://docs.aws.amazon.com/connect/latest/APIReference/API_"


def shapes(package: Any) -> Iterator[type[Shape]]:
    for name in package.__all__:
        found = getattr(package, name)
        if isinstance(found, type):
            assert issubclass(found, Shape)
            yield found


ALL = [(service, model) for service, package in PACKAGES.items() for model in shapes(package)]


def modules(package: Any) -> list[ModuleType]:
    (folder,) = package.__path__
    names = sorted(path.stem for path in Path(folder).glob("[!_]*.py"))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


MODULES = [module for package in PACKAGES.values() for module in modules(package)]


@pytest.mark.parametrize("package", PACKAGES.values(), ids=PACKAGES)
def test_every_name_is_importable_from_the_package_and_listed(package: Any) -> None:
    here = set(package.__all__)
    assert here <= set(dir(package))
    assert list(package.__all__) == sorted(package.__all__), "people read this list"
    defined = {
        name
        for module in modules(package)
        for name in vars(module)
        if not name.startswith("_") and _home(module, name) == module.__name__
    }
    assert here == defined
    for name in here:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="NoSuchThing"):
        package.NoSuchThing  # noqa: B018


def _home(module: ModuleType, name: str) -> str | None:
    """Where ``name`` is defined, a class or an alias; aliases don't know it themselves."""
    value = getattr(module, name)
    if isinstance(value, type):
        return value.__module__
    aliases = {
        node.target.id
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    return module.__name__ if name in aliases else None


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.removeprefix("connectkit.models."))
def test_everything_is_documented(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    assert ast.get_docstring(tree)
    undocumented = [
        f"{owner}.{name}" if owner else name
        for owner, body in [
            ("", tree.body),
            *((node.name, node.body) for node in tree.body if isinstance(node, ast.ClassDef)),
        ]
        for name in _undocumented(body)
        # The operation is the transport's business; the class's own docstring says what it does.
        if name != "operation"
    ]
    assert undocumented == []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            said = ast.get_docstring(node) or ""
            first = said.partition("\n")[0]
            assert len(first) > 10, node.name
            assert not first.startswith("API reference"), node.name
            assert OUR_LINK in said, node.name
            assert getattr(module, node.name).__doc__, node.name


def _undocumented(body: list[ast.stmt]) -> Iterator[str]:
    for index, node in enumerate(body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            after = body[index + 1] if index + 1 < len(body) else None
            told = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else None
            if not (isinstance(told, str) and told.strip()):
                yield node.target.id


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.removeprefix("connectkit.models."))
def test_no_module_is_long(module: ModuleType) -> None:
    assert len(inspect.getsource(module).splitlines()) < 500


def test_attributes_are_named_as_boto3_names_its_methods() -> None:
    for _, model in ALL:
        for attribute, wire in model.wire_names().items():
            assert attribute.rstrip("_") == xform_name(wire), f"{model.__name__}.{attribute}"


# --- against the service model ----------------------------------------------------------------------------------------


def _described() -> Iterator[tuple[str, type[Shape], Any]]:
    """Each model with what the installed botocore says of it; those that came later have nothing said of them."""
    for service, package in PACKAGES.items():
        model = botocore.session.Session().get_service_model(service)
        known = set(model.shape_names)
        for shape in shapes(package):
            operation = getattr(shape, "operation", None)
            if operation is not None:
                if operation.name in model.operation_names:
                    described = model.operation_model(operation.name)
                    yield service, shape, described.input_shape
                    if described.output_shape is not None:
                        yield service, operation.response, described.output_shape
            elif not issubclass(shape, Response) and shape.__name__ in known:
                yield service, shape, model.shape_for(shape.__name__)


DESCRIBED = list(_described())


def test_no_member_of_the_installed_service_model_is_missing() -> None:
    assert len(DESCRIBED) > 150
    for service, model, shape in DESCRIBED:
        lost = set(shape.members) - set(model.wire_names().values())
        assert not lost, f"{service}.{model.__name__}"


def test_unions_are_unions() -> None:
    for service, model, shape in DESCRIBED:
        if getattr(shape, "is_tagged_union", False):
            assert issubclass(model, Union), f"{service}.{model.__name__}"


def _holds_sensitive(shape: Any) -> bool:
    return shape.type_name == "list" and bool(shape.member.metadata.get("sensitive"))


def _sensitive() -> Iterator[Any]:
    for service, model, shape in DESCRIBED:
        attributes = {wire: attribute for attribute, wire in model.wire_names().items()}
        for wire, member in shape.members.items():
            if member.metadata.get("sensitive") or _holds_sensitive(member):
                called = f"{service}.{model.__name__}.{attributes[wire]}"
                yield pytest.param(model, attributes[wire], wire, member.type_name, id=called)


@pytest.mark.parametrize(("model", "attribute", "wire", "kind"), list(_sensitive()))
def test_sensitive_members_are_in_no_repr_and_in_no_error(
    model: type[Shape], attribute: str, wire: str, kind: str
) -> None:
    held = model.model_construct(_fields_set={attribute}, **{attribute: "tell nobody"})
    assert "nobody" not in repr(held)
    wrong = ["tell nobody"] if kind == "string" else "tell nobody"
    with pytest.raises(ValidationError) as caught:
        model.from_wire({wire: wrong})
    assert "nobody" not in str(caught.value)


def test_an_error_in_something_that_holds_a_sensitive_member_tells_nothing_either() -> None:
    wrong: Any = {"Template": ["tell nobody"]}
    with pytest.raises(ValidationError) as caught:
        connect.CreateViewRequest.from_wire({"InstanceId": "i", "Name": "n", "Status": "SAVED", "Content": wrong})
    assert "nobody" not in str(caught.value)
    wrong = {"InputSchema": ["tell nobody"]}
    with pytest.raises(ValidationError) as caught:
        connect.DescribeViewResponse.from_wire({"View": {"Content": wrong}})
    assert "nobody" not in str(caught.value)


def test_requests_name_their_answers() -> None:
    requests: list[type[Request[Any]]] = [model for _, model in ALL if issubclass(model, Request)]
    assert len(requests) == 69
    for model in requests:
        operation = model.operation
        assert model.__name__ == f"{operation.name}Request"
        assert operation.response.__name__ == f"{operation.name}Response"
        assert operation.method == xform_name(operation.name)
        assert issubclass(operation.response, Response)
        if operation.token is not None:
            assert operation.token in model.wire_names().values()


# --- what is loaded ---------------------------------------------------------------------------------------------------


def loaded_by(code: str) -> set[str]:
    """Names of the modules that are there after ``code`` ran in a process of its own."""
    script = f"{textwrap.dedent(code)}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return set(json.loads(done.stdout))


def test_importing_connectkit_loads_neither_boto3_nor_pydantic() -> None:
    loaded = loaded_by("import connectkit")
    assert not loaded & {"boto3", "botocore", "pydantic", "pydantic_core", "tenacity"}


def test_naming_a_package_loads_no_model() -> None:
    loaded = loaded_by("from connectkit.models import connect, connectcases; dir(connect); dir(connectcases)")
    assert {name for name in loaded if name.startswith("connectkit.models.connect")} == {
        "connectkit.models.connect",
        "connectkit.models.connectcases",
    }
    assert "pydantic" not in loaded


def test_using_a_model_loads_its_module_and_what_that_needs() -> None:
    loaded = loaded_by("from connectkit.models.connectcases import TagResourceRequest")
    assert {name for name in loaded if name.startswith("connectkit.models.connect")} == {
        "connectkit.models.connectcases",
        "connectkit.models.connectcases.tags",
    }
    assert not loaded & {"boto3", "botocore"}


def test_every_model_can_be_put_together() -> None:
    for _, model in ALL:
        assert issubclass(model, BaseModel)
        model.model_rebuild()
        assert model.__pydantic_complete__, model
        # What reads the schema of a model (FastAPI, say) finds the wire names in it.
        schema = json.dumps(model.model_json_schema(by_alias=True))
        assert all(f'"{wire}"' in schema for wire in model.wire_names().values()), model
