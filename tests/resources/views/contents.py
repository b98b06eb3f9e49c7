"""Contents of views that the tests publish."""

from __future__ import annotations

from typing import Any


def button(id_: str, label: str, action: str) -> dict[str, Any]:
    """A button, as the editor writes it."""
    return {"_id": id_, "Type": "Button", "Props": {"Label": label, "Action": action}, "Content": []}


def refund(label: str = "Accept", *more: dict[str, Any]) -> dict[str, Any]:
    """The template of a view with a button that accepts, and one that declines."""
    body = [button("accept", label, "Accept"), button("decline", "Decline", "Decline"), *more]
    return {"Head": {"Title": "Refund", "Configuration": {"Layout": {"Columns": [12]}}}, "Body": body}
