"""``python -m connectkit.simulator.moto``: moto's own server, with the simulated services in it.

It takes the options of ``moto_server``. The simulated clock goes on by itself there.
"""

from __future__ import annotations

import sys

from connectkit.simulator.moto._guest import Guest
from connectkit.simulator.moto._seams import run_server

__all__ = ["main"]


def main() -> None:
    """Serve until interrupted."""
    Guest.clocks_are_live = True
    run_server(sys.argv[1:])


if __name__ == "__main__":
    main()
