"""``F``: where filters begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from .references import BooleanRef, DateTimeRef, NumberRef, SelectRef, TextRef, UrlRef, UserRef
from .system_fields import SYSTEM_FIELDS
from .tags import TagRef

__all__ = ["F", "Fields"]


class Fields:
    """The system fields, ready-made, and references to all others by their type and ID."""

    __slots__ = ()

    assigned_queue: Final[TextRef] = TextRef("assigned_queue")
    """Queue that the case is assigned to, by its full ARN."""

    assigned_user: Final[TextRef] = TextRef("assigned_user")
    """User that the case is assigned to, by their full ARN."""

    case_id: Final[TextRef] = TextRef("case_id")
    """ID of the case (a UUID)."""

    case_reason: Final[SelectRef] = SelectRef("case_reason")
    """Why there is a case: one of the options that the domain gives to this field."""

    created_by: Final[UserRef] = UserRef("created_by")
    """User who created the case, by their full ARN."""

    created_datetime: Final[DateTimeRef] = DateTimeRef("created_datetime")
    """When the case was created."""

    customer_id: Final[TextRef] = TextRef("customer_id")
    """Customer whom the case is about: the full ARN of a customer profile."""

    last_closed_datetime: Final[DateTimeRef] = DateTimeRef("last_closed_datetime")
    """When the case was closed, the last time that it was."""

    last_reopened_datetime: Final[DateTimeRef] = DateTimeRef("last_reopened_datetime")
    """When the case was opened again, the last time that it was."""

    last_updated_datetime: Final[DateTimeRef] = DateTimeRef("last_updated_datetime")
    """When the case was last changed."""

    last_updated_user: Final[UserRef] = UserRef("last_updated_user")
    """User who changed the case last, by their full ARN."""

    next_sla_breach_datetime: Final[DateTimeRef] = DateTimeRef("next_sla_breach_datetime")
    """When the next of its SLAs will be missed."""

    reference_number: Final[TextRef] = TextRef("reference_number")
    """Number of the case for people: 9 characters."""

    status: Final[SelectRef] = SelectRef("status")
    """``open``, ``closed``, or one of the options that the domain adds to these."""

    summary: Final[TextRef] = TextRef("summary")
    """What the case is about."""

    title: Final[TextRef] = TextRef("title")
    """Title of the case."""

    if not TYPE_CHECKING:  # or a checker would take any misspelt field for one

        def __getattr__(self, attribute: str) -> NoReturn:
            if attribute.startswith("_"):  # what copying and the like look for
                raise AttributeError(attribute)
            from difflib import get_close_matches

            near = get_close_matches(attribute, SYSTEM_FIELDS, n=1)
            hint = f"did you mean F.{near[0]}? " if near else ""
            raise AttributeError(
                f"F has no field {attribute!r}: {hint}F has the system fields, domain.schema[name] has all of a domain",
                name=attribute,
                obj=self,
            )

    def text(self, id: str, /) -> TextRef:  # noqa: A002 - the API's own word
        """A Text field by its ID."""
        return TextRef(id)

    def number(self, id: str, /) -> NumberRef:  # noqa: A002 - the API's own word
        """A Number field by its ID."""
        return NumberRef(id)

    def boolean(self, id: str, /) -> BooleanRef:  # noqa: A002 - the API's own word
        """A Boolean field by its ID."""
        return BooleanRef(id)

    def datetime(self, id: str, /) -> DateTimeRef:  # noqa: A002 - the API's own word
        """A DateTime field by its ID."""
        return DateTimeRef(id)

    def select(self, id: str, /) -> SelectRef:  # noqa: A002 - the API's own word
        """A SingleSelect field by its ID."""
        return SelectRef(id)

    def url(self, id: str, /) -> UrlRef:  # noqa: A002 - the API's own word
        """A Url field by its ID."""
        return UrlRef(id)

    def user(self, id: str, /) -> UserRef:  # noqa: A002 - the API's own word
        """A User field by its ID."""
        return UserRef(id)

    def tag(self, key: str, /) -> TagRef:
        """A tag by its key."""
        return TagRef(key)


F: Final[Fields] = Fields()
"""Where filters begin: ``F.status``, ``F.number("…")``, ``F.tag("team")``."""
