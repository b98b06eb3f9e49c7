"""The list of what is wrong with a task template or a task, each entry with its path and a reason of the model."""

from __future__ import annotations

from collections.abc import Sequence

from connectkit.simulator.core.errors import ServiceError

__all__ = ["Problem", "property_error"]


class Problem(dict[str, str]):
    """One entry of a PropertyValidationException's list. How the service spells a path is inferred."""

    def __init__(self, path: str, reason: str, message: str) -> None:
        super().__init__(PropertyPath=path, Reason=reason, Message=message)


def property_error(what: str, problems: Sequence[Problem]) -> ServiceError:
    """Make the error that lists everything that is wrong with ``what``."""
    count = len(problems)
    message = (
        f"{count} {'properties' if count > 1 else 'property'} of the {what} {'are' if count > 1 else 'is'} not valid"
    )
    return ServiceError("PropertyValidationException", message, PropertyList=list(problems))
