"""``ConnectKit``: a session in, typed operations out. Start reading here.

A call goes one way: ``send`` hands the request to the transport (``_transport``), which encodes it, checks it against
the installed botocore model, calls boto3 as the retry policy allows, and decodes the bytes that come back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from ._bound import Bound
from ._caller import Caller
from ._transport import Transport
from ._transport.clients import Clients
from .models._operation import PagedRequest, Request, Response
from .retry import RetryPolicy

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config
    from mypy_boto3_connect import ConnectClient
    from mypy_boto3_connectcases import ConnectCasesClient

    from .pagination import Pager
    from .resources.domains import CasesDomain, Domains
    from .resources.instances import Instance, Instances

__all__ = ["ConnectKit"]

R = TypeVar("R", bound=Response)
T = TypeVar("T")


class ConnectKit(Bound):
    """Amazon Connect Cases, Views and Task Templates.

    ::

        from connectkit import ConnectKit
        from connectkit.models import connectcases as cases

        kit = ConnectKit(region_name="us-east-1")
        reply = kit.send(cases.GetCaseRequest(domain_id="…", case_id="…", fields=[cases.FieldIdentifier(id="title")]))
        for field in kit.paginate(cases.ListFieldsRequest(domain_id="…")):
            print(field.name)

    boto3 clients are made when they are first needed. A kit may be shared between threads.
    """

    def __init__(
        self,
        session: boto3.Session | None = None,
        *,
        region_name: str | None = None,
        profile_name: str | None = None,
        endpoint_url: str | None = None,
        config: Config | None = None,
        retry: RetryPolicy | None = None,
        names_max_age: float | None = 300.0,
        connect: ConnectClient | None = None,
        connectcases: ConnectCasesClient | None = None,
    ) -> None:
        """Say how to reach AWS; everything left out is found as boto3 finds it.

        Args:
            session: A boto3 session of the caller's.
            region_name: AWS region, ``us-east-1``.
            profile_name: Profile of the AWS configuration files. Not together with ``session``.
            endpoint_url: Address to call instead of AWS's, for both services.
            config: botocore configuration: timeouts, proxies, pool sizes. Its ``retries`` are left aside in favour of
                ``retry``; ``parameter_validation=False`` switches off the check of requests before they are sent.
            retry: When to try again; ``RetryPolicy()`` if left out.
            names_max_age: Seconds for which the names of a domain or an instance are kept: of fields and options, of
                layouts, templates and so on. Older ones are read anew when one is next needed, for somebody else may
                have changed them. ``None`` keeps them until ``domain.forget_names()``.
            connect: A client of the caller's own for ``connect``, used as it is. One that retries by itself goes on
                doing so, and connectkit doesn't add to it.
            connectcases: The same for ``connectcases``.

        Raises:
            TypeError: an argument is of another kind than it should be.
            ValueError: both ``session`` and ``profile_name`` are given, or ``names_max_age`` is negative.
            ConfigurationError: a client is one for another service.
        """
        _check_arguments(session, config, retry, names_max_age, {"connect": connect, "connectcases": connectcases})
        if session is not None and profile_name is not None:
            raise ValueError("give session or profile_name, not both: a session has its profile already")
        self._clients = Clients(
            session=session,
            region_name=region_name,
            profile_name=profile_name,
            endpoint_url=endpoint_url,
            config=config,
            own={"connect": connect, "connectcases": connectcases},
        )
        self._region_name = region_name
        check = getattr(config, "parameter_validation", True)
        policy = retry or RetryPolicy()
        self._caller = Caller(
            Transport(clients=self._clients, retry=policy, check=check), policy, names_max_age=names_max_age
        )

    def __repr__(self) -> str:
        return f"<ConnectKit{f' in {self._region_name}' if self._region_name else ''}>"

    @property
    def connect(self) -> ConnectClient:
        """The raw boto3 client for ``connect``, which Views and Task Templates belong to.

        One that connectkit made neither retries nor checks its parameters: in ``send`` that is done before it.
        """
        return cast("ConnectClient", self._clients.get("connect"))

    @property
    def connectcases(self) -> ConnectCasesClient:
        """The raw boto3 client for ``connectcases``. See :attr:`connect` for what sets it apart from boto3's own."""
        return cast("ConnectCasesClient", self._clients.get("connectcases"))

    @property
    def domains(self) -> Domains:
        """The Cases domains of the account and region: create, get, list, find."""
        from .resources.domains import Domains

        return Domains(self._caller)

    def domain(self, domain_id: str) -> CasesDomain:
        """The Cases domain with this id; no call. :meth:`domains.get` takes a name as well."""
        from .resources._base import given_id
        from .resources._scope import Scope
        from .resources.domains import CasesDomain

        return CasesDomain(Scope.of(self._caller, given_id(domain_id, "domain")), domain_id)

    @property
    def instances(self) -> Instances:
        """The Amazon Connect instances of the account and region: get, list, find by alias."""
        from .resources.instances import Instances

        return Instances(self._caller)

    def instance(self, instance: str) -> Instance:
        """The instance with this id or ARN; no call. :meth:`instances.get` takes an alias as well."""
        from .resources.instances import Instance, instance_id

        return Instance(self._caller, instance_id(instance))

    def send(self, request: Request[R]) -> R:
        """Call the operation that ``request`` belongs to.

        Args:
            request: One of the request models. An idempotency token is added where the operation takes one.

        Returns:
            The response model of that operation, with ``metadata``.

        Raises:
            RequestError: refused here, with every fault and its path; nothing was sent.
            ServiceError: the service answered with an error; see its subclasses.
            TransportError: no answer.
            ResponseDecodeError: an answer that can't be read.
            ConfigurationError: no client could be made: no region, no credentials.
        """
        return self._caller.send(request)

    def paginate(
        self,
        request: PagedRequest[R, T],
        *,
        page_size: int | None = None,
        limit: int | None = None,
        start_token: str | None = None,
        prefetch: bool = False,
    ) -> Pager[T, R]:
        """Walk all pages of an operation. Nothing is sent until the result is used.

        Args:
            request: A request of an operation with pages.
            page_size: Most items a page may hold; instead of the request's ``max_results``.
            limit: Most items in all.
            start_token: Token of the page to begin with; instead of the request's ``next_token``.
            prefetch: Read the next page in a thread while the current one is being used.

        Raises:
            TypeError: the request's answer doesn't come in pages.
            RequestError: ``page_size`` was given to an operation whose pages have no size.
            ValueError: ``limit`` is negative.
        """
        return self._caller.paginate(
            request, page_size=page_size, limit=limit, start_token=start_token, prefetch=prefetch
        )


def _check_arguments(session: Any, config: Any, retry: Any, names_max_age: Any, clients: dict[str, Any]) -> None:
    """What is given in the wrong place should be noticed there, and not at the first call."""
    if session is not None and not hasattr(session, "get_credentials"):
        right = "a region goes in region_name=, a client in connectcases= or connect="
        raise TypeError(f"session is to be a boto3.Session, not {_kind(session)}; {right}")
    if config is not None and not hasattr(config, "merge"):
        raise TypeError(f"config is to be a botocore.config.Config, not {_kind(config)}")
    if retry is not None and not isinstance(retry, RetryPolicy):
        raise TypeError(f"retry is to be a RetryPolicy, such as RetryPolicy(max_attempts=3), not {_kind(retry)}")
    if names_max_age is not None:
        right = "it is a number of seconds, not negative, or None"
        if isinstance(names_max_age, bool) or not isinstance(names_max_age, (int, float)):
            raise TypeError(f"names_max_age is {_kind(names_max_age)}; {right}")
        if not names_max_age >= 0:  # nor is NaN
            raise ValueError(f"names_max_age is {names_max_age}; {right}")
    for service, client in clients.items():
        if client is not None and not hasattr(client, "meta"):
            raise TypeError(f'{service} is to be a client, boto3.client("{service}"), not {_kind(client)}')


def _kind(given: object) -> str:
    return f"{type(given).__name__} {given!r}" if isinstance(given, (str, int)) else type(given).__name__
