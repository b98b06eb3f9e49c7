"""Who did something, as answers of the service tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..models.connectcases.field_values import UserUnion

__all__ = ["PerformedBy", "read_performer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformedBy:
    """Who did it. Each part is ``None`` where the service doesn't tell it."""

    user_arn: str | None = None
    """ARN of the Connect user."""
    custom_entity: str | None = field(default=None, repr=False)
    """Whom the caller of the API named, instead of a Connect user."""
    iam_principal_arn: str | None = None
    """ARN of the IAM principal that called the API; in the history of a case alone."""


def read_performer(user: UserUnion | None, principal: str | None = None) -> PerformedBy:
    """Who it was, of what an answer says."""
    if user is None:
        return PerformedBy(iam_principal_arn=principal)
    return PerformedBy(user_arn=user.user_arn, custom_entity=user.custom_entity, iam_principal_arn=principal)
