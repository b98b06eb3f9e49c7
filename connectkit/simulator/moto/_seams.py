"""Everything the simulator needs from moto, behind typed functions.

These are moto's outer seams, which have not moved since 5.0: the index from an endpoint's pattern to a service, a
package ``moto.<service>`` with its ``<service>_backends`` for each, and a backend's table from URL to handler. How
moto reads requests and words its answers is left alone, since that changes from one release to the next.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from typing import Any, Final, Literal, NamedTuple, NoReturn, cast
from urllib.parse import urlsplit

from connectkit.simulator._clients import body_bytes
from connectkit.simulator.core.http import HttpRequest

try:
    import moto
except ModuleNotFoundError as missing:
    if missing.name != "moto":
        raise
    raise ModuleNotFoundError(
        'connectkit.simulator.moto needs moto, which is not installed: pip install "connectkit[moto]"', name="moto"
    ) from missing
if moto.__version__.partition(".")[0] != "5":
    raise ImportError(
        f"connectkit.simulator.moto knows moto 5, and moto {moto.__version__} is installed: "
        'pip install "connectkit[moto]" "moto>=5,<6"',
        name="moto",
    )

from moto import mock_aws
from moto.backend_index import backend_url_patterns
from moto.backends import get_backend
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.models import DEFAULT_ACCOUNT_ID

__all__ = [
    "DEFAULT_ACCOUNT_ID",
    "Answer",
    "Handler",
    "MotosInstance",
    "Urls",
    "account_of",
    "add_service",
    "break_off",
    "has_service",
    "join_service",
    "kept_by",
    "mock_aws",
    "motos_handler",
    "motos_instances",
    "our_part_in",
    "read_request",
    "run_server",
]

Answer = tuple[int, dict[str, Any], "str | bytes"]
Handler = Callable[[Any, str, Any], Answer]
"""What moto calls with a request, its full URL and its headers."""
Urls = dict[str, Handler]

# Whichever account and region a request is for, moto asks this one of its default account for the handler.
_FIRST_REGION: Final = "us-east-1"
_ACCESS_KEY = re.compile(r"Credential=([^/,\s]+)/")
_PART: Final = "connectkits_part"


class MotosInstance(NamedTuple):
    """A Connect instance that moto has."""

    account_id: str
    region: str
    id: str


def has_service(service: str) -> bool:
    """Say whether moto has a service, be it one that was added."""
    return any(name == service for name, _ in backend_url_patterns)


def our_part_in(service: str) -> Literal["added", "joined"] | None:
    """Say what :func:`add_service` or :func:`join_service` did to a service of moto's, if either did anything.

    moto remembers it rather than this module, which may be loaded a second time.
    """
    return getattr(sys.modules.get(f"moto.{service}"), _PART, None)


def add_service(
    service: str, endpoint: str, *, urls: Urls, flask_paths: Urls, keep: Callable[[], object] = object
) -> None:
    """Give moto a service that it does not have, or another in its place.

    Args:
        service: botocore's name for it.
        endpoint: a regular expression for its endpoints, each with its scheme.
        urls: the handlers, by a regular expression for the URL.
        flask_paths: those of moto's server, by Flask's kind of path.
        keep: makes what :func:`kept_by` gives, anew after each reset of moto.
    """

    class Backend(BaseBackend):
        def __init__(self, region_name: str, account_id: str) -> None:
            super().__init__(region_name, account_id)
            self.kept = keep()

        @property
        def urls(self) -> Urls:
            return urls

        @property
        def flask_paths(self) -> Urls:
            return flask_paths

    # A region that moto does not list would be refused, and the handlers know regions of their own.
    backends: Any = BackendDict(Backend, service, use_boto3_regions=False, additional_regions=[_FIRST_REGION])
    package = module_from_spec(ModuleSpec(f"moto.{service}", loader=None, is_package=True))
    vars(package).update({f"{service}_backends": backends, _PART: "added"})
    sys.modules[package.__name__] = package
    _index(service, endpoint)


def join_service(service: str, endpoint: str, *, urls: Urls, flask_paths: Urls) -> None:
    """Have other handlers answer for a service that moto has; :func:`motos_handler` gives moto's own.

    Args:
        service: botocore's name for it.
        endpoint: a regular expression for its endpoints, of which moto may know fewer.
        urls: the handlers, by a regular expression for the URL.
        flask_paths: those of moto's server, by Flask's kind of path.
    """
    backend: Any = _backends(service).backend
    # In the place of what the class inherits.
    backend.urls = property(lambda _: urls)
    backend.flask_paths = property(lambda _: flask_paths)
    vars(sys.modules[f"moto.{service}"])[_PART] = "joined"
    _index(service, endpoint)


def motos_handler(service: str, url: str) -> Handler | None:
    """Give what moto itself would answer a URL of a service with, or None when it has nothing for it."""
    backend = _backends(service)[DEFAULT_ACCOUNT_ID][_FIRST_REGION]
    inherited = cast("BaseBackend", super(type(backend), backend))
    return next((handler for pattern, handler in inherited.urls.items() if re.match(pattern, url)), None)


def kept_by(service: str) -> object:
    """Give what a service that was added keeps from one reset of moto to the next."""
    backend: Any = _backends(service)[DEFAULT_ACCOUNT_ID][_FIRST_REGION]
    return cast("object", backend.kept)


def motos_instances() -> Iterator[MotosInstance]:
    """Give the Connect instances that moto has, in the order in which they were made."""
    for account_id, regions in list(_backends("connect").items()):
        for region, backend in list(regions.items()):
            instances: Any = getattr(backend, "instances", None)
            if instances is None:
                raise RuntimeError(
                    f"moto {moto.__version__} keeps its Connect instances where this version of connectkit does not "
                    "look; please report it, and use an older moto meanwhile"
                )
            for identifier in list(instances):
                yield MotosInstance(account_id, region, identifier)


def account_of(request: HttpRequest) -> str:
    """Give the account that a request belongs to, by moto's own rules.

    The environment's ``MOTO_ACCOUNT_ID`` says it, or the header ``x-moto-account-id``, or whose access key signed
    the request: moto's IAM and STS know those that they gave out. Otherwise it is moto's default account.
    """
    named = os.environ.get("MOTO_ACCOUNT_ID") or request.header("x-moto-account-id")
    if named:
        return named
    key = _ACCESS_KEY.search(request.header("authorization") or "")
    if key is None:
        return DEFAULT_ACCOUNT_ID
    # Here rather than above, since it takes long to load.
    from moto.iam.models import get_account_id_from

    return get_account_id_from(key.group(1))


def read_request(request: Any, full_url: str) -> HttpRequest:
    """Read a request in any of the forms in which moto hands it over.

    Within the process it is botocore's or requests' own up to some 5.2, one of Werkzeug since then, and in the
    server one of Flask. The last two decode the path; their environment has it as it came.
    """
    environment: dict[str, Any] | None = getattr(request, "environ", None)
    url = urlsplit(full_url)
    path, query = url.path, url.query
    if environment is not None:
        raw: str = environment.get("RAW_URI") or environment.get("REQUEST_URI") or full_url
        path = urlsplit(raw).path if raw.startswith(("http://", "https://")) else raw.partition("?")[0]
        query = environment.get("QUERY_STRING", query)
    headers = {
        name: value.decode("latin-1") if isinstance(value, bytes) else str(value)
        for name, value in request.headers.items()
    }
    headers.setdefault("Host", url.netloc)
    body: bytes = body_bytes(request) if environment is None else request.get_data()
    return HttpRequest(request.method, path or "/", query, headers, body)


def break_off(request: Any) -> NoReturn:
    """End the connection that a request came to moto's server on, without an answer."""
    connection: socket.socket | None = request.environ.get("werkzeug.socket")
    if connection is not None:
        # Otherwise it would be kept for the client's next request, and the client would wait.
        connection.shutdown(socket.SHUT_RDWR)
    # Werkzeug takes this for a client that went away.
    raise ConnectionAbortedError("a test had the connection break")


def run_server(arguments: list[str]) -> None:
    """Run moto's server until it is interrupted. Exits with a message when what the server needs is missing."""
    try:
        from moto.server import main
    except ModuleNotFoundError as missing:
        sys.exit(f'moto\'s server needs {missing.name}, which is not installed: pip install "moto[server]"')
    main(arguments)


def _index(service: str, endpoint: str) -> None:
    # In place, since moto's server holds this list; and first, since the first pattern that fits is taken.
    backend_url_patterns.insert(0, (service, re.compile(endpoint)))


def _backends(service: str) -> BackendDict[BaseBackend]:
    find = cast("Callable[[str], BackendDict[BaseBackend]]", get_backend)
    return find(service)
