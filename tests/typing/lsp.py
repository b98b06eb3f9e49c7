"""A small editor: talks to a language server over its standard streams, and asks what a user would be shown.

Nothing here waits for time to pass: a question is answered by a message of the server's, or ends in ``TimeoutError``.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from typing_extensions import Self

from .checkers import LANGUAGE_SERVER, environment

__all__ = ["CURSOR", "LanguageServer"]

CURSOR = "█"
"""Where the cursor stands in a text."""
SECONDS = 120.0
"""Longest wait for one answer; the first takes some seconds, as it reads the packages."""

Message = dict[str, Any]


class LanguageServer:
    """A running server with the workspace ``root``; a context manager."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ids = itertools.count(1)
        self._files = itertools.count(1)
        self._heard: queue.SimpleQueue[Message | None] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603 - a server of this environment
            LANGUAGE_SERVER,
            cwd=self._root,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # The server is a child of a launcher: as a group, both can be ended.
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True, name="language-server")
        self._listener.start()
        try:
            self._begin()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._ask("shutdown", None)
            self._tell("exit", None)
            self._process.wait(SECONDS)
        finally:
            self._end()

    def completions(self, text: str) -> dict[str, str]:
        """What is offered where ``CURSOR`` stands in ``text``, with the kind of each: ``field``, ``class``, …"""
        document, position = self._open(text)
        answer = self._ask("textDocument/completion", {"textDocument": document, "position": position})
        # Either is allowed: the items, or an object that has them.
        found: Any = cast("Message", answer)["items"] if isinstance(answer, dict) else answer
        items: list[Message] = found or []
        return {str(item["label"]): _KINDS.get(item.get("kind", 0), "other") for item in items}

    def hover(self, text: str) -> str:
        """What is shown for the word at ``CURSOR`` in ``text``."""
        document, position = self._open(text)
        answer = self._ask("textDocument/hover", {"textDocument": document, "position": position})
        return str(answer["contents"]["value"]) if answer else ""

    def hovers(self, text: str) -> list[str]:
        """What is shown for the last word of each line of ``text``, top to bottom."""
        document, _ = self._open(text)
        answers = (
            self._ask("textDocument/hover", {"textDocument": document, "position": {"line": line, "character": end}})
            for line, end in enumerate(len(line) - 1 for line in text.splitlines())
        )
        return [str(answer["contents"]["value"]) if answer else "" for answer in answers]

    # --- messages ---

    def _begin(self) -> None:
        root = self._root.as_uri()
        capabilities: Message = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        folders = [{"uri": root, "name": "edited"}]
        self._ask(
            "initialize",
            {"processId": os.getpid(), "rootUri": root, "workspaceFolders": folders, "capabilities": capabilities},
        )
        self._tell("initialized", {})

    def _open(self, text: str) -> tuple[Message, Message]:
        before, _, after = text.partition(CURSOR)
        document = {"uri": (self._root / f"edited_{next(self._files)}.py").as_uri()}
        self._tell(
            "textDocument/didOpen",
            {"textDocument": {**document, "languageId": "python", "version": 1, "text": before + after}},
        )
        return document, {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}

    def _tell(self, method: str, parameters: Any) -> None:
        self._write({"method": method, "params": parameters})

    def _ask(self, method: str, parameters: Any) -> Any:
        number = next(self._ids)
        self._write({"id": number, "method": method, "params": parameters})
        while True:
            try:
                message = self._heard.get(timeout=SECONDS)
            except queue.Empty:
                raise TimeoutError(f"the language server doesn't answer {method}") from None
            if message is None:
                raise ConnectionError(f"the language server ended before it answered {method}")
            if "method" in message:
                self._serve(message)
            elif message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message.get("result")

    def _serve(self, message: Message) -> None:
        """Answer what the server asks of an editor; what it merely tells needs no answer."""
        if "id" not in message:
            return
        result: Any = None
        if message["method"] == "workspace/configuration":
            settings = {"python": {"pythonPath": sys.executable}}
            result = [settings.get(item.get("section", "")) for item in message["params"]["items"]]
        self._write({"id": message["id"], "result": result})

    def _write(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = cast("IO[bytes]", self._process.stdin)
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        stream.flush()

    def _listen(self) -> None:
        stream = cast("IO[bytes]", self._process.stdout)
        length = 0
        while header := stream.readline():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif not header.strip():
                self._heard.put(json.loads(stream.read(length)))
        self._heard.put(None)

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._listener.join(SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


# The numbers of the protocol's CompletionItemKind that these tests speak of.
_KINDS = {2: "method", 3: "function", 5: "field", 6: "variable", 7: "class", 9: "module", 10: "property"}
