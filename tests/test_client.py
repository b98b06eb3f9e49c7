"""``ConnectKit`` as a caller sees it: what ``send`` gives, and ``paginate`` over each operation that has pages."""

from __future__ import annotations

import json
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from connectkit import ConnectKit, PaginationError, RequestError, ThrottlingError
from connectkit.models import connect, connectcases as cases
from connectkit.models._operation import PagedRequest, Paging
from connectkit.models._versions import SINCE

from .transport.standin import REQUEST_ID, Answer, failure, reply
from .transport.support import (
    DOMAIN,
    Intercepted,
    clean_environment,
    installed,
    minimal,
    minimal_request,
    requests_by_operation,
    service_model,
)

PAGED = [name for name, model in requests_by_operation().items() if model.operation.paging is not None]
UNSIZED = ["GetCase"]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    clean_environment(monkeypatch)


@pytest.fixture(scope="module")
def shared() -> Intercepted:
    return Intercepted()


@pytest.fixture
def wire(shared: Intercepted) -> Intercepted:
    shared.sent.clear()
    shared.answer = lambda _: reply()
    return shared


# --- pages ------------------------------------------------------------------------------------------------------------


class Book:
    """Pages of one operation, written and read by the installed botocore model rather than by ours."""

    def __init__(self, operation: str, pages: list[int]) -> None:
        model = service_model(requests_by_operation()[operation].operation.service).operation_model(operation)
        self.inputs, self.outputs = model.input_shape.members, model.output_shape.members
        # Every request has one token, every response one token and the list that it is about.
        self.token_in: str = next(name for name in self.inputs if name.lower() == "nexttoken")
        self.token_out: str = next(name for name in self.outputs if name.lower() == "nexttoken")
        self.size: str | None = next((name for name in self.inputs if name.lower() == "maxresults"), None)
        (self.items,) = [name for name, member in self.outputs.items() if member.type_name == "list"]
        self.pages = pages
        self.made = 0

    def given(self, request: Any, member: str) -> Any:
        """What a request carries for a member of its input."""
        where: dict[str, str] = self.inputs[member].serialization
        name = where.get("name", member)
        if where.get("location") == "querystring":
            query: str = urlsplit(str(request.url)).query
            return parse_qs(query).get(name, [None])[0]
        return json.loads(request.body or b"{}").get(name)

    def answer(self, request: Any) -> Answer:
        token = self.given(request, self.token_in)
        at = 0 if token is None else int(token.removeprefix("token-"))
        page: dict[str, Any] = {self.items: [self._item() for _ in range(self.pages[at])]}
        if at + 1 < len(self.pages):
            page[self.token_out] = f"token-{at + 1}"
        return Answer(200, json.dumps(page, default=lambda instant: instant.timestamp()).encode())

    def _item(self) -> Any:
        item = minimal(self.outputs[self.items].member, full=True)
        self.made += 1
        item[self._label()] = f"item-{self.made}"
        return item

    def _label(self) -> str:
        members: dict[str, Any] = self.outputs[self.items].member.members
        return next(name for name, one in members.items() if one.type_name == "string" and not one.enum)

    def labels(self, items: list[Any]) -> list[str]:
        return [item.to_wire()[self._label()] for item in items]


@pytest.fixture(params=[name for name in PAGED if installed(name)])
def operation(request: pytest.FixtureRequest) -> str:
    """Each operation with pages that the installed boto3 has; the test below has the others."""
    name: str = request.param
    return name


def test_pages_of_an_operation_that_the_installed_boto3_lacks(wire: Intercepted) -> None:
    for name in PAGED:
        if not installed(name):
            since = SINCE[requests_by_operation()[name].operation.service][name]
            with pytest.raises(RequestError, match=f"needs boto3 {since} or newer"):
                list(wire.kit.paginate(paged(name)))
    assert wire.sent == []


def paged(operation: str) -> PagedRequest[Any, Any]:
    return cast("PagedRequest[Any, Any]", minimal_request(operation))


def test_every_operation_that_takes_and_gives_a_token_has_pages() -> None:
    with_token: set[str] = set()
    for name, model in requests_by_operation().items():
        if installed(name):
            shape = service_model(model.operation.service).operation_model(name)
            if any(member.lower() == "nexttoken" for member in getattr(shape.output_shape, "members", {})):
                with_token.add(name)
    assert with_token == {name for name in PAGED if installed(name)}
    assert len(PAGED) == 20


@pytest.mark.parametrize("prefetch", [False, True])
def test_all_pages_of_each_operation(wire: Intercepted, operation: str, *, prefetch: bool) -> None:
    book = Book(operation, [2, 0, 1])
    wire.answer = book.answer
    pager = wire.kit.paginate(paged(operation), prefetch=prefetch)
    assert wire.sent == []
    assert book.labels(pager.all()) == ["item-1", "item-2", "item-3"]
    assert [book.given(request, book.token_in) for request in wire.sent] == [None, "token-1", "token-2"]
    assert book.labels(pager.all()) == ["item-4", "item-5", "item-6"]  # it asks anew


def test_pages_hold_their_answers(wire: Intercepted, operation: str) -> None:
    book = Book(operation, [1, 1])
    wire.answer = book.answer
    first, second = wire.kit.paginate(paged(operation)).pages()
    assert (first.next_token, second.next_token) == ("token-1", None)
    assert type(first.response) is requests_by_operation()[operation].operation.response
    assert first.response.metadata.request_id == REQUEST_ID
    assert len(first.response.to_wire()[book.items]) == len(first.items) == 1


def test_page_size_goes_to_the_right_member(wire: Intercepted, operation: str) -> None:
    book = Book(operation, [1, 1])
    wire.answer = book.answer
    if operation in UNSIZED:
        assert book.size is None
        with pytest.raises(RequestError, match="page_size: this operation's pages have no size to choose"):
            wire.kit.paginate(paged(operation), page_size=2)
        assert wire.sent == []
        return
    assert book.size is not None
    list(wire.kit.paginate(paged(operation), page_size=2))
    assert [str(book.given(request, book.size)) for request in wire.sent] == ["2", "2"]


def test_without_page_size_the_request_decides(wire: Intercepted, operation: str) -> None:
    book = Book(operation, [1, 1])
    wire.answer = book.answer
    if book.size is None:
        return
    list(wire.kit.paginate(paged(operation)))
    assert [book.given(request, book.size) for request in wire.sent] == [None, None]
    wire.sent.clear()
    list(wire.kit.paginate(paged(operation).model_copy(update={"max_results": 3})))
    assert [str(book.given(request, book.size)) for request in wire.sent] == ["3", "3"]


def test_start_token_opens_the_page_to_begin_with(wire: Intercepted, operation: str) -> None:
    book = Book(operation, [1, 1, 1])
    wire.answer = book.answer
    request = paged(operation)
    assert len(wire.kit.paginate(request, start_token="token-1").all()) == 2
    assert len(wire.kit.paginate(request.model_copy(update={"next_token": "token-2"})).all()) == 1
    assert (
        len(wire.kit.paginate(request.model_copy(update={"next_token": "token-2"}), start_token="token-1").all()) == 2
    )
    sent = [book.given(one, book.token_in) for one in wire.sent]
    assert sent == ["token-1", "token-2", "token-2", "token-1", "token-2"]


def test_a_limit_and_first_read_no_more_pages_than_they_need(wire: Intercepted, operation: str) -> None:
    book = Book(operation, [2, 2, 2])
    wire.answer = book.answer
    assert len(wire.kit.paginate(paged(operation), limit=3).all()) == 3
    assert len(wire.sent) == 2
    wire.sent.clear()
    assert wire.kit.paginate(paged(operation)).first() is not None
    assert len(wire.sent) == 1


def test_a_token_that_comes_again_is_an_error(wire: Intercepted, operation: str) -> None:
    book = Book(operation, [1])
    wire.answer = lambda _: reply({book.items: [], book.token_out: "again"})
    with pytest.raises(PaginationError, match=operation):
        list(wire.kit.paginate(paged(operation)))
    assert len(wire.sent) == 2


@pytest.mark.parametrize("items", [None, "missing"])
def test_a_page_whose_list_is_null_or_missing_is_an_empty_page(
    wire: Intercepted, operation: str, items: str | None
) -> None:
    book = Book(operation, [1])
    wire.answer = lambda _: reply({} if items else {book.items: None, book.token_out: None})
    pages = list(wire.kit.paginate(paged(operation)).pages())
    assert [page.items for page in pages] == [[]]


def test_the_request_that_was_given_stays_as_it_was(wire: Intercepted, operation: str) -> None:
    wire.answer = Book(operation, [1, 1]).answer
    request = paged(operation)
    list(wire.kit.paginate(request, limit=2))
    assert request == paged(operation)


def test_a_page_size_beyond_the_services_limit_is_refused_before_anything_is_sent(wire: Intercepted) -> None:
    with pytest.raises(RequestError, match="max_results"):
        list(wire.kit.paginate(cases.ListDomainsRequest(), page_size=0))
    assert wire.sent == []


def test_an_error_in_the_middle_surfaces_after_the_pages_before_it(wire: Intercepted) -> None:
    answers = [
        reply({"domains": [{"domainId": "a"}], "nextToken": "n"}),
        failure("ThrottlingException", 429, message="x"),
    ]
    wire.answer = lambda _: answers[min(len(wire.sent) - 1, 1)]
    got: list[Any] = []
    with pytest.raises(ThrottlingError) as caught:
        got.extend(wire.kit.paginate(cases.ListDomainsRequest()))
    assert [domain.domain_id for domain in got] == ["a"]
    assert caught.value.attempts == 5


def test_a_total_count_survives(wire: Intercepted) -> None:
    wire.answer = lambda _: reply({"cases": [], "totalCount": 12})
    (page,) = wire.kit.paginate(cases.SearchCasesRequest(domain_id=DOMAIN)).pages()
    assert page.response.total_count == 12


def test_what_has_no_pages_is_refused_with_what_to_do(wire: Intercepted) -> None:
    with pytest.raises(TypeError, match="whose answer comes in pages, and that of GetDomain doesn't"):
        wire.kit.paginate(cast("Any", cases.GetDomainRequest(domain_id=DOMAIN)))
    with pytest.raises(TypeError, match="that of dict doesn't"):
        wire.kit.paginate(cast("Any", {"domainId": DOMAIN}))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"domainId": DOMAIN}, "not dict; from_wire reads a dict"),
        ("GetDomain", "not str"),
        (cases.GetDomainRequest, r"not its class: make one with GetDomainRequest\(\.\.\.\)"),
        (cases.FieldIdentifier(id="title"), "not FieldIdentifier"),
        (cases.DeleteCaseResponse(), "not DeleteCaseResponse"),
    ],
)
def test_what_is_no_request_is_refused_with_what_to_do(wire: Intercepted, given: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        wire.kit.send(given)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"session": "us-east-1"}, "a boto3.Session, not str 'us-east-1'; a region goes in region_name="),
        ({"config": {"retries": 3}}, "a botocore.config.Config, not dict"),
        ({"retry": 3}, r"a RetryPolicy, such as RetryPolicy\(max_attempts=3\), not int 3"),
        ({"connect": "connect"}, r'boto3.client\("connect"\), not str'),
        ({"connectcases": "x"}, r'boto3.client\("connectcases"\), not str'),
    ],
)
def test_an_argument_in_the_wrong_place_is_refused_at_once(arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        ConnectKit(**arguments)


def test_a_client_given_as_a_session_is_refused_with_where_it_goes(wire: Intercepted) -> None:
    with pytest.raises(TypeError, match="a client in connectcases="):
        ConnectKit(cast("Any", wire.kit.connectcases))


def test_a_negative_limit_is_refused_at_once(wire: Intercepted) -> None:
    with pytest.raises(ValueError, match="limit is -1"):
        wire.kit.paginate(cases.ListDomainsRequest(), limit=-1)


def test_the_paging_data_names_members_that_exist() -> None:
    for name in PAGED:
        model = requests_by_operation()[name]
        paging = cast("Paging", model.operation.paging)
        inputs, outputs = set(model.wire_names().values()), set(model.operation.response.wire_names().values())
        assert {paging.token_in} | ({paging.size} if paging.size else set()) <= inputs
        assert {paging.items, paging.token_out} <= outputs
        assert (paging.size is None) == (name in UNSIZED)


# --- sending ----------------------------------------------------------------------------------------------------------


def test_an_answer_says_how_it_came_about(wire: Intercepted) -> None:
    wire.answer = lambda _: Answer(200, b'{"name": "Shop"}')
    answer = wire.kit.send(cases.GetDomainRequest(domain_id=DOMAIN))
    assert type(answer) is cases.GetDomainResponse
    assert answer.name == "Shop"
    assert (answer.metadata.request_id, answer.metadata.status, answer.metadata.attempts) == (REQUEST_ID, 200, 1)


@pytest.mark.parametrize("operation_name", requests_by_operation())
def test_each_operation_gives_its_own_response_type(wire: Intercepted, operation_name: str) -> None:
    """All 67; one that the installed boto3 lacks says so."""
    model = requests_by_operation()[operation_name]
    if installed(operation_name):
        answer = wire.kit.send(minimal_request(operation_name))
        assert type(answer) is model.operation.response
        assert answer.metadata.request_id == REQUEST_ID
    else:
        since = SINCE[model.operation.service][operation_name]
        with pytest.raises(RequestError, match=f"needs boto3 {since} or newer"):
            wire.kit.send(minimal_request(operation_name))


def test_operations_of_both_services_have_names_of_their_own() -> None:
    count = sum(
        1
        for package in (connect, cases)
        for name in package.__all__
        if getattr(getattr(package, name), "operation", None) is not None
    )
    assert count == len(requests_by_operation()) == 69


def test_the_raw_clients_are_of_the_right_services(wire: Intercepted) -> None:
    assert wire.kit.connect.meta.service_model.service_name == "connect"
    assert wire.kit.connectcases.meta.service_model.service_name == "connectcases"
    assert wire.kit.connect is wire.kit.connect


def test_a_raw_client_of_the_kit_called_directly_gives_boto3s_dictionary(wire: Intercepted) -> None:
    wire.answer = lambda _: reply({"name": "Shop"})
    wire.kit.send(cases.GetDomainRequest(domain_id=DOMAIN))
    direct = wire.kit.connectcases.get_domain(domainId=DOMAIN)
    assert direct["name"] == "Shop"
    assert direct["ResponseMetadata"]["RequestId"] == REQUEST_ID


def test_a_kit_can_be_used_by_position_for_the_session_only() -> None:
    with pytest.raises(TypeError, match="positional"):
        cast("Any", ConnectKit)(None, "us-east-1")
