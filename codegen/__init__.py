"""Makes ``connectkit.models`` from the installed botocore. Not part of the wheel; run it as ``python -m codegen``."""
