"""``python -m release`` says what stands in the way of publishing this commit."""

from __future__ import annotations

import sys

from release.checks import every_refusal


def main() -> int:
    """Print each thing that stands in the way; returns the process's exit code."""
    refusals = every_refusal()
    for refusal in refusals:
        print(f"- {refusal}")
    print("This commit can't be published yet." if refusals else "This commit can be published.")
    return 1 if refusals else 0


if __name__ == "__main__":
    sys.exit(main())
