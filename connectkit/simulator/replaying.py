"""Idempotency by client token, the same for every create that takes one."""

from __future__ import annotations

from connectkit.simulator.core.errors import ServiceError
from connectkit.simulator.core.operations import Context, Handler, Output, Params
from connectkit.simulator.core.paging import fingerprint
from connectkit.simulator.state.replays import Replays

__all__ = ["answer_once"]


def answer_once(context: Context, replays: Replays, params: Params, create: Handler) -> Output:
    """Run ``create``, or give its first answer again when the request's client token was used before.

    A token used with other parameters is an error. A failed create is not remembered, so its token may be
    used again. That tokens never expire is inferred.
    """
    profile = context.profile
    token: str | None = params.get(profile.replay_member)
    if not token:
        return create(context, params)
    request = fingerprint(params=params, without=frozenset({profile.replay_member}))
    slot = (context.operation.name, token)
    if (known := replays.answers.get(slot)) is not None:
        if known[0] != request:
            code = profile.error_name(profile.reused, context.operation)
            raise ServiceError(code, f"{profile.replay_member} was used before with other parameters")
        return dict(known[1])
    answer = create(context, params)
    replays.answers[slot] = (request, answer)
    return answer
