"""Fills a simulator with what a document says, in names and plain values, through the services' own operations.

``docs/simulator-server.md`` describes the format, and ``examples/seed.json`` shows it.
"""

from connectkit.simulator.seeding.document import read_document, regions_of, seed

__all__ = ["read_document", "regions_of", "seed"]
