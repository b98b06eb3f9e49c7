"""Bad requests of every kind: a valid one is drawn for some operation, and then one thing about it is made wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from hypothesis import Phase, assume, event, given, settings, strategies as st

from .broken import Broken
from .envelopes import envelopes
from .misfits import misfits
from .slips import slips
from .tokens import PAGED, bad_tokens, elsewhere, first_token, only_one
from .valid import valid_asks
from .wire import OPERATIONS, Ask, Target, Wire
from .world import World

__all__ = ["bad_requests"]

Breaker = Callable[[Ask], Iterator[Broken]]


def _misfits(ask: Ask) -> Iterator[Broken]:
    return misfits(Wire.of(ask))


def _envelopes(ask: Ask) -> Iterator[Broken]:
    return envelopes(Wire.of(ask))


def _tokens(ask: Ask) -> Iterator[Broken]:
    wire = Wire.of(ask)
    others = {whose: token for whose, token in _foreign_tokens().items() if whose != ask.target.operation}
    foreign = [("another operation", token) for token in others.values()]
    if elsewhere(wire) != wire and (token := first_token(_reader(), only_one(elsewhere(wire)))) is not None:
        foreign.append(("another domain or instance", token))
    return bad_tokens(wire, mine=first_token(_reader(), only_one(wire)), foreign=foreign)


@cache
def _reader() -> World:
    """A world that is only read."""
    return World()


@cache
def _foreign_tokens() -> Mapping[str, str]:
    """A good token of every operation that gives out any, for a query that asks for nothing in particular."""
    found: dict[str, str] = {}
    for target in PAGED:
        token = first_token(_reader(), only_one(Wire.of(_simplest(target, full=False))))
        if token is not None:
            found[target.operation] = token
    return found


@cache
def _simplest(target: Target, *, full: bool) -> Ask:
    """Give a valid request that is always the same."""
    found: list[Ask] = []

    # The first example is the simplest there is.
    @settings(database=None, max_examples=1, phases=[Phase.generate])
    @given(valid_asks(target, full=full))
    def keep(ask: Ask) -> None:
        found.append(ask)

    keep()
    return found[0]


@st.composite
def bad_requests(draw: st.DrawFn) -> Broken:
    """Draw a request that must be refused: first what is to be wrong, then a request that can be wrong in this way."""
    breaker = draw(st.sampled_from([_misfits] * 5 + [_envelopes] * 3 + [slips] * 2 + [_tokens]))
    able = _targets_by_kind(breaker)
    kind = draw(st.sampled_from(sorted(able)))
    target = draw(st.sampled_from(able[kind]))
    broken = [one for one in breaker(draw(valid_asks(target, full=draw(st.booleans())))) if one.kind == kind]
    # Not every request has something that can be wrong in every way.
    assume(broken)
    event(kind)
    return draw(st.sampled_from(broken))


@cache
def _targets_by_kind(breaker: Breaker) -> Mapping[str, Sequence[Target]]:
    """Give what a breaker can make wrong, and for which operations; the simplest full request of each tells."""
    found: dict[str, list[Target]] = {}
    for target in OPERATIONS:
        if breaker is _tokens and target not in PAGED:
            continue
        for kind in {broken.kind for broken in breaker(_simplest(target, full=True))}:
            found.setdefault(kind, []).append(target)
    return found
