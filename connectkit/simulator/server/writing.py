"""What a status and a header look like on the wire, whoever writes them."""

from __future__ import annotations

from http import HTTPStatus

__all__ = ["one_line", "reason_of"]


def reason_of(status: int) -> str:
    """Give the phrase that goes with a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def one_line(value: str) -> str:
    """Give a header's value in one line and in the characters that a header has.

    A test chooses the members of the errors that it arranges, and some of them travel in headers.
    """
    return " ".join(value.splitlines()).encode("latin-1", "replace").decode("latin-1")
