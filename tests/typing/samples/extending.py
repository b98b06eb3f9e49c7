"""Building on connectkit: a class of one's own, and functions over any request."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from typing_extensions import assert_type, override

from connectkit import ConnectKit, Page, Pager, RetryPolicy, ServiceError
from connectkit.models import PagedRequest, Request, Response, Shape, Union, connect, connectcases as cases

R = TypeVar("R", bound=Response)
T = TypeVar("T")


class SupportDesk(ConnectKit):
    """A kit with a domain of its own that counts what it sends."""

    def __init__(self, domain_id: str) -> None:
        super().__init__(region_name="us-east-1", retry=RetryPolicy(max_attempts=1))
        self.domain_id = domain_id
        self.sent: list[str] = []

    @override
    def send(self, request: Request[R]) -> R:
        self.sent.append(request.operation.name)
        return super().send(request)

    def titled(self, text: str) -> Pager[cases.SearchCasesResponseItem, cases.SearchCasesResponse]:
        return self.paginate(cases.SearchCasesRequest(domain_id=self.domain_id, search_term=text))


class RefundError(ServiceError):
    """An error of one's own may take part in the tree."""


def own_methods_keep_their_types(desk: SupportDesk) -> None:
    assert_type(desk.send(cases.GetDomainRequest(domain_id=desk.domain_id)), cases.GetDomainResponse)
    assert_type([case.case_id for case in desk.titled("lost")], list[str])


def timed(kit: ConnectKit, request: Request[R], *, clock: Callable[[], float]) -> tuple[R, float]:
    begun = clock()
    return kit.send(request), clock() - begun


def counted(kit: ConnectKit, request: PagedRequest[R, T]) -> tuple[list[T], R | None]:
    items: list[T] = []
    last: R | None = None
    for page in kit.paginate(request).pages():
        items += page.items
        last = page.response
    return items, last


def generic_functions_keep_the_answers_type(kit: ConnectKit) -> None:
    reply, seconds = timed(kit, cases.GetLayoutRequest(domain_id="d", layout_id="l"), clock=lambda: 0.0)
    assert_type(reply, cases.GetLayoutResponse)
    assert_type(seconds, float)
    items, last = counted(kit, connect.ListViewsRequest(instance_id="i"))
    assert_type(items, list[connect.ViewSummary])
    assert_type(last, connect.ListViewsResponse | None)


def requests_of_several_kinds_go_into_one_list(kit: ConnectKit) -> list[Response]:
    queue: list[Request[Response]] = [
        cases.DeleteCaseRequest(domain_id="d", case_id="c"),
        connect.DeleteViewRequest(instance_id="i", view_id="v"),
        cases.ListFieldsRequest(domain_id="d"),
    ]
    return [kit.send(request) for request in queue]


def names(pager: Pager[cases.FieldSummary]) -> list[str]:
    return [field.name for field in pager]


def sizes(pages: Iterable[Page[object]]) -> list[int]:
    return [len(page.items) for page in pages]


def pagers_and_pages_go_where_less_is_asked_for(kit: ConnectKit) -> None:
    pager = kit.paginate(cases.ListFieldsRequest(domain_id="d"))
    assert_type(names(pager), list[str])
    assert_type(sizes(pager.pages()), list[int])


def a_paged_request_can_be_sent_as_well(kit: ConnectKit) -> cases.ListFieldsResponse:
    return kit.send(cases.ListFieldsRequest(domain_id="d"))


def wire_names_of(shapes: Iterable[Shape]) -> list[str]:
    return [wire for shape in shapes for wire in shape.wire_names().values()]


def what_is_set(union: Union) -> str:
    return union.member or "nothing, or too much"
