"""Dates what connectkit models: which boto3 release had each operation and request member first.

Run as ``python -m codegen.since``: a development tool that needs pip and a package index, and takes minutes.
It writes ``codegen/data/since.toml``.

The answer comes from the service models inside botocore's wheels. Downloading every release would cost
gigabytes, so one binary search serves all names together: a span of releases is divided only while its two
ends differ. Where mypy-boto3 published stubs for a service tells which releases to try first; if that
misleads, the search takes longer and its result is the same. The search takes for granted that a name, once
published, stayed; that holds for a public API.
"""
