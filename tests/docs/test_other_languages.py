"""What the pages show in other languages than Python makes sense: data can be read, and commands name what exists."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from connectkit.models import connect, connectcases
from connectkit.simulator import Simulator
from connectkit.simulator.core.http import HttpRequest
from connectkit.simulator.server.arguments import parse_arguments
from connectkit.simulator.server.control import Control

from .pages import PAGES, PRINTS, ROOT, Block, blocks, blocks_of

# What stands for itself, or what the standard library of every supported Python can't read.
UNCHECKED = {"diff", "html", "ini", "markdown", "mermaid", "text", "toml"}
MODELS = {"connect": connect, "connectcases": connectcases}
# Of the AWS CLI itself, not of an operation.
CLI_OPTIONS = {"--endpoint-url", "--no-sign-request", "--output", "--profile", "--query", "--region"}
# Commands of others, whose arguments are theirs to check.
OF_OTHERS = {"cd", "cosign", "curl", "docker", "export", "gh", "git", "node", "npm", "npx", "source", "uv", "uvx"}


def commands(block: Block) -> list[list[str]]:
    """Give the commands of a block for a terminal: what follows a ``$``, or all of it if nothing does."""
    text = block.text.replace("\\\n", " ")
    lines = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
    return [shlex.split(line, comments=True) for line in lines or text.splitlines() if line.strip()]


COMMANDS = [(block, command) for block in blocks_of("console", "bash", "sh", "shell") for command in commands(block)]


def check_make(arguments: Sequence[str]) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for target in arguments:
        assert "=" in target or target in targets


def check_pip(arguments: Sequence[str]) -> None:
    assert arguments[0] == "install"
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    there = project.split("[project.optional-dependencies]")[1].split("\n[")[0]
    for requirement in arguments[1:]:
        found = re.fullmatch(r"(?:connectkit|\.)\[([a-z,]+)\].*", requirement)
        for extra in found.group(1).split(",") if found else []:
            assert re.search(rf"^{extra} = ", there, re.MULTILINE), f"no extra {extra}"


def check_python(arguments: Sequence[str]) -> None:
    if arguments[0] != "-m":
        assert (ROOT / arguments[0]).is_file()
        return
    module, *others = arguments[1:]
    if module == "connectkit.simulator":
        parse_arguments(others)
    elif module == "pip":
        check_pip(others)
    elif module not in {"venv", "build"}:  # build is wherever a release is made
        assert find_spec(module) is not None


def check_simulator(arguments: Sequence[str]) -> None:
    parse_arguments(arguments)


def check_aws(arguments: Sequence[str]) -> None:
    service, command, *others = arguments
    operation = "".join(part.capitalize() for part in command.split("-"))
    request: Any = getattr(MODELS[service], f"{operation}Request")
    members = {"--" + re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in request.wire_names().values()}
    options = {option for option in others if option.startswith("--")}
    assert options <= members | CLI_OPTIONS


def check_wsgi(arguments: Sequence[str]) -> None:
    module, name = arguments[-1].removesuffix("()").split(":")
    assert callable(getattr(import_module(module), name))


CHECKS: dict[str, Callable[[Sequence[str]], None]] = {
    "aws": check_aws,
    "connectkit-simulator": check_simulator,
    "gunicorn": check_wsgi,
    "make": check_make,
    "pip": check_pip,
    "python": check_python,
    "waitress-serve": check_wsgi,
}


@pytest.mark.parametrize(("block", "command"), COMMANDS, ids=[f"{block.place} {line[0]}" for block, line in COMMANDS])
def test_a_command_names_what_exists(block: Block, command: list[str]) -> None:
    while re.fullmatch(r"[A-Z_]+=.*", command[0]):
        command = command[1:]
    name, *arguments = command
    assert name in CHECKS or name in OF_OTHERS, f"{block.place}: nothing here checks {name!r}"
    if name in CHECKS:
        CHECKS[name](arguments)


def test_what_curl_sends_to_the_simulator_is_understood() -> None:
    sent = [command for _, command in COMMANDS if command[0] == "curl" and "/_simulator" in " ".join(command)]
    assert sent
    control = Control(Simulator())
    for command in sent:
        method = command[command.index("-X") + 1] if "-X" in command else "GET"
        body = command[command.index("-d") + 1] if "-d" in command else ""
        (path,) = (part[part.index("/_simulator") :] for part in command if "/_simulator" in part)
        assert control.answer(HttpRequest(method, path, "", {}, body.encode())).status == 200


def test_data_can_be_read() -> None:
    for block in blocks_of("json"):
        json.loads(block.text)
    yaml: Any = import_module("yaml")  # has no types
    for block in blocks_of("yaml"):
        assert yaml.safe_load(block.text), block.place


def test_a_task_template_in_yaml_is_one() -> None:
    from connectkit.task_definitions import TaskTemplateDefinition

    yaml: Any = import_module("yaml")
    documents = [yaml.safe_load(block.text) for block in blocks_of("yaml") if block.page.name == "task-templates.md"]
    assert documents
    for document in documents:
        assert TaskTemplateDefinition.from_document(document).faults() == []


def test_javascript_calls_operations_that_exist() -> None:
    found = blocks_of("js", "javascript", "ts", "typescript")
    assert found
    packages = json.loads((ROOT / "tests/clients/javascript/package.json").read_text(encoding="utf-8"))["dependencies"]
    for block in found:
        imported = re.findall(r'import \{([^}]*)\} from "([^"]*)"', block.text)
        assert imported, f"{block.place} imports nothing"
        for names, package in imported:
            if package.startswith("node:"):
                continue
            assert package in packages, f"{block.place}: tests/clients doesn't try {package}"
            models = MODELS[package.removeprefix("@aws-sdk/client-")]
            for name in names.replace(" ", "").split(","):
                if name.endswith("Command"):
                    assert hasattr(models, name.removesuffix("Command") + "Request"), f"{block.place}: {name}"


def test_every_block_says_its_language() -> None:
    checked = {"python", "console", "bash", "sh", "shell", "json", "yaml", "js", "javascript", "ts", "typescript"}
    for page in PAGES:
        for block in blocks(page):
            assert block.language in checked | UNCHECKED, f"{block.place}: {block.language!r} is checked by nothing"
            assert block.title != PRINTS or block.language == "text"
