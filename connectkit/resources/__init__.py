"""The resources that people think in: domains, fields, cases and what belongs to them.

Each is reached from :class:`connectkit.ConnectKit`. Of most there are three classes, so that a type checker knows what
is there: ``Field`` has an identity and what can be done with it, ``ListedField`` also what a list says of it, and
``LoadedField`` all there is. No attribute calls the service; methods do.
"""
