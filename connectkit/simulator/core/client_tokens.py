"""Idempotency by client token, the same for every operation that takes one."""

from __future__ import annotations

from connectkit.simulator.core.decode import from_wire
from connectkit.simulator.core.encode import to_wire
from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Handler, Output, Params
from connectkit.simulator.core.paging import fingerprint
from connectkit.simulator.state.replays import Replay
from connectkit.simulator.state.table import Table

__all__ = ["answer_once"]


def answer_once(context: Context, replays: Table[Replay], params: Params, create: Handler) -> Output:
    """Run ``create``, or give its first answer again when the request's client token was used before.

    A token used with other parameters is an error. That a failed create is not remembered, so that its token may be
    used again, and that tokens never expire, is inferred.
    """
    profile, operation = context.profile, context.operation
    token: str | None = params.get(profile.replay_member)
    if not token:
        return create(context, params)
    request = fingerprint(params=params, without=frozenset({profile.replay_member}))
    slot = f"{operation.name}/{token}"
    if (known := replays.get(slot)) is not None:
        if known.request != request:
            code = profile.error_name(profile.reused, operation)
            raise ServiceError(code, f"{profile.replay_member} was used before with other parameters")
        return from_wire(operation.output, known.answer)
    answer = create(context, params)
    sequence = context.state.next_sequence()
    wire = to_wire(operation.output, answer)
    replays.put(Replay(id=slot, sequence=sequence, request=request, answer=wire))
    return answer
