"""Where the generator is, and the data files beside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
OPERATIONS = HERE / "data" / "operations.toml"
PERMISSIONS = HERE / "data" / "permissions.toml"
SINCE = HERE / "data" / "since.toml"


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a data file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
