"""Who did something, read from answers of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._performed_by import PerformedBy

if TYPE_CHECKING:
    from ..models.connectcases.field_values import UserUnion

__all__ = ["read_performer"]


def read_performer(user: UserUnion | None, principal: str | None = None) -> PerformedBy:
    """Who it was, of what an answer says."""
    if user is None:
        return PerformedBy(iam_principal_arn=principal)
    return PerformedBy(user_arn=user.user_arn, custom_entity=user.custom_entity, iam_principal_arn=principal)
