"""Runs the local server: ``python -m connectkit.simulator --help``."""

import sys

from connectkit.simulator.server.command import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
