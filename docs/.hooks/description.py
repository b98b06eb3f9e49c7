"""Gives each page its first paragraph for a description, which search engines and link previews show."""

import re
from typing import Any

_CODE = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
_FIRST_PARAGRAPH = re.compile(r"^# .*\n\s*\n((?:[^\n]+\n)+)", re.MULTILINE)


def description(markdown: str) -> str:
    """The first paragraph below the title as plain text; empty if there is none."""
    found = _FIRST_PARAGRAPH.search(_CODE.sub("", markdown) + "\n")
    text = " ".join(found.group(1).split()) if found else ""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("`", "").replace("**", "")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """What MkDocs calls for each page."""
    page.meta.setdefault("description", description(markdown))
    return markdown
