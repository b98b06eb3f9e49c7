"""Who did something, as events and answers of the service tell it."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["NOBODY", "PerformedBy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformedBy:
    """Who did it. Each part is ``None`` where the service doesn't tell it."""

    user_arn: str | None = None
    """ARN of the Connect user."""
    custom_entity: str | None = field(default=None, repr=False)
    """Whom the caller of the API named, instead of a Connect user."""
    iam_principal_arn: str | None = None
    """ARN of the IAM principal that called the API; in events and in the history of a case."""


NOBODY = PerformedBy()
"""Where nothing is told of who it was."""
